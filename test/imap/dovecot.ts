import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A mail as it lies in a Maildir. */
export interface StoredMail {
  readonly name: string;
  /** Maildir flags: `S` seen, `F` flagged, `T` deleted. */
  readonly flags: string;
  readonly text: string;
}

/** A real IMAP server in a folder of its own, with one user `anna` whose password is `sesame`. */
export interface Dovecot {
  readonly folder: string;
  /** Clear text and STARTTLS. */
  readonly port: number;
  /** TLS from the beginning. */
  readonly tlsPort: number;
  /** The certificate that vouches for itself. */
  readonly certificate: string;
  /** Puts a mail into a folder (`INBOX`, `Requests/New`); the folder is made. `at`: when it was received. */
  deliver(folder: string, text: string, at?: Date): void;
  /** The mails of a folder; undefined where the folder is not there. */
  mails(folder: string): readonly StoredMail[] | undefined;
  /** The path of a folder on disk. */
  path(folder: string): string;
  /** Has the server number the mails of a folder anew. */
  renumber(folder: string): void;
  /** Removes all mails and folders. */
  clear(): void;
  stop(): Promise<void>;
}

export const user = "anna";
export const password = "sesame-open-7413";

interface DovecotOptions {
  /** `/` by default. */
  readonly separator?: string;
  /** What stands before the names of folders, such as `INBOX.`. */
  readonly prefix?: string;
  /** What the server says it can, instead of all that it can. */
  readonly capability?: string;
  /** Takes a password over TLS alone. */
  readonly protectedLogin?: boolean;
  /** No STARTTLS is offered. */
  readonly noTls?: boolean;
}

let delivered = 0;

