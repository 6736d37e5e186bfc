import { createServer } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Dovecot } from "./dovecot.ts";
import { startDovecot } from "./dovecot.ts";
import type { ImapProject } from "./project.ts";
import { imapProject, mailText } from "./project.ts";
import type { Proxy, ProxyOptions } from "./proxy.ts";
import { startProxy } from "./proxy.ts";

let server: Dovecot;
let project: ImapProject;
const proxies: Proxy[] = [];
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(() => {
  project = imapProject();
});
afterEach(async () => {
  project.close();
  server.clear();
  for (const proxy of proxies.splice(0)) await proxy.close();
});

async function behind(options: ProxyOptions = {}): Promise<Proxy> {
  const proxy = await startProxy(server.port, options);
  proxies.push(proxy);
  return proxy;
}

const settings = (port: number, more = "since beginning") =>
  `server "127.0.0.1" port ${port}\nsecurity none\nlogin "anna" password env("SUPPORT_PASSWORD")\n${more}`;

const body = "A long text that nobody reads. ".repeat(1_000);
const byHeaders = `
rules incoming {
  rule "News" {
    when any {
      from.domain is "news.example.org"
      header "List-Id" exists
    }
    then ignore
  }
  rule "Machines" {
    when subject contains "report"
    then move to "Reports"
  }
  rule "Support" {
    when body contains "urgent"
    then create ticket
  }
}
`;

