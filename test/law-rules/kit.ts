import { randomBytes } from "node:crypto";
import { compile, judge, type Decision, type MailEffect, type TraceEntry } from "@mcrules/compiler";
import {
  explainMail,
  handleMail,
  mailFromBytes,
  readOutgoingMail,
  type Handled,
  type HandlingContext,
  type OutgoingMail,
} from "@mcrules/handling";
import {
  openSqliteHelpdesk,
  type Comment,
  type Helpdesk,
  type OutboxEntry,
  type Ticket,
} from "@mcrules/helpdesk";
import {
  checkProject,
  defaultConfiguration,
  type CheckedProject,
  type Diagnostic,
  type ProjectFiles,
} from "@mcrules/language";
import { openMailReader } from "@mcrules/mail";
import { runTests, type TestResult } from "@mcrules/testing";

/** A Monday morning. */
export const monday = Date.UTC(2026, 10, 2, 9, 0, 0);
export const hours = 3_600_000;
export const days = 24 * hours;

/** What stands around the rules of a law; each part can be replaced. */
export interface Surroundings {
  /** Lines inside `helpdesk`; undefined: no such declaration. */
  readonly helpdesk?: string;
  /** Lines inside `mailbox support`, beside `files`, `address`, `smtp` and `apply`. */
  readonly mailbox?: string;
  readonly address?: string;
  /** Declarations after the rules. */
  readonly more?: string;
  /** Other files of the project, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The text of a project whose mailbox `support` applies these rules. */
export function project(rules: string, around: Surroundings = {}): string {
  return `${around.helpdesk === undefined ? "" : `helpdesk {\n${around.helpdesk}\n}\n`}
mailbox support {
  files "mail"
  smtp "smtp.example.it" {
    login "info@example.it" password env("PASSWORD")
  }
  address ${around.address ?? '"Support <info@example.it>"'}
  ${around.mailbox ?? ""}
  apply incoming
}

rules incoming {
${rules}
}
${around.more ?? ""}
`;
}

let count = 0;

/** A rule with a name, or with one of its own. */
export function rule(when: string, then: string, name?: string): string {
  count += 1;
  return `  rule "${name ?? `R${count}`}" {\n    when ${when}\n    then ${then}\n  }\n`;
}

function checked(text: string, more: Readonly<Record<string, string>> = {}): CheckedProject {
  const texts = new Map([["main.mcrules", text], ...Object.entries(more)]);
  const files: ProjectFiles = {
    sources: [...texts.keys()].filter((path) => path.endsWith(".mcrules")),
    read(path) {
      const content = texts.get(path);
      return content === undefined ? { missing: true } : new TextEncoder().encode(content);
    },
    exists: (path) => texts.has(path),
  };
  return checkProject(files, defaultConfiguration);
}

/** The findings of a text. */
export function findings(
  text: string,
  more: Readonly<Record<string, string>> = {},
): readonly Diagnostic[] {
  return checked(text, more).diagnostics;
}

/** The findings, a line each: severity, the source line that they stand on, message and help. */
export function told(text: string, more: Readonly<Record<string, string>> = {}): readonly string[] {
  const lines = text.split("\n");
  return findings(text, more).map(
    ({ severity, line, message, help }) =>
      `${severity} at "${(lines[line - 1] ?? "").trim()}": ${message}${help === undefined ? "" : ` | ${help}`}`,
  );
}

/** The errors and warnings of a project with these rules. */
export function toldOf(rules: string, around: Surroundings = {}): readonly string[] {
  return told(project(rules, around), around.files).filter((line) => !line.startsWith("info"));
}

function errorless(text: string, more: Readonly<Record<string, string>> = {}) {
  const { project: whole, diagnostics } = checked(text, more);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (whole === undefined || errors.length > 0) {
    throw new Error(errors.map(({ line, message }) => `${line}: ${message}`).join("\n"));
  }
  return whole;
}

/** Where a mail arrives, and when; left out: in the mailbox `support`, in INBOX, now. */
export interface Arriving {
  readonly mailbox?: string;
  readonly folder?: string;
  readonly received?: number;
  readonly place?: string;
}

/** A helpdesk with its rules, in memory, and a clock that stands still until it is moved. */
export class Desk {
  readonly context: HandlingContext;
  readonly helpdesk: Helpdesk;
  #now = monday;
  #mails = 0;

  private constructor(text: string, helpdesk: Helpdesk, more: Readonly<Record<string, string>>) {
    this.helpdesk = helpdesk;
    this.context = {
      judge: judge(compile(errorless(text, more))),
      helpdesk,
      reader: openMailReader(),
      now: () => this.#now,
      randomBytes,
    };
  }

  static async open(text: string, more: Readonly<Record<string, string>> = {}): Promise<Desk> {
    return new Desk(text, await openSqliteHelpdesk(":memory:"), more);
  }

  wait(milliseconds: number): void {
    this.#now += milliseconds;
  }

  async receive(text: string | Uint8Array, arriving: Arriving = {}): Promise<Handled> {
    return handleMail(this.context, this.#incoming(text, arriving));
  }

  #incoming(text: string | Uint8Array, arriving: Arriving) {
    this.#mails += 1;
    return mailFromBytes(typeof text === "string" ? mailBytes(text) : text, {
      mailbox: "support",
      folder: "INBOX",
      received: this.#now,
      place: `${this.#mails}`,
      ...arriving,
    });
  }