/** Starts Dovecot; installs it where it is missing, and throws where it cannot. */
export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  install();
  const folder = mkdtempSync(join(tmpdir(), "mcrules-dovecot-"));
  const owner = serverUser();
  const [port, tlsPort] = [await freePort(), await freePort()];
  for (const name of ["run", "mail", "state"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "users"), `${user}:{PLAIN}${password}\n`);
  const certificate = join(folder, "cert.pem");
  makeCertificate(folder, certificate);
  const config = join(folder, "dovecot.conf");
  writeFileSync(config, configuration(folder, owner, port, tlsPort, options));
  const give = (path: string) => {
    if (owner.isOther) chownSync(path, owner.uid, owner.gid);
  };
  for (const name of readdirSync(folder)) give(join(folder, name));
  give(folder);

  const identity = owner.isOther ? { uid: owner.uid, gid: owner.gid } : {};
  const server = spawn("/usr/sbin/dovecot", ["-F", "-c", config], {
    stdio: ["ignore", "pipe", "pipe"],
    ...identity,
  });
  let output = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.on("data", (data: Buffer) => (output += data.toString()));
  }
  const ended = new Promise<void>((resolve) => {
    server.on("exit", () => resolve());
  });
  await listening(port, () => {
    const log = join(folder, "log");
    return server.exitCode === null
      ? undefined
      : `Dovecot ended: ${output} ${existsSync(log) ? readFileSync(log, "utf8") : ""}`;
  });

  const root = join(folder, "mail", user);
  const path = (name: string) =>
    options.prefix === undefined && options.separator === undefined
      ? join(root, name === "INBOX" ? "" : name)
      : join(root, name === "INBOX" ? "" : `.${name}`);
  const make = (directory: string) => {
    if (existsSync(directory)) return;
    make(join(directory, ".."));
    mkdirSync(directory);
    give(directory);
  };
  return {
    folder,
    port,
    tlsPort,
    certificate,
    path,
    deliver(name, text, at = new Date()) {
      const directory = path(name);
      for (const part of ["cur", "new", "tmp"]) make(join(directory, part));
      delivered += 1;
      const number = String(delivered).padStart(8, "0");
      const file = join(directory, "new", `1700000000.M${number}P1.test`);
      writeFileSync(file, text);
      utimesSync(file, at, at);
      give(file);
    },
    mails(name) {
      const directory = path(name);
      if (!existsSync(join(directory, "cur"))) return undefined;
      return ["new", "cur"]
        .flatMap((part) => readdirSync(join(directory, part)).map((file) => [part, file] as const))
        .toSorted(([, left], [, right]) => (left < right ? -1 : 1))
        .map(([part, file]) => ({
          name: file,
          flags: file.includes(":2,") ? file.slice(file.indexOf(":2,") + 3) : "",
          text: readFileSync(join(directory, part, file), "utf8"),
        }));
    },
    renumber(name) {
      const lists = readdirSync(path(name)).filter((file) => file.startsWith("dovecot"));
      const before = statSync(join(path(name), "dovecot-uidlist")).mtimeMs;
      for (const file of lists) rmSync(join(path(name), file), { recursive: true });
      // The new number is the time in seconds.
      while (Math.floor(Date.now() / 1000) <= Math.floor(before / 1000))
        spawnSync("sleep", ["0.2"]);
    },
    clear() {
      rmSync(root, { recursive: true, force: true });
    },
    async stop() {
      server.kill("SIGTERM");
      await Promise.race([ended, sleep(5_000)]);
      if (server.exitCode === null) server.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Dovecot runs as an ordinary user; root lends it another one. */
function serverUser(): { name: string; group: string; uid: number; gid: number; isOther: boolean } {
  const id = (...parameters: readonly string[]) =>
    execFileSync("id", parameters, { encoding: "utf8" }).trim();
  const isOther = process.getuid?.() === 0;
  const name = isOther ? "dovenull" : id("-un");
  return {
    name,
    group: id("-gn", name),
    uid: Number(id("-u", name)),
    gid: Number(id("-g", name)),
    isOther,
  };
}

function install(): void {
  const missing = ["/usr/sbin/dovecot", "/usr/lib/dovecot/imap", "/usr/bin/openssl"].filter(
    (path) => !existsSync(path),
  );
  if (missing.length === 0) return;
  const options = {
    encoding: "utf8",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  } as const;
  spawnSync("apt-get", ["update", "-qq"], options);
  const packages = ["dovecot-core", "dovecot-imapd", "openssl"];
  const result = spawnSync(
    "apt-get",
    ["install", "-y", "--no-install-recommends", ...packages],
    options,
  );
  if (result.status !== 0 || missing.some((path) => !existsSync(path))) {
    throw new Error(
      `The tests of IMAP need Dovecot, and it could not be installed: apt-get install ${packages.join(" ")}. ` +
        `${result.error?.message ?? ""}${result.stderr ?? ""}`,
    );
  }
}

function makeCertificate(folder: string, certificate: string): void {
  execFileSync(
    "openssl",
    [
      "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost".split(" "),
      ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
      ["-keyout", join(folder, "key.pem"), "-out", certificate],
    ].flat(),
    { stdio: "ignore" },
  );
}

function configuration(
  folder: string,
  owner: { readonly name: string; readonly group: string },
  port: number,
  tlsPort: number,
  options: DovecotOptions,
): string {
  const at = (name: string) => join(folder, name);
  const separator = options.separator ?? "/";
  const plain = options.separator === undefined && options.prefix === undefined;
  return `
protocols = imap
base_dir = ${at("run")}
state_dir = ${at("state")}
log_path = ${at("log")}
listen = 127.0.0.1
default_internal_user = ${owner.name}
default_internal_group = ${owner.group}
default_login_user = ${owner.name}
first_valid_uid = 1
first_valid_gid = 1
mail_uid = ${owner.name}
mail_gid = ${owner.group}
mail_max_userip_connections = 100
mail_fsync = never
auth_failure_delay = 0
auth_mechanisms = plain login
disable_plaintext_auth = ${options.protectedLogin === true ? "yes" : "no"}
ssl = ${options.noTls === true ? "no" : "yes"}
ssl_cert = <${at("cert.pem")}
ssl_key = <${at("key.pem")}
mail_location = maildir:${at("mail")}/%n${plain ? ":LAYOUT=fs" : ""}
${options.capability === undefined ? "" : `imap_capability = ${options.capability}`}
namespace inbox {
  inbox = yes
  separator = ${separator}
  prefix = ${options.prefix ?? ""}
}
passdb {
  driver = passwd-file
  args = scheme=PLAIN ${at("users")}
}
userdb {
  driver = static
  args = uid=${owner.name} gid=${owner.group} home=${at("mail")}/%n
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
`;
}

/** A port of the loopback that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") reject(new Error("no port"));
        else resolve(address.port);
      });
    });
  });
}

async function listening(port: number, failure: () => string | undefined): Promise<void> {
  const { connect } = await import("node:net");
  for (let tries = 0; tries < 200; tries++) {
    const failed = failure();
    if (failed !== undefined) throw new Error(failed);
    const greeted = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.setTimeout(1_000, () => socket.destroy());
      socket.on("data", () => {
        socket.destroy();
        resolve(true);
      });
      socket.on("error", () => resolve(false));
      socket.on("close", () => resolve(false));
    });
    if (greeted) return;
    await sleep(50);
  }
  throw new Error(`Dovecot does not answer on port ${port}.`);
}
