import { randomBytes } from "node:crypto";
import { compile, judge } from "@mcrules/compiler";
import { handleMail, mailFromBytes, type HandlingContext } from "@mcrules/handling";
import { openSqliteHelpdesk, type Helpdesk, type Ticket } from "@mcrules/helpdesk";
import {
  checkProject,
  defaultConfiguration,
  type CheckedProject,
  type Diagnostic,
  type Project,
  type ProjectFiles,
} from "@mcrules/language";
import { openMailReader, type MailReader } from "@mcrules/mail";
import { runTests } from "@mcrules/testing";

/** A Monday morning; in Rome it is ten o'clock. */
export const monday = Date.UTC(2026, 10, 2, 9, 0, 0);

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** What stands around a condition; each part can be left out. */
export interface Around {
  /** Lines inside `helpdesk`. */
  readonly helpdesk?: string;
  /** Lines inside the mailbox. */
  readonly mailbox?: string;
  /** Further declarations. */
  readonly more?: string;
  readonly files?: Files;
  readonly received?: number;
  readonly folder?: string;
}

/** The project of some files; `main.mcrules` is the first. */
export function checked(text: string | Uint8Array, more: Files = {}): CheckedProject {
  const contents = new Map<string, string | Uint8Array>([
    ["main.mcrules", text],
    ...Object.entries(more),
  ]);
  const files: ProjectFiles = {
    sources: [...contents.keys()].filter((path) => path.endsWith(".mcrules")),
    read(path) {
      const content = contents.get(path);
      if (content === undefined) return { missing: true };
      return typeof content === "string" ? new TextEncoder().encode(content) : content;
    },
    exists: (path) =>
      contents.has(path) || [...contents.keys()].some((known) => known.startsWith(`${path}/`)),
  };
  return checkProject(files, defaultConfiguration);
}

/** The findings, a line each: severity, code, line, message and help. Hints are left out. */
export function told(text: string | Uint8Array, more: Files = {}): readonly string[] {
  return checked(text, more)
    .diagnostics.filter(({ severity }) => severity !== "info")
    .map(line);
}

function line({ severity, code, line, message, help }: Diagnostic): string {
  return `${severity} ${code} ${line}: ${message}${help === undefined ? "" : ` | ${help}`}`;
}

/** A project whose only rule has this condition and this action. */
export function project(when: string, around: Around = {}, then = "ignore"): string {
  return `mailbox support {
  files "mail"
  address "Support <info@example.it>"
${around.mailbox ?? ""}
  apply incoming
}
rules incoming {
  rule "It" {
    when ${when}
    then ${then}
  }
}
${around.helpdesk === undefined ? "" : `helpdesk {\n${around.helpdesk}\n}\n`}
${around.more ?? ""}
`;
}

function errorless(text: string, more: Files = {}): Project {
  const { project: whole, diagnostics } = checked(text, more);
  if (whole !== undefined) return whole;
  throw new Error(diagnostics.map(line).join("\n"));
}

/** A text as the bytes of a mail: UTF-8, CRLF. */
export function raw(text: string): Uint8Array {
  return new TextEncoder().encode(text.replace(/\r?\n/g, "\r\n"));
}

/** One helpdesk at a time, in memory, with a clock that stands still. */
export class Law {
  readonly #reader: MailReader = openMailReader({ workers: 0 });
  #count = 0;

  /** Whether a condition holds for a mail, by the judge that decides real mail. */
  async holds(when: string, bytes: Uint8Array, around: Around = {}): Promise<boolean> {
    const helpdesk = await openSqliteHelpdesk(":memory:");
    try {
      const decision = await this.#handle(project(when, around), bytes, around, helpdesk);
      return decision.outcome === "ignored";
    } finally {
      await helpdesk.close();
    }
  }

  /** Which of several conditions hold, in their order; `not C` is asked of each too and has to be the opposite. */
  async holding(
    conditions: readonly string[],
    bytes: Uint8Array,
    around: Around = {},
  ): Promise<readonly string[]> {
    const held: string[] = [];
    for (const condition of conditions) {
      const [it, opposite] = [
        await this.holds(condition, bytes, around),
        await this.holds(`not ${condition}`, bytes, around),
      ];
      if (it === opposite) throw new Error(`${condition} and not ${condition} agree.`);
      if (it) held.push(condition);
    }
    return held;
  }

  /** Those of the conditions whose answer is another than is said here. */
  async amiss(
    conditions: Readonly<Record<string, boolean>>,
    bytes: Uint8Array,
    around: Around = {},
  ): Promise<readonly string[]> {
    const held = await this.holding(Object.keys(conditions), bytes, around);
    return Object.entries(conditions)
      .filter(([condition, said]) => held.includes(condition) !== said)
      .map(([condition]) => condition);
  }

  /** The ticket that a mail opens with this block, where the condition holds. */
  async ticket(
    when: string,
    block: string,
    bytes: Uint8Array,
    around: Around = {},
  ): Promise<Ticket | undefined> {
    const helpdesk = await openSqliteHelpdesk(":memory:");
    try {
      const text = project(when, around, `create ticket ${block}`);
      await this.#handle(text, bytes, around, helpdesk);
      return await helpdesk.ticket(1);
    } finally {
      await helpdesk.close();
    }
  }

  /** What the tests of a project say against it, a line each; nothing where all pass. */
  async failures(text: string, more: Files = {}): Promise<readonly string[]> {
    const whole = errorless(text, more);
    const running = runTests({
      project: whole,
      judge: judge(compile(whole)),
      reader: this.#reader,
      readFile: (path) => raw(String(more[path] ?? "")),
    });
    const failures: string[] = [];
    let tests = 0;
    for await (const result of running) {
      tests += 1;
      failures.push(...result.failures.map(({ message, actual }) => `${message} (${actual})`));
    }
    if (tests === 0) throw new Error("There is no test.");
    return failures;
  }

  /** What a text with holes says of a mail; undefined where the condition does not hold. */
  async says(
    when: string,
    text: string,
    bytes: Uint8Array,
    around: Around = {},
  ): Promise<string | undefined> {
    return (await this.ticket(when, `{\ndescription ${text}\n}`, bytes, around))?.description;
  }

  async #handle(text: string, bytes: Uint8Array, around: Around, helpdesk: Helpdesk) {
    this.#count += 1;
    const context: HandlingContext = {
      judge: judge(compile(errorless(text, around.files))),
      helpdesk,
      reader: this.#reader,
      now: () => monday,
      randomBytes,
    };
    const handled = await handleMail(
      context,
      mailFromBytes(bytes, {
        mailbox: "support",
        folder: around.folder ?? "INBOX",
        received: around.received ?? monday,
        place: `${this.#count}`,
      }),
    );
    if (handled.kind === "failed") throw new Error(handled.error);
    return handled.decision;
  }

  close(): Promise<void> {
    return Promise.resolve(this.#reader.close());
  }
}
