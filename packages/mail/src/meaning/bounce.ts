import type { Address, BounceReport } from "../mail.ts";
import type { HeaderView, PartView } from "../parts.ts";
import {
  absenceSubject,
  bounceSentence,
  bounceSubject,
  noReply,
  returnedMail,
  serverAnswer,
  serverName,
} from "./bounceSigns.ts";
import { contentType } from "./contentType.ts";
import { enclosedFields } from "./enclosed.ts";
import { fieldsNamed, firstField } from "./fields.ts";
import { isPecReceipt, pecKind } from "./pec.ts";
import { messageIds } from "./thread.ts";

const longestText = 40_000;
const mostLines = 400;
const longestLine = 600;
const most = 20;

/** What in the header makes one look at the content. */
interface Hints {
  /** From or Return-Path is a mail server's. */
  readonly server: boolean;
  readonly nullSender: boolean;
  /** From is an address that nobody answers, such as `no-reply@`. */
  readonly unanswered: boolean;
  readonly subject: boolean;
}

function hintsOf({ fields, from, subject }: HeaderView): Hints {
  const senders = [...fieldsNamed(fields, "From"), ...fieldsNamed(fields, "Return-Path")].map(
    (field) => field.value.slice(0, longestLine),
  );
  const returnPaths = fieldsNamed(fields, "Return-Path");
  const emptyFrom = fieldsNamed(fields, "From").some((field) => /<\s*>\s*$/u.test(field.raw));
  return {
    server: senders.some((sender) => serverName.test(sender)),
    nullSender:
      (from.length === 0 && emptyFrom) ||
      returnPaths.some((field) => /^\s*<\s*>\s*$/u.test(field.raw)),
    unanswered: from.some(({ local }) => noReply.test(local)),
    subject: bounceSubject.test(subject.slice(0, longestLine)),
  };
}

function isHinted(hints: Hints): boolean {
  return hints.server || hints.nullSender || hints.subject;
}

/**
 * Whether a mail is a bounce, by its header alone; undefined where that only hints at it. A report
 * of another kind (read receipt, complaint), an absence note and a PEC receipt are none.
 */
export function bounceFromHeaders(headers: HeaderView): boolean | undefined {
  const { fields, subject } = headers;
  if (isPecReceipt(pecKind(fields))) return false;
  const type = contentType(fields);
  if (type.type === "multipart/report") {
    switch (type.parameter("report-type")) {
      case "delivery-status":
      case "global-delivery-status":
        return true;
      case "feedback-report":
      case "disposition-notification":
        return false;
      default:
        return undefined;
    }
  }
  const hints = hintsOf(headers);
  if (!hints.server && absenceSubject.test(subject.slice(0, longestLine))) return false;
  const failed = firstField(fields, "X-Failed-Recipients");
  if (failed !== undefined && failed.raw.includes("@")) return true;
  return isHinted(hints) ? undefined : false;
}

const statusTypes = ["message/delivery-status", "message/global-delivery-status"];
const returnedTypes = [
  "message/rfc822",
  "message/global",
  "text/rfc822-headers",
  "message/rfc822-headers",
  "message/global-headers",
  "text/rfc822",
];

function isComplaint(part: PartView): boolean {
  return part.type === "message/feedback-report";
}

/** A server's text of its own, above the mail that it returns. */
function serverText(parts: readonly PartView[], body: string): string {
  const text = body.trim() === "" ? parts.map((part) => part.text ?? "").join("\n") : body;
  return text.slice(0, longestText);
}

function saysBounce(hints: Hints, parts: readonly PartView[], text: string): boolean {
  if (parts.some(isComplaint)) return false;
  if (parts.some((part) => statusTypes.includes(part.type))) return true;
  const lines = text.split("\n", mostLines).map((line) => line.slice(0, longestLine));
  const sentence = lines.some((line, at) => bounceSentence.test(`${line} ${lines[at + 1] ?? ""}`));
  const answer = lines.some((line) => serverAnswer.test(line));
  const returned =
    parts.some((part) => returnedTypes.includes(part.type)) ||
    lines.some(
      (line) => returnedMail.test(line) || /^[\s>]{0,8}(?:Message-ID|Received):\s/iu.test(line),
    );
  if (hints.server) return sentence || answer || (hints.subject && returned);
  const address = /[\w.+-]{1,64}@[\w-]{1,63}\./u.test(text);
  if (hints.nullSender) return sentence && (answer || returned || (hints.subject && address));
  // A person who passes a bounce on sends it from an address of a person.
  return sentence && returned && (answer || (hints.subject && hints.unanswered));
}

const failureCode = /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])/u;
const enhancedCode = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])/u;

function statusLines(part: PartView): readonly string[] {
  return new TextDecoder().decode(part.content.subarray(0, longestText)).split(/\r\n|\r|\n/u, 2000);
}

function addressIn(value: string): string | undefined {
  return /[^\s<>()",;:[\]]{1,64}@[^\s<>()",;:[\]]{1,255}/u.exec(value.slice(0, longestLine))?.[0];
}

interface Reported {
  readonly recipients: readonly string[];
  readonly status: string | undefined;
  /** Whether the report speaks of any recipient, failed or not. */
  readonly names: boolean;
}

/** Actions of RFC 3464, section 2.3.3, with which nothing has failed yet or at all. */
const unfailed = /^(?:delayed|delivered|deliverable|relayed|expanded)/u;