  /** What was decided, in one line: outcome, the rule that ended, the ticket. */
  async outcome(text: string | Uint8Array, arriving: Arriving = {}): Promise<string> {
    const handled = await this.receive(text, arriving);
    if (handled.kind === "failed") return `failed: ${handled.error}`;
    const { decision } = handled;
    const ticket = handled.kind === "handled" ? handled.ticket : undefined;
    return [
      decision.outcome,
      ...(decision.rule === null ? [] : [`by ${decision.rule}`]),
      ...(ticket === undefined ? [] : [`#${ticket.id}`]),
    ].join(" ");
  }

  async decision(text: string | Uint8Array, arriving: Arriving = {}): Promise<Decision> {
    const handled = await this.receive(text, arriving);
    if (handled.kind === "failed") throw new Error(handled.error);
    return handled.decision;
  }

  /** What becomes of the mail itself. */
  async fate(text: string | Uint8Array, arriving: Arriving = {}): Promise<readonly string[]> {
    return (await this.decision(text, arriving)).mailEffects.map(effectText);
  }

  /** The trace of every rule, as `explain` shows it; nothing is done. */
  async trace(text: string, arriving: Arriving = {}): Promise<readonly TraceEntry[]> {
    return (await explainMail(this.context, this.#incoming(text, arriving))).trace;
  }

  async ticket(id = 1): Promise<Ticket> {
    const ticket = await this.helpdesk.ticket(id);
    if (ticket === undefined) throw new Error(`There is no ticket ${id}.`);
    return ticket;
  }

  comments(id = 1): Promise<readonly Comment[]> {
    return this.helpdesk.comments(id);
  }

  /** The mails that wait to be sent. */
  async sent(): Promise<readonly OutgoingMail[]> {
    return (await this.helpdesk.outbox({ state: "waiting" })).flatMap((entry) =>
      entry.kind === "mail" ? (readOutgoingMail(entry.payload) ?? []) : [],
    );
  }

  async withheld(): Promise<readonly OutboxEntry[]> {
    return this.helpdesk.outbox({ state: "withheld" });
  }

  async know(
    kind: "contact" | "account" | "lead" | "vendor",
    address: string,
    name = "",
    account?: string,
  ): Promise<void> {
    await this.helpdesk.transaction((store) =>
      store.addRegistryEntry({
        kind,
        name,
        addresses: [address],
        ...(account === undefined ? {} : { account }),
      }),
    );
  }

  async block(address: string): Promise<void> {
    await this.helpdesk.transaction((store) => store.block(address, "test", this.#now));
  }

  async setStatus(id: number, name: string): Promise<void> {
    const closed = this.context.judge.program.helpdesk.closed.includes(name);
    await this.helpdesk.transaction((store) =>
      store.changeTicket(id, { status: { name, closed }, at: this.#now }),
    );
  }

  async close(): Promise<void> {
    await this.context.reader.close();
    await this.helpdesk.close();
  }
}

function effectText(effect: MailEffect): string {
  switch (effect.kind) {
    case "mark":
      return `mark ${effect.as}`;
    case "move":
      return `move ${effect.folder}`;
    case "copy":
      return `copy ${effect.folder}`;
    case "delete":
      return "delete";
  }
}

/** Desks that are closed together. */
export class Desks {
  readonly #open: Desk[] = [];

  async of(rules: string, around: Surroundings = {}): Promise<Desk> {
    return this.written(project(rules, around), around.files);
  }

  async written(text: string, more: Readonly<Record<string, string>> = {}): Promise<Desk> {
    const desk = await Desk.open(text, more);
    this.#open.push(desk);
    return desk;
  }

  async close(): Promise<void> {
    for (const desk of this.#open.splice(0)) await desk.close();
  }
}

/** The tests of a text, run; with the paths of the mails that they read. */
export async function runTestsOf(
  text: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly TestResult[]> {
  const reader = openMailReader();
  try {
    const whole = errorless(text, more);
    const results: TestResult[] = [];
    const running = runTests({
      project: whole,
      judge: judge(compile(whole)),
      reader,
      readFile: (path) => mailBytes(more[path] ?? ""),
    });
    for await (const result of running) results.push(result);
    return results;
  } finally {
    await reader.close();
  }
}

/** What a test of this body says against the project, a line each; nothing where it passes. */
export async function failuresOf(
  body: string,
  rules: string,
  around: Surroundings = {},
): Promise<readonly string[]> {
  const text = project(rules, { ...around, more: `${around.more ?? ""}\ntest "it" {\n${body}\n}` });
  const [result] = await runTestsOf(text, around.files);
  if (result === undefined) throw new Error("There is no test.");
  return result.failures.map(({ message, actual }) => `${message} (${actual})`);
}

/** A text as people write it in a test, as the bytes of a mail: no indentation, CRLF. */
export function mailBytes(text: string): Uint8Array {
  const lines = text.replace(/^\n/, "").split("\n");
  const indent = /^ */.exec(lines[0] ?? "")?.[0].length ?? 0;
  return new TextEncoder().encode(
    lines
      .map((line) => (line.startsWith(" ".repeat(indent)) ? line.slice(indent) : line.trimStart()))
      .join("\r\n"),
  );
}

let mails = 0;

/** A mail of Anna's, unless its headers say otherwise; each is another one. */
export function mail(
  headers: Readonly<Record<string, string>> = {},
  body = "Hello, please help.",
): string {
  mails += 1;
  const all = {
    From: "Anna <anna@cliente.example>",
    To: "Support <info@example.it>",
    Date: "Mon, 2 Nov 2026 09:55:00 +0100",
    "Message-ID": `<m${mails}@cliente.example>`,
    Subject: "Printer broken",
    ...headers,
  };
  return [
    ...Object.entries(all)
      .filter(([, value]) => value !== "")
      .map(([name, value]) => `${name}: ${value}`),
    "",
    body,
  ].join("\n");
}
