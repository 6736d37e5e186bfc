import type { Address, Attachment, MailContent, MailHeaders } from "@mcrules/mail";
import type { DecideInput } from "../decide/needs.ts";

/** Mails for tests, built without a parser. */

export function address(bare: string, name = ""): Address {
  const at = bare.lastIndexOf("@");
  return { name, address: bare, local: bare.slice(0, at), domain: bare.slice(at + 1) };
}

export function attachment(name: string | undefined, type: string, size: number): Attachment {
  return { name, type, size, content: new Uint8Array(), contentId: undefined };
}

export function mailHeaders(given: Partial<MailHeaders> = {}): MailHeaders {
  const subject = given.subject ?? "Printer broken";
  return {
    fields: [],
    from: [address("anna@example.org", "Anna")],
    to: [address("info@example.it")],
    cc: [],
    bcc: [],
    replyTo: [],
    deliveredTo: [],
    subject,
    subjectBase: subject.replace(/^(?:re: *)+/i, ""),
    date: undefined,
    receivedDate: undefined,
    messageId: "<1@example.org>",
    thread: [],
    flags: {
      automatic: false,
      bounce: false,
      bulk: false,
      reply: false,
      forward: false,
      signed: false,
      encrypted: false,
      spam: false,
    },
    authentication: { spf: "none", dkim: "none", dmarc: "none" },
    pecKind: undefined,
    enclosed: false,
    cuts: [],
    ...given,
  };
}

export function mailContent(
  headers: MailHeaders,
  given: Partial<Omit<MailContent, "headers">> = {},
): MailContent {
  const body = given.body ?? "It does not print.";
  return {
    headers,
    body,
    bodyNew: body,
    bodyQuoted: "",
    html: undefined,
    attachments: [],
    inlineImages: [],
    forwardedFrom: undefined,
    bounce: undefined,
    size: 1000,
    textsDiffer: false,
    cuts: [],
    ...given,
  };
}

/** Monday 2 November 2026, ten o'clock in Rome. */
export const monday = Date.UTC(2026, 10, 2, 9);

export function arrived(
  headers: MailHeaders,
  given: Partial<DecideInput["arrival"]> & { readonly now?: number } = {},
): DecideInput {
  const { now, ...arrival } = given;
  return {
    headers,
    arrival: {
      mailbox: "support",
      folder: "INBOX",
      received: monday,
      size: undefined,
      ...arrival,
    },
    now: now ?? monday + 60_000,
  };
}