describe("what goes over the wire", () => {
  it("is headers alone where rules look at headers alone: no body is downloaded", async () => {
    const from = "news@news.example.org";
    for (let number = 1; number <= 30; number++)
      server.deliver("INBOX", mailText(number, { from, body }));
    server.deliver("INBOX", mailText(31, { subject: "report", body }));
    const proxy = await behind();
    project.write(settings(proxy.port), byHeaders);
    expect(await project.scan()).toMatchObject({ read: 31, ignored: 31 });
    expect(proxy.received()).toBeLessThan(31 * 1_000);
    expect(proxy.commands().filter((line) => line.includes("BODY.PEEK[]"))).toEqual([]);
    expect(server.mails("Reports")).toHaveLength(1);
    server.deliver("INBOX", mailText(32, { body }));
    expect(await project.scan()).toMatchObject({ read: 1, unmatched: 1 });
    expect(proxy.received()).toBeGreaterThan(30_000);
  });

  it("is headers alone in a dry run too, and no flag changes by it", async () => {
    const from = "news@news.example.org";
    for (let number = 1; number <= 5; number++)
      server.deliver("INBOX", mailText(number, { from, body }));
    const proxy = await behind();
    project.write(settings(proxy.port), byHeaders);
    await project.mcrules(["scan", "--dry-run"]);
    expect(proxy.received()).toBeLessThan(10_000);
    expect(proxy.commands().some((line) => /^(SELECT|UID STORE)/.test(line))).toBe(false);
  });

  it("is the same few commands in a scan without news, whatever the mailbox holds", async () => {
    const proxy = await behind();
    project.write(
      settings(proxy.port, `folders ["INBOX", "Requests"]\nsince beginning`),
      byHeaders,
    );
    const counts: number[] = [];
    const bytes: number[] = [];
    for (const many of [1, 20, 300]) {
      for (let number = 0; number < many; number++) {
        server.deliver("INBOX", mailText(many * 1_000 + number, { subject: "ignore me" }));
        server.deliver("Requests", mailText(many * 5_000 + number, { subject: "ignore me" }));
      }
      await project.scan();
      proxy.commands();
      proxy.received();
      expect(await project.scan()).toMatchObject({ read: 0 });
      counts.push(proxy.commands().length);
      bytes.push(proxy.received());
    }
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeLessThanOrEqual(14);
    expect(Math.max(...bytes) - Math.min(...bytes)).toBeLessThan(50);
  });

  it("is a few commands for many new mails: headers come in batches", async () => {
    for (let number = 0; number < 250; number++) {
      server.deliver("INBOX", mailText(number, { from: "a@news.example.org" }));
    }
    const proxy = await behind();
    project.write(settings(proxy.port), byHeaders);
    expect(await project.scan()).toMatchObject({ read: 250 });
    expect(proxy.commands().length).toBeLessThan(22);
  });

  it("is a few commands for many bodies too, and only for those that are needed", async () => {
    const from = "news@news.example.org";
    for (let number = 0; number < 250; number++) {
      server.deliver(
        "INBOX",
        mailText(number, number % 2 === 0 ? { from, body } : { body: "urgent" }),
      );
    }
    const proxy = await behind();
    project.write(settings(proxy.port, "since beginning\nafter mark read"), byHeaders);
    expect(await project.scan()).toMatchObject({ read: 250, created: 125, ignored: 125 });
    expect(proxy.received()).toBeLessThan(250 * 1_500);
    const commands = proxy.commands();
    expect(commands.filter((line) => line.includes("BODY.PEEK[]"))).toHaveLength(4);
    expect(commands.length).toBeLessThan(32);
  });

  it("is a few commands for many mails that are marked and moved", async () => {
    for (let number = 0; number < 200; number++) server.deliver("INBOX", mailText(number));
    const proxy = await behind();
    project.write(
      settings(proxy.port, `since beginning\nafter move to "Done"`),
      `rules incoming {\n  rule "All" {\n    when always\n    then {\n      mark read\n      ignore\n    }\n  }\n}\n`,
    );
    expect(await project.scan()).toMatchObject({ read: 200, ignored: 200 });
    expect(proxy.commands().length).toBeLessThan(35);
    expect(server.mails("INBOX")).toHaveLength(0);
    const done = server.mails("Done") ?? [];
    expect(new Set(done.map(({ text }) => /Subject: (.*?)\r/.exec(text)?.[1])).size).toBe(200);
    expect(new Set(done.map(({ flags }) => flags))).toEqual(new Set(["S"]));
    expect(await project.scan()).toMatchObject({ read: 0 });
  });

  it("is the whole of a large mail by itself, whatever size the server claims", async () => {
    const large = "A line of a large mail, in which the word is urgent.\r\n".repeat(8_000);
    for (let number = 1; number <= 6; number++) {
      server.deliver("INBOX", mailText(number, { body: number % 2 === 0 ? large : "urgent" }));
    }
    const proxy = await behind({
      rewrite: (text) => text.replaceAll(/RFC822\.SIZE \d+/g, "RFC822.SIZE 3"),
    });
    project.write(settings(proxy.port), byHeaders);
    expect(await project.scan()).toMatchObject({ read: 6, created: 6 });
    const tickets = await project.looking((desk) => desk.tickets({}));
    const lengths = tickets.map(({ description }) => description.length);
    const whole = large.replaceAll("\r\n", "\n").trimEnd().length;
    expect(lengths.toSorted((one, other) => one - other)).toEqual([6, 6, 6, whole, whole, whole]);
  });
});

