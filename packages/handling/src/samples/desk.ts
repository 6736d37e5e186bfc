import { randomBytes } from "node:crypto";
import type { Program } from "@mcrules/compiler";
import { judge } from "@mcrules/compiler";
import type { Helpdesk } from "@mcrules/helpdesk";
import { openSqliteHelpdesk } from "@mcrules/helpdesk";
import type { Instant, MailReader } from "@mcrules/mail";
import { openMailReader } from "@mcrules/mail";
import { handleMail } from "../handleMail.ts";
import type { Handled, HandlingContext, IncomingMail } from "../handling.ts";
import { mailFromBytes } from "../mailInHand.ts";
import type { OutgoingMail } from "../processes/outgoingMail.ts";
import { readOutgoingMail } from "../processes/outgoingMail.ts";

/** A helpdesk for tests: a store in memory and a clock that stands still until it is moved. */
export interface SampleDesk {
  readonly context: HandlingContext;
  readonly helpdesk: Helpdesk;
  readonly reader: MailReader;
  readonly wait: (milliseconds: number) => void;
  readonly receive: (
    text: string,
    from?: Partial<Parameters<typeof mailFromBytes>[1]>,
  ) => Promise<Handled>;
  /** All mails of the outbox that wait to be sent. */
  readonly sent: () => Promise<readonly OutgoingMail[]>;
  readonly close: () => Promise<void>;
}

export const monday: Instant = Date.UTC(2026, 10, 2, 9, 0, 0);

export async function sampleDesk(program: Program): Promise<SampleDesk> {
  const helpdesk = await openSqliteHelpdesk(":memory:");
  const reader = openMailReader();
  let now = monday;
  let received = 0;
  const context: HandlingContext = {
    judge: judge(program),
    helpdesk,
    reader,
    now: () => now,
    randomBytes,
  };
  return {
    context,
    helpdesk,
    reader,
    wait: (milliseconds) => {
      now += milliseconds;
    },
    receive: (text, from = {}) => {
      received += 1;
      return handleMail(
        context,
        sampleMail(text, { received: now, place: `${received}`, ...from }),
      );
    },
    sent: async () =>
      (await helpdesk.outbox({ state: "waiting" })).flatMap((entry) =>
        entry.kind === "mail" ? (readOutgoingMail(entry.payload) ?? []) : [],
      ),
    close: async () => {
      await reader.close();
      await helpdesk.close();
    },
  };
}

/** A mail of a text as people write one: indented, LF. */
export function sampleMail(
  text: string,
  from: Partial<Parameters<typeof mailFromBytes>[1]> = {},
): IncomingMail {
  return mailFromBytes(mailBytes(text), {
    mailbox: "support",
    folder: "INBOX",
    received: monday,
    place: "1",
    ...from,
  });
}

export function mailBytes(text: string): Uint8Array {
  const lines = text.replace(/^\n/, "").split("\n");
  const indent = /^ */.exec(lines[0] ?? "")?.[0].length ?? 0;
  return Buffer.from(
    lines
      .map((line) => (line.startsWith(" ".repeat(indent)) ? line.slice(indent) : line.trimStart()))
      .join("\r\n"),
    "utf8",
  );
}
