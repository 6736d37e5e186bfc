import { randomBytes } from "node:crypto";
import { compile, judge } from "@mcrules/compiler";
import {
  type Handled,
  type HandlingContext,
  handleMail,
  mailFromBytes,
  type OutgoingMail,
  readOutgoingMail,
} from "@mcrules/handling";
import { type Helpdesk, openSqliteHelpdesk, type Ticket } from "@mcrules/helpdesk";
import { checkProject, defaultConfiguration } from "@mcrules/language";
import { type MailLimits, type MailReader, openMailReader } from "@mcrules/mail";

export const monday = Date.UTC(2026, 10, 2, 9);

/** A mailbox that trusts a server, threads, takes ids from subjects, and opens tickets. */
export const rules = `
helpdesk {
  send limit 4 in 3 hours
}

agent "marco@example.it" {
  name "Marco"
}

mailbox support {
  files "mail"
  smtp "smtp.example.it"
  address "Support <info@example.it>"
  trusts "mx.example.it"
  apply incoming
}

rules incoming {
  rule "Newsletter" {
    when mail is bulk
    then ignore
  }

  rule "Thread" {
    when mail is reply
    then update ticket thread
  }

  rule "Reply" {
    when subject matches /Ticket Id: 9x(?<id>[0-9]+)\\b/
    then update ticket $id
  }

  rule "Nobody" {
    when not from exists
    then create ticket {
      title "No sender"
    }
  }

  rule "Support" {
    when always
    then create ticket
  }
}

process "Opening" {
  on ticket created
  when ticket.rule is "Support"
  then send mail {
    to ticket.requester
    subject "Opening \${ticket.number} \${ticket.title} - Ticket Id: \${ticket.ref}"
    body "We have opened \${ticket.number}."
  }
}
`;

/** A helpdesk with its rules, in memory, and a clock that stands still until it is moved. */
export class Desk {
  readonly helpdesk: Helpdesk;
  readonly #context: HandlingContext;
  #now = monday;
  #mails = 0;

  private constructor(text: string, helpdesk: Helpdesk, reader: MailReader) {
    this.helpdesk = helpdesk;
    this.#context = {
      judge: judge(compile(projectOf(text))),
      helpdesk,
      reader,
      now: () => this.#now,
      randomBytes,
    };
  }

  static async open(text: string = rules, limits: Partial<MailLimits> = {}): Promise<Desk> {
    return Desk.openWith(text, openMailReader({ limits, workers: 1 }));
  }

  /** A desk that is closed without its reader can hand it on to the next one. */
  static async openWith(text: string, reader: MailReader): Promise<Desk> {
    return new Desk(text, await openSqliteHelpdesk(":memory:"), reader);
  }

  wait(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** The context, for those who look at a mail through the reader. */
  get context(): HandlingContext {
    return this.#context;
  }

  /** Handles a mail with CRLF line ends, or its bytes as they are. */
  receive(mail: string | Uint8Array): Promise<Handled> {
    this.#mails += 1;
    const bytes =
      typeof mail === "string" ? Buffer.from(mail.replace(/^\n/, "").replace(/\n/g, "\r\n")) : mail;
    return handleMail(
      this.#context,
      mailFromBytes(bytes, {
        mailbox: "support",
        folder: "INBOX",
        received: this.#now,
        place: `${this.#mails}`,
      }),
    );
  }

  /** The ticket of a mail that has to make or change one. */
  async ticketOf(mail: string | Uint8Array): Promise<Ticket> {
    const handled = await this.receive(mail);
    if (handled.kind !== "handled" || handled.ticket === undefined) {
      throw new Error(`no ticket: ${handled.kind === "failed" ? handled.error : handled.kind}`);
    }
    return handled.ticket;
  }

  /** What became of a mail, and by which rule. */
  async outcome(mail: string | Uint8Array): Promise<string> {
    const handled = await this.receive(mail);
    if (handled.kind === "failed") return `failed: ${handled.error}`;
    const { outcome, rule } = handled.decision;
    return rule === null ? outcome : `${outcome}, ${rule}`;
  }

  async sent(): Promise<readonly OutgoingMail[]> {
    return (await this.helpdesk.outbox({ state: "waiting" })).flatMap((entry) =>
      entry.kind === "mail" ? (readOutgoingMail(entry.payload) ?? []) : [],
    );
  }

  async close(): Promise<void> {
    await this.#context.reader.close();
    await this.closeStore();
  }

  closeStore(): Promise<void> {
    return this.helpdesk.close();
  }
}

function projectOf(text: string) {
  const { project, diagnostics } = checkProject(
    {
      sources: ["hostile.mcrules"],
      read: (path) =>
        path === "hostile.mcrules" ? Buffer.from(text, "utf8") : { missing: true as const },
      exists: (path) => path === "hostile.mcrules",
    },
    defaultConfiguration,
  );
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (project === undefined || errors.length > 0) {
    throw new Error(errors.map(({ line, message }) => `line ${line}: ${message}`).join("\n"));
  }
  return project;
}