/** The recipients of a delivery report that failed, and the status of the first. */
function reported(parts: readonly PartView[]): Reported {
  const recipients: string[] = [];
  let status: string | undefined;
  let anyStatus: string | undefined;
  let names = false;
  for (const part of parts.filter((own) => statusTypes.includes(own.type))) {
    const groups = statusLines(part)
      .join("\n")
      .split(/\n[ \t]*\n/u);
    for (const group of groups) {
      const value = (name: string): string =>
        new RegExp(`^${name}[ \\t]*:[ \\t]*(.*)$`, "imu").exec(group)?.[1] ?? "";
      const addresses = ["Final-Recipient", "Original-Recipient"].flatMap(
        (name) => addressIn(value(name)) ?? [],
      );
      const code = enhancedCode.exec(value("Status"))?.[0];
      if (addresses.length > 0) names = true;
      anyStatus ??= code;
      if (unfailed.test(value("Action").trim().toLowerCase())) continue;
      if (addresses.length > 0) status ??= code;
      recipients.push(...addresses.map((address) => address.toLowerCase()));
    }
  }
  return { recipients, status: status ?? anyStatus, names };
}

const person = "<?['\"(]?([^\\s<>()\",;:'[\\]]{1,64}@[^\\s<>()\",;:'[\\]]{1,255}?)[>'\")]?";
const recipientForms: readonly RegExp[] = [
  // "<anna@example.it>:", "  anna@example.it", "To: <anna@example.it>"
  new RegExp(
    `^[\\s*>-]{0,12}(?:(?:to|for|recipient|rcpt to|address|(?:final|original)-recipient|failed recipient|e-mail address|user)\\s?:?\\s{0,4}(?:rfc822;\\s?)?)?${person}(?:[:,.;]|\\.{3})?(?:\\s|$)`,
    "iu",
  ),
  // "… could not be delivered to anna@example.it", "… exceeds allowed size: anna@example.it"
  new RegExp(
    `(?:\\b(?:to|for|user|address|recipient)[: ]{1,3}|: {1,3})${person}[.,:]{0,3}(?:\\s|$)`,
    "iu",
  ),
];

/** Addresses that stand alone on their line or before a colon, as servers name who failed. */
function namedRecipients(text: string, own: readonly Address[]): readonly string[] {
  const ours = new Set(own.map((address) => address.address.toLowerCase()));
  const found: string[] = [];
  for (const raw of text.split("\n", mostLines)) {
    const line = raw.slice(0, longestLine);
    if (returnedMail.test(line) || /^[\s>]{0,8}(?:Received|Return-Path|Message-ID):/iu.test(line))
      break;
    const address = recipientForms
      .map((form) => form.exec(line)?.[1])
      .find((found) => found !== undefined);
    if (address === undefined || serverName.test(address) || ours.has(address.toLowerCase()))
      continue;
    found.push(address.toLowerCase());
  }
  return found;
}

/** Message-IDs of the mail that came back: of its own header, of the report, of the text. */
function originalIds(
  headers: HeaderView,
  parts: readonly PartView[],
  text: string,
): readonly string[] {
  const ids: string[] = [];
  for (const part of parts) {
    if (returnedTypes.includes(part.type)) {
      const field = firstField(enclosedFields(part.content), "Message-ID");
      if (field !== undefined) ids.push(...messageIds(field.raw).slice(0, 1));
    }
    if (statusTypes.includes(part.type)) {
      for (const line of statusLines(part)) {
        const value = /^(?:X-)?Original-Message-ID\s*:(.{1,998})$/iu.exec(line)?.[1];
        if (value !== undefined) ids.push(...messageIds(value));
      }
    }
  }
  const lines = text.split("\n", 4 * mostLines);
  lines.forEach((raw, at) => {
    const value = /^[\s>|]{0,20}Message-ID\s{0,4}[:：](.*)$/iu.exec(raw.slice(0, 1100))?.[1];
    if (value === undefined) return;
    ids.push(...messageIds(value.trim() === "" ? (lines[at + 1] ?? "").slice(0, 1000) : value));
  });
  for (const name of ["X-Original-Message-ID", "In-Reply-To", "References"]) {
    for (const field of fieldsNamed(headers.fields, name)) {
      ids.push(...messageIds(field.raw).toReversed());
    }
  }
  return [...new Set(ids)].slice(0, most);
}

/**
 * What a bounce says: a delivery report (RFC 3464, RFC 6522), or a mail of a server that writes
 * none, known by its sender and by what its text says. Undefined for every other mail, read
 * receipts, complaints and absence notes among them.
 */
export function readBounce(
  headers: HeaderView,
  parts: readonly PartView[],
  body: string,
): BounceReport | undefined {
  const told = bounceFromHeaders(headers);
  if (told === false) return undefined;
  const text = serverText(parts, body);
  if (told === undefined && !saysBounce(hintsOf(headers), parts, text)) return undefined;
  const report = reported(parts);
  const failed = fieldsNamed(headers.fields, "X-Failed-Recipients").flatMap((field) =>
    field.value.split(",").flatMap((value) => addressIn(value)?.toLowerCase() ?? []),
  );
  const named =
    report.names || failed.length > 0
      ? []
      : namedRecipients(text, [...headers.from, ...headers.to]);
  const status = report.status ?? failureCode.exec(text)?.[0];
  return {
    originalIds: originalIds(headers, parts, text),
    recipients: [...new Set([...report.recipients, ...failed, ...named])].slice(0, most),
    status,
  };
}
