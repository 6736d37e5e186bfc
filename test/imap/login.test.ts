import { copyFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Dovecot } from "./dovecot.ts";
import { freePort, password, startDovecot } from "./dovecot.ts";
import type { ImapProject } from "./project.ts";
import { imapProject, mailText } from "./project.ts";
import { startProxy } from "./proxy.ts";

let server: Dovecot;
let project: ImapProject;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(() => {
  project = imapProject();
  server.deliver("INBOX", mailText(1));
});
afterEach(() => {
  project.close();
  server.clear();
});

const login = `login "anna" password env("SUPPORT_PASSWORD")\nsince beginning`;

/** A scan with these settings: how it ended, and whatever was written, where no secret may be. */
async function scanned(
  settings: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly read: number; readonly error: string }> {
  project.write(settings);
  const { code, out, err } = await project.mcrules(["scan", "--format", "json"], environment);
  for (const secret of [password, environment["SUPPORT_PASSWORD"] ?? password]) {
    if (secret !== "") expect(`${out}${err}`).not.toContain(secret);
  }
  expect(`${out}${err}`).not.toMatch(/\n\s+at /);
  const [mailbox] = JSON.parse(out).mailboxes;
  expect(err.trim()).toContain(mailbox.error ?? "");
  return { code, read: mailbox.read, error: mailbox.error ?? "" };
}

const fine = { code: 0, read: 1, error: "" };

describe("security", () => {
  it("tls by the authority's file, starttls by it, and none", async () => {
    copyFileSync(server.certificate, join(project.root, "ca.pem"));
    const { port, tlsPort } = server;
    expect(
      await scanned(`server "localhost" port ${tlsPort}\nsecurity tls ca "ca.pem"\n${login}`),
    ).toEqual(fine);
    project.close();
    project = imapProject();
    copyFileSync(server.certificate, join(project.root, "ca.pem"));
    expect(
      await scanned(`server "127.0.0.1" port ${port}\nsecurity starttls ca "ca.pem"\n${login}`),
    ).toEqual(fine);
    project.close();
    project = imapProject();
    expect(await scanned(`server "127.0.0.1" port ${port}\nsecurity none\n${login}`)).toEqual(fine);
  });

  it("refuses a certificate that nobody vouches for, and says both ways out", async () => {
    for (const [kind, port] of [
      ["tls", server.tlsPort],
      ["starttls", server.port],
    ] as const) {
      const refused = await scanned(`server "localhost" port ${port}\nsecurity ${kind}\n${login}`);
      expect(refused.code).toBe(2);
      expect(refused.error).toContain(
        "is not trusted: nobody but the server itself vouches for it",
      );
      expect(refused.error).toContain(`security ${kind} ca "FILE.pem"`);
      expect(refused.error).toContain(`security ${kind} unverified`);
    }
    expect(
      await scanned(`server "localhost" port ${server.tlsPort}\nsecurity tls unverified\n${login}`),
    ).toEqual(fine);
  });

  it("refuses a certificate that was made for another name", async () => {
    copyFileSync(server.certificate, join(project.root, "ca.pem"));
    const { error } = await scanned(
      `server "127.0.0.2" port ${await relay("127.0.0.2", server.tlsPort)}\nsecurity tls ca "ca.pem"\n${login}`,
    );
    expect(error).toContain("it was made for another name");
    await endRelays();
  });

  it("says that a file of `ca` is missing or no certificate", async () => {
    project.file("ca.pem", "nothing");
    const nothing = await scanned(
      `server "localhost" port ${server.tlsPort}\nsecurity tls ca "ca.pem"\n${login}`,
    );
    expect(nothing.error).toContain(
      'ca.pem of mailbox "support" (security … ca) holds no certificate',
    );
    const outside = await scanned(
      `server "localhost" port ${server.tlsPort}\nsecurity tls ca "/nowhere/ca.pem"\n${login}`,
    );
    expect(outside.error).toContain("/nowhere/ca.pem");
    expect(outside.error).toContain("there is nothing at that path");
  });

  it("fails before the login where the server offers no STARTTLS", async () => {
    const plain = await startDovecot({ noTls: true });
    const proxy = await startProxy(plain.port);
    const { code, error } = await scanned(
      `server "localhost" port ${proxy.port}\nsecurity starttls\n${login}`,
    );
    expect([code, error]).toEqual([2, expect.stringContaining("it offers no STARTTLS")]);
    expect(proxy.commands().filter((line) => /^(LOGIN|AUTHENTICATE)/.test(line))).toEqual([]);
    expect(proxy.said()).not.toContain(Buffer.from(`\0anna\0${password}`).toString("base64"));
    await proxy.close();
    await plain.stop();
  });

  it("fails before the login where somebody takes STARTTLS out of what the server offers", async () => {
    const proxy = await startProxy(server.port, {
      rewrite: (text) => text.replaceAll("STARTTLS", "STARTTTT"),
    });
    const { error } = await scanned(
      `server "localhost" port ${proxy.port}\nsecurity starttls unverified\n${login}`,
    );
    expect(error).toContain("it offers no STARTTLS");
    expect(proxy.commands().filter((line) => /^(LOGIN|AUTHENTICATE)/.test(line))).toEqual([]);
    await proxy.close();
  });

  it("says which of the two it should be where the port is the other one's", async () => {
    const { error } = await scanned(
      `server "localhost" port ${server.port}\nsecurity tls unverified\n${login}`,
    );
    expect(error).toContain("security starttls");
  });

  it("says that a password is taken over TLS alone", async () => {
    const strict = await startDovecot({ protectedLogin: true });
    // For Dovecot the loopback is protected; its other addresses are not.
    const proxy = await startProxy(strict.port, {
      rewrite: (text) => text.replaceAll(/ AUTH=\w+/g, " LOGINDISABLED"),
    });
    const { error } = await scanned(
      `server "localhost" port ${proxy.port}\nsecurity none\n${login}`,
    );
    expect(error).toContain("it takes no password over a connection that is not protected");
    await proxy.close();
    await strict.stop();
  });
});

