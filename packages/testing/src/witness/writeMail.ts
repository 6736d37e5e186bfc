import type { Assumed, MailModel, ModelValue, ProgramMailbox } from "@mcrules/compiler";
import { formatAddress, parseAddress, pecField } from "@mcrules/mail";

/** A mail that a model describes. */
export interface WrittenMail {
  /** As it would arrive: headers and body with LF line ends. */
  readonly text: string;
  readonly folder: string;
  /** The bare address; empty where there is none. */
  readonly sender: string;
  /** When it was received, where the model says it. */
  readonly received: number | undefined;
  /** How long ago, where the model says it. */
  readonly age: number | undefined;
}

/** What is beyond this is not written out. */
const largestMail = 256 * 1024;

/** What a mail says where the model says nothing. */
export interface Usual {
  /** It answers a mail. */
  readonly answers?: boolean;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
}

/** What stands in a mail that nobody wrote for a rule. */
export function usualMail(mailbox: ProgramMailbox): Usual {
  const [own] = mailbox.ownAddresses;
  return {
    from: ["Anna <anna@example.org>"],
    to: own === undefined ? [] : [own],
    subject: "A question",
    body: "Hello,\n\nI have a question.",
  };
}

export const emptyMail: Usual = { from: [], to: [], subject: "", body: "" };

const answerHeader = "In-Reply-To: <1@example.org>";

const flagHeaders: Readonly<Record<string, string>> = {
  automatic: "Auto-Submitted: auto-replied",
  bulk: "Precedence: bulk",
  reply: answerHeader,
  spam: "X-Spam-Flag: YES",
};

/** Writes the mail of a model; a sentence where it cannot be written. */
export function writeMail(
  model: MailModel,
  mailbox: ProgramMailbox,
  usual: Usual,
): WrittenMail | { readonly reason: string } {
  const headers: string[] = [];
  const people = (name: string, group: string, otherwise: readonly string[]): void => {
    const values = model.groups.get(group);
    const written = values === undefined || values.length === 0 ? otherwise : values.map(person);
    if (written.length > 0) headers.push(`${name}: ${[...new Set(written)].join(", ")}`);
  };
  people("Delivered-To", "delivered-to", []);
  people("From", "from", usual.from);
  const recipients = model.groups.get("recipients") ?? [];
  people("To", "to", recipients.length > 0 ? [] : usual.to);
  people("Cc", "cc", []);
  people("Bcc", "bcc", []);
  if (recipients.length > 0) {
    headers.push(`${model.groups.has("to") ? "Cc" : "To"}: ${recipients.map(person).join(", ")}`);
  }
  people("Reply-To", "reply-to", []);
  if (usual.answers === true && !isFlagged(model, "reply")) headers.push(answerHeader);
  const passedOn = isFlagged(model, "forward") ? "Fwd: " : "";
  const subject = textOf(model, "subject") ?? textOf(model, "subject.base") ?? usual.subject;
  headers.push(`Subject: ${encoded(passedOn + subject)}`);
  const date = numberOf(model, "date");
  if (date !== undefined) headers.push(`Date: ${new Date(date).toUTCString()}`);

  const results = ["spf", "dkim", "dmarc"].flatMap((method) => {
    const word = textOf(model, method);
    return word === undefined || word === "none" ? [] : [`${method}=${word}`];
  });
  const [server] = mailbox.settings.trusts;
  if (results.length > 0) {
    if (server === undefined) return { reason: "the mailbox trusts no server" };
    headers.unshift(`Authentication-Results: ${[server, ...results].join("; ")}`);
  }
  const kind = textOf(model, "pec.kind");
  const certified = kind === undefined ? undefined : pecField(kind);
  if (certified !== undefined) headers.push(certified);

  for (const [question, { unknown, holds }] of model.free) {
    if (!holds || unknown.kind === "calendar") continue;
    if (unknown.kind === "flag" && unknown.flag === "forward") continue;
    const header = unknown.kind === "flag" ? flagHeaders[unknown.flag] : undefined;
    if (header === undefined) return { reason: `a mail with "${question}" is not written out` };
    headers.push(header);
  }
  for (const [group, values] of model.groups) {
    const name = /^header "(.*)"$/.exec(group)?.[1];
    if (name === undefined) continue;
    for (const value of values) {
      headers.push(`${name}: ${encoded(numeral(value) ?? value.texts.get("text") ?? "")}`);
    }
  }

  const size = numberOf(model, "size") ?? 0;
  if (size > largestMail) return { reason: "so large a mail is not written out" };
  const text = padded([...headers, ...bodyOf(model, usual)].join("\n"), size);
  return {
    text,
    folder: textOf(model, "folder") ?? "INBOX",
    sender: textOf(model, "from") ?? parseAddress(usual.from[0] ?? "")?.address ?? "",
    received: numberOf(model, "received"),
    age: numberOf(model, "age"),
  };
}

