import type { ProcessEffect, ProcessInput } from "@mcrules/compiler";
import type { HelpdeskTransaction, OutboxEntry } from "@mcrules/helpdesk";
import type { HandlingContext } from "../handling.ts";
import { isoWithOffset } from "../moment.ts";
import type { Happened } from "./event.ts";

/** What is sent by a `call`, as the outbox keeps it. A secret stays the place where it is found. */
export interface OutgoingCall {
  readonly format: 1;
  /** The same at each try. */
  readonly id: string;
  readonly url: string;
  readonly headers: Extract<ProcessEffect, { kind: "call" }>["headers"];
  /** The event as JSON: the bytes that are sent and signed. */
  readonly body: string;
}

/** Puts a call into the outbox. */
export function putCall(
  context: HandlingContext,
  desk: HelpdeskTransaction,
  happened: Happened,
  input: ProcessInput,
  process: string,
  action: Extract<ProcessEffect, { kind: "call" }>,
): Promise<OutboxEntry> {
  const id = Buffer.from(context.randomBytes(16)).toString("hex");
  const headers = happened.cause?.headers;
  const call: OutgoingCall = {
    format: 1,
    id,
    url: action.url,
    headers: action.headers,
    body: JSON.stringify({
      id,
      process,
      at: isoWithOffset(happened.now, 0),
      events: happened.events,
      rule: happened.rule,
      ticket: input.ticket ?? null,
      mail:
        headers === undefined
          ? null
          : {
              messageId: headers.messageId ?? null,
              from: headers.from.map(({ address, name }) => ({ address, name })),
              to: headers.to.map(({ address, name }) => ({ address, name })),
              subject: headers.subject,
            },
    }),
  };
  return desk.addOutboxEntry({
    kind: "call",
    ticket: happened.ticket?.id,
    process,
    mailbox: happened.ticket?.mailbox ?? happened.cause?.mail.mailbox.name,
    key: id,
    recipients: [],
    subject: "",
    payload: JSON.stringify(call),
    ...stateOf(action.url),
    createdAt: happened.now,
  });
}

/** The holes of a URL may make anything of it. */
function stateOf(url: string): Pick<OutboxEntry, "state" | "reason"> {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
    ? { state: "waiting", reason: undefined }
    : { state: "withheld", reason: `"${url}" is no address of a web service` };
}