describe("a connection that drops", () => {
  it.each([500, 2_500, 6_000, 20_000, 45_000, 65_000])(
    "after %i bytes of the server: what is done stays done, and the next scan goes on",
    async (cutAfter) => {
      for (let number = 1; number <= 40; number++) {
        server.deliver("INBOX", mailText(number, { body: body.slice(0, 1_500) }));
      }
      const proxy = await behind({ cutAfter });
      project.write(settings(proxy.port, "since beginning\nafter mark read"));
      const first = await project.scan();
      expect(first.error).toMatch(/lost while|did not/);
      expect(first.failed).toBe(0);
      const second = await project.scan();
      expect(second.error).toBeUndefined();
      expect(first.created + second.created).toBe(40);
      expect(await project.looking((desk) => desk.tickets({}))).toHaveLength(40);
      expect(new Set(server.mails("INBOX")?.map(({ flags }) => flags))).toEqual(new Set(["S"]));
    },
  );

  it("between what was copied and that it is known to be copied makes no second copy", async () => {
    for (const capability of ["UIDPLUS", "UIDPLUS MOVE"]) {
      const other = await startDovecot({ capability: `IMAP4rev1 SASL-IR NAMESPACE ${capability}` });
      const own = imapProject();
      other.deliver("INBOX", mailText(1));
      other.deliver("Kept", mailText(1));
      // The copy is made, and its answer is lost.
      const proxy = await startProxy(other.port, { cutOn: /OK .*COPYUID/ });
      own.write(
        settings(proxy.port),
        `rules incoming {\n  rule "Keep" {\n    when always\n    then {\n      copy to "Kept"\n      ignore\n    }\n  }\n}\n`,
      );
      const first = await own.scan();
      expect(first.error ?? first.notices.join()).toContain("lost while");
      expect(other.mails("Kept")).toHaveLength(2);
      const second = await own.scan();
      expect(second.error).toBeUndefined();
      expect(other.mails("Kept")).toHaveLength(2);
      expect(await own.looking((desk) => desk.pendingMailEffects("support"))).toEqual([]);
      own.close();
      await proxy.close();
      await other.stop();
    }
  });
});

describe("a server that is silent or strange", () => {
  it.each([/^AUTHENTICATE/, /^STATUS/, /^UID FETCH/, /^SELECT/])(
    "after %s is not waited for without end",
    async (silentAfter) => {
      server.deliver("INBOX", mailText(1));
      const proxy = await behind({ silentAfter });
      project.write(settings(proxy.port));
      const { report } = await project.scanHere({ patience: 1_000 });
      expect(report.error).toMatch(
        /did not come to an end|does not answer|lost while|said nothing/,
      );
      expect(report.failed).toBe(0);
    },
  );

  it("that says nothing at all is not waited for", async () => {
    const mute = createServer();
    await new Promise<void>((resolve) => {
      mute.listen(0, "127.0.0.1", resolve);
    });
    const address = mute.address();
    project.write(settings(typeof address === "object" && address !== null ? address.port : 0));
    const { report } = await project.scanHere({ patience: 1_000 });
    expect(report.error).toContain("but said nothing");
    mute.close();
  });

  it("that begins a literal beyond all bounds is left, and only that mail fails", async () => {
    server.deliver("INBOX", mailText(1));
    server.deliver("INBOX", mailText(2, { body: "the monster" }));
    server.deliver("INBOX", mailText(3));
    const proxy = await behind({
      rewrite: (text) =>
        text.includes("the monster")
          ? text.replace(/BODY\[\]<0> \{\d+\}/, "BODY[]<0> {9999999999}")
          : text,
    });
    project.write(settings(proxy.port));
    expect(await project.scan()).toMatchObject({ read: 3, created: 2, failed: 1 });
    for (let scans = 2; scans <= 3; scans++) {
      expect(await project.scan()).toMatchObject({ read: 1, failed: 1 });
    }
    expect(await project.scan()).toMatchObject({ read: 0, failed: 0 });
    const journal = await project.looking((desk) => desk.journal({}));
    expect(journal.map(({ subject, state }) => [subject, state])).toEqual([
      ["Mail 3", "done"],
      ["Mail 2", "set aside"],
      ["Mail 1", "done"],
    ]);
  });

  it("that claims wrong sizes and names folders oddly is believed in neither", async () => {
    server.deliver("INBOX", mailText(1, { body }));
    server.deliver("__proto__", mailText(2));
    const proxy = await behind({
      rewrite: (text) => text.replaceAll(/RFC822\.SIZE \d+/g, "RFC822.SIZE 3"),
    });
    project.write(
      settings(proxy.port, `folders ["INBOX", "__proto__"]\nsince beginning`),
      `
rules incoming {
  rule "Large" {
    when size > 20 KB
    then create ticket
  }
}
`,
    );
    expect(await project.scan()).toMatchObject({ read: 2, created: 1, unmatched: 1, notices: [] });
  });
});