describe("a login", () => {
  it("that is refused says so in one line", async () => {
    expect(
      await scanned(`server "localhost" port ${server.port}\nsecurity none\n${login}`, {
        SUPPORT_PASSWORD: "wrong-one-9931",
      }),
    ).toEqual({
      code: 2,
      read: 0,
      error:
        "the server refused the login of anna for mailbox support: wrong user name or password",
    });
  });

  it("names the variable or the file that its password is not in", async () => {
    const at = `server "localhost" port ${server.port}\nsecurity none\n`;
    const unset = await scanned(`${at}login "anna" password env("MCRULES_NO_SUCH_VARIABLE")`);
    expect(unset.error).toBe(
      `The environment's variable MCRULES_NO_SUCH_VARIABLE is not set: it holds the password of mailbox "support".`,
    );
    const empty = await scanned(`${at}${login}`, { SUPPORT_PASSWORD: "" });
    expect(empty.error).toContain("SUPPORT_PASSWORD is empty");
    const missing = await scanned(`${at}login "anna" password file("/nowhere/secret")`);
    expect(missing.error).toContain(
      "/nowhere/secret cannot be read: there is nothing at that path",
    );
  });

  it("reads its password from a file, without the last line end", async () => {
    project.file("secrets/imap", `${password}\n`);
    expect(
      await scanned(
        `server "localhost" port ${server.port}\nsecurity none\nlogin "anna" password file("secrets/imap")\nsince beginning`,
      ),
    ).toEqual(fine);
  });

  it("takes away a mechanism by parameter, and says where none is left", async () => {
    const proxy = await startProxy(server.port);
    const at = `server "localhost" port ${proxy.port}\nsecurity none\n${login}\n`;
    expect(await scanned(at)).toEqual(fine);
    expect(proxy.commands().some((line) => line.startsWith("AUTHENTICATE PLAIN"))).toBe(true);
    await scanned(`${at}parameter "DISABLE_AUTHENTICATOR" "PLAIN"`);
    const commands = proxy.commands();
    expect(commands.some((line) => line.startsWith("AUTHENTICATE PLAIN"))).toBe(false);
    expect(commands.some((line) => line.startsWith("STATUS"))).toBe(true);
    const none = await scanned(
      `${at}parameter "DISABLE_AUTHENTICATOR" "PLAIN"\nparameter "DISABLE_AUTHENTICATOR" "LOGIN"`,
    );
    expect(none.error).toContain("takes away both PLAIN and LOGIN");
    await proxy.close();
  });

  it("with oauth2 is told to be later work", async () => {
    const { code, error } = await scanned(
      `server "localhost"\nlogin "anna" oauth2 {\nprovider google\nclient "c"\nrefresh env("R")\n}`,
    );
    expect([code, error]).toEqual([2, expect.stringContaining("not yet possible")]);
  });

  it("is not tried for a mailbox that is disabled", async () => {
    project.write(`server "localhost" port 1\n${login}\nstatus disabled`);
    expect(await project.scan()).toMatchObject({
      read: 0,
      notices: ["The mailbox is disabled, so it is not scanned."],
    });
  });
});

describe("a server that cannot be reached", () => {
  it("refuses the connection, or has a name that is none", async () => {
    const port = await freePort();
    const refused = await scanned(`server "127.0.0.1" port ${port}\nsecurity none\n${login}`);
    expect(refused.code).toBe(2);
    expect(refused.error).toContain(`(127.0.0.1 port ${port}): the connection was refused`);
    const unknown = await scanned(`server "no-such-host.invalid"\n${login}`);
    expect(unknown.error).toMatch(/no host no-such-host\.invalid|cannot be looked up/);
  });

  it("ends none of the other mailboxes", async () => {
    project.write(
      `server "127.0.0.1" port ${await freePort()}\nsecurity none\n${login}`,
      `mailbox other {\n  server "127.0.0.1" port ${server.port}\n  security none\n  login "anna" password env("SUPPORT_PASSWORD")\n  since beginning\n  apply incoming\n}\nrules incoming {\n  rule "A" {\n    when always\n    then create ticket\n  }\n}\n`,
    );
    const { code, out } = await project.mcrules(["scan", "--format", "json"]);
    const [one, two] = JSON.parse(out).mailboxes;
    expect(code).toBe(2);
    expect([one.error, two.created]).toEqual([expect.stringContaining("refused"), 1]);
  });
});

const relays: (() => Promise<void>)[] = [];

/** The same server under another address of the loopback. */
async function relay(host: string, target: number): Promise<number> {
  const { connect } = await import("node:net");
  const listener = createServer((client) => {
    const upstream = connect(target, "127.0.0.1");
    client.pipe(upstream).pipe(client);
    client.on("error", () => upstream.destroy());
    upstream.on("error", () => client.destroy());
  });
  await new Promise<void>((resolve) => {
    listener.listen(0, host, resolve);
  });
  relays.push(
    () =>
      new Promise((resolve) => {
        listener.close(() => {
          resolve();
        });
      }),
  );
  const address = listener.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function endRelays(): Promise<void> {
  for (const end of relays.splice(0)) await end();
}