type Comparison = Extract<Assumed["unknown"], { kind: "number" }>["operator"];

/** A number for which all holds that was assumed of a header's number; undefined where nothing was. */
function numeral(value: ModelValue): string | undefined {
  const asked = [...value.free.values()].flatMap(({ unknown, holds }) =>
    unknown.kind === "number" ? [{ ...unknown, holds }] : [],
  );
  if (asked.length === 0) return undefined;
  const near = asked.flatMap(({ wanted }) => [wanted, wanted + 1, wanted - 1]);
  const found = near.find((number) =>
    asked.every(({ operator, wanted, holds }) => compares(operator, number, wanted) === holds),
  );
  return found === undefined ? undefined : String(found);
}

function compares(operator: Comparison, number: number, wanted: number): boolean {
  switch (operator) {
    case "<":
      return number < wanted;
    case "<=":
      return number <= wanted;
    case ">":
      return number > wanted;
    case ">=":
      return number >= wanted;
    case "=":
      return number === wanted;
  }
}

function isFlagged(model: MailModel, wanted: string): boolean {
  return [...model.free.values()].some(
    ({ unknown, holds }) => holds && unknown.kind === "flag" && unknown.flag === wanted,
  );
}

function textOf(model: MailModel, group: string): string | undefined {
  return model.groups.get(group)?.[0]?.texts.get("text");
}

function numberOf(model: MailModel, group: string): number | undefined {
  return model.groups.get(group)?.[0]?.numbers.get("number");
}

function person(value: ModelValue): string {
  const name = value.texts.get("name") ?? "";
  return formatAddress({
    name: encoded(name),
    address: value.texts.get("text") ?? "",
  });
}

/** RFC 2047, where a header cannot hold the text as it is. */
function encoded(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes("=?")) return text;
  const words: string[] = [];
  let word = "";
  for (const character of text) {
    if (Buffer.byteLength(word + character) > 45) {
      words.push(word);
      word = "";
    }
    word += character;
  }
  return [...words, word]
    .map((part) => `=?utf-8?B?${Buffer.from(part, "utf8").toString("base64")}?=`)
    .join("\n ");
}

/** The header lines of the content, an empty line, and the content. */
function bodyOf(model: MailModel, usual: Usual): readonly string[] {
  const plain = textOf(model, "body") ?? textOf(model, "body.new") ?? usual.body;
  const html = textOf(model, "html");
  const attachments = [...(model.groups.get("attachment") ?? [])];
  const count = numberOf(model, "attachments") ?? 0;
  while (attachments.length < Math.min(count, 100)) {
    attachments.push({
      texts: new Map([["type", "application/octet-stream"]]),
      numbers: new Map(),
      free: new Map(),
    });
  }
  const parts = [
    part("text/plain; charset=utf-8", [], plain),
    ...(html === undefined ? [] : [part("text/html; charset=utf-8", [], html)]),
    ...attachments.map(attached),
  ];
  const [only = [], ...more] = parts;
  if (more.length === 0) return ["MIME-Version: 1.0", ...only];
  const kind = attachments.length === 0 ? "alternative" : "mixed";
  return [
    "MIME-Version: 1.0",
    `Content-Type: multipart/${kind}; boundary="part"`,
    "",
    ...parts.flatMap((one) => ["--part", ...one]),
    "--part--",
    "",
  ];
}

function part(type: string, more: readonly string[], content: string): readonly string[] {
  const isPlain = /^(?:[\x20-\x7e]{0,900}\n)*[\x20-\x7e]{0,900}$/.test(content);
  if (isPlain && !content.includes("--part"))
    return [`Content-Type: ${type}`, ...more, "", content];
  return [
    `Content-Type: ${type}`,
    ...more,
    "Content-Transfer-Encoding: base64",
    "",
    ...(Buffer.from(content, "utf8")
      .toString("base64")
      .match(/.{1,76}/g) ?? [""]),
  ];
}

function attached(value: ModelValue): readonly string[] {
  const name = value.texts.get("name");
  const type = value.texts.get("type") ?? "application/octet-stream";
  const disposition =
    name === undefined
      ? "attachment"
      : `attachment; filename*=utf-8''${encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)}`;
  const bytes = "x".repeat(Math.min(value.numbers.get("number") ?? 0, largestMail));
  return part(
    type === "" ? "application/octet-stream" : type,
    [`Content-Disposition: ${disposition}`],
    bytes,
  );
}

/** With white space behind it, up to a size. */
function padded(text: string, size: number): string {
  const lacks = size - Buffer.byteLength(text);
  return lacks > 0 ? `${text}${"\n".repeat(lacks)}` : text;
}
