import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile, judge } from "@mcrules/compiler";
import type { HandlingContext } from "@mcrules/handling";
import type { Helpdesk } from "@mcrules/helpdesk";
import { openSqliteHelpdesk } from "@mcrules/helpdesk";
import { checkProject, defaultConfiguration } from "@mcrules/language";
import { openMailReader } from "@mcrules/mail";
import type { MailboxScan, ScannedMail, ScanOptions } from "@mcrules/runtime";
import { scanMailbox } from "@mcrules/runtime";
import { password } from "./dovecot.ts";

const command = fileURLToPath(new URL("../../packages/cli/bin/mcrules.js", import.meta.url));

export const rulesOfSupport = `
rules incoming {
  rule "Ignore" {
    when subject contains "ignore"
    then ignore
  }
  rule "Support" {
    when always
    then create ticket
  }
}
`;

/** A project in a folder of its own. */
export interface ImapProject {
  readonly root: string;
  readonly store: string;
  /** Writes the rules: the mailbox's settings, and the rest. */
  write(settings: string, rules?: string): void;
  file(path: string, text: string): void;
  /** `mcrules PARAMETERS`, as a person types it. The password is in the environment. */
  mcrules(
    parameters: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
  /** A scan by the command that is killed when so many mails were done; false where it came to its end before. */
  killedScan(mails: number): Promise<boolean>;
  /** A scan by the command: its report. */
  scan(): Promise<MailboxScan>;
  /** A scan in this process. */
  scanHere(
    options?: Partial<ScanOptions>,
    context?: (given: HandlingContext) => HandlingContext,
  ): Promise<{ readonly report: MailboxScan; readonly mails: readonly ScannedMail[] }>;
  /** Looks into the store. */
  looking<T>(work: (helpdesk: Helpdesk) => Promise<T>): Promise<T>;
  close(): void;
}

export function imapProject(): ImapProject {
  const root = mkdtempSync(join(tmpdir(), "mcrules-imap-"));
  const store = join(root, ".mcrules-data", "helpdesk.db");
  writeFileSync(join(root, "mcrules.json"), "{}\n");
  const environment = { SUPPORT_PASSWORD: password };
  const run: ImapProject["mcrules"] = (parameters, more = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [command, ...parameters, "--project", root], {
        env: { ...process.env, ...environment, ...more },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let [out, err] = ["", ""];
      child.stdout.on("data", (data: Buffer) => (out += data.toString()));
      child.stderr.on("data", (data: Buffer) => (err += data.toString()));
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, out, err }));
    });
  return {
    root,
    store,
    write: (settings, rules = rulesOfSupport) => {
      writeFileSync(
        join(root, "support.mcrules"),
        `mailbox support {\n${indented(settings)}\n  apply incoming\n}\n${rules}`,
      );
    },
    file: (path, text) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    mcrules: run,
    killedScan: (mails) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [command, "scan", "--project", root], {
          env: { ...process.env, ...environment },
          stdio: ["ignore", "pipe", "ignore"],
        });
        let seen = "";
        child.stdout.on("data", (data: Buffer) => {
          seen += data.toString();
          if (seen.split("because").length > mails) child.kill("SIGKILL");
        });
        child.on("error", reject);
        child.on("close", (_code, signal) => {
          resolve(signal === "SIGKILL");
        });
      }),
    scan: async () => {
      const { out, err, code } = await run(["scan", "--format", "json"]);
      try {
        const report: { readonly mailboxes: readonly MailboxScan[] } = JSON.parse(out);
        const [mailbox] = report.mailboxes;
        if (mailbox === undefined) throw new Error("no mailbox");
        return mailbox;
      } catch (error) {
        throw new Error(`scan ended with ${code}: ${out}${err}`, { cause: error });
      }
    },
    scanHere: async (options = {}, change = (given) => given) => {
      mkdirSync(dirname(store), { recursive: true });
      const helpdesk = await openSqliteHelpdesk(store);
      const reader = openMailReader();
      const before = process.env["SUPPORT_PASSWORD"];
      process.env["SUPPORT_PASSWORD"] = password;
      const mails: ScannedMail[] = [];
      try {
        const context = { judge: judgeOf(root), helpdesk, reader, now: Date.now, randomBytes };
        const report = await scanMailbox(change(context), "support", {
          root,
          onMail: (mail) => mails.push(mail),
          ...options,
        });
        return { report, mails };
      } finally {
        if (before === undefined) delete process.env["SUPPORT_PASSWORD"];
        else process.env["SUPPORT_PASSWORD"] = before;
        await reader.close();
        await helpdesk.close();
      }
    },
    looking: async (work) => {
      const helpdesk = await openSqliteHelpdesk(store, { readOnly: true });
      try {
        return await work(helpdesk);
      } finally {
        await helpdesk.close();
      }
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}

function indented(settings: string): string {
  return settings
    .split("\n")
    .map((line) => `  ${line.trim()}`)
    .join("\n");
}

function judgeOf(root: string): HandlingContext["judge"] {
  const checked = checkProject(
    {
      sources: ["support.mcrules"],
      read: (path) =>
        existsSync(join(root, path)) ? readFileSync(join(root, path)) : { missing: true },
      exists: (path) => existsSync(join(root, path)),
    },
    defaultConfiguration,
  );
  if (checked.project === undefined) {
    throw new Error(checked.diagnostics.map(({ message }) => message).join("\n"));
  }
  return judge(compile(checked.project));
}

/** A mail; the number makes it another one. */
export function mailText(
  number: number,
  given: {
    readonly subject?: string;
    readonly id?: string;
    readonly body?: string;
    readonly from?: string;
  } = {},
): string {
  const id = given.id ?? `<${number}@example.org>`;
  return [
    `From: ${given.from ?? "Anna <anna@example.org>"}`,
    "To: info@example.it",
    ...(id === "" ? [] : [`Message-ID: ${id}`]),
    `Date: Mon, 2 Nov 2026 09:00:00 +0100`,
    `Subject: ${given.subject ?? `Mail ${number}`}`,
    "",
    given.body ?? `Text ${number}.`,
    "",
  ].join("\r\n");
}
