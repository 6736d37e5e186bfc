import { report } from "../diagnostics/report.ts";
import type { Item } from "../shape/shape.ts";
import type { Expression, ProcessAction, Recipient, SecretSource, Text } from "../tree/index.ts";
import {
  attachables,
  callEntries,
  secureScheme,
  sendMailEntries,
  type SendMailEntry,
} from "../vocabulary/processes.ts";
import { mailFields, processFields } from "../vocabulary/fields.ts";
import { secretSources } from "../vocabulary/mailbox.ts";
import { checkAddress } from "./blockValues.ts";
import type { Captures } from "./captures.ts";
import type { BindContext } from "./context.ts";
import { Cursor } from "./cursor.ts";
import { headerName } from "./fieldNames.ts";
import { bindSettings, type SettingReader } from "./settings.ts";
import { takeSecret } from "./secret.ts";
import { quoted, replacement } from "./suggestions.ts";
import { bindText, intoText, takeExpression } from "./texts.ts";
import { takeOneOf, wrongValue, type Entry } from "./values.ts";

type SendMail = Extract<ProcessAction, { kind: "send mail" }>;
type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Binds `send mail { … }`, its words being read. */
export function bindSendMail(
  from: number,
  cursor: Cursor,
  context: BindContext,
  captures: Captures,
  entry: Entry,
): ProcessAction | undefined {
  const block = cursor.takeKind("block");
  if (block === undefined) {
    return wrongValue(cursor, context, entry, "the mail in braces");
  }
  const mail: Writable<SendMail> = {
    kind: "send mail",
    span: cursor.spanFrom(from),
    to: [],
    cc: [],
    bcc: [],
    subject: undefined,
    body: undefined,
    html: undefined,
    attach: [],
  };
  const given = new Set<SendMailEntry>();
  let attaches = false;
  const people =
    (which: "to" | "cc" | "bcc"): SettingReader =>
    (inside, of) => {
      given.add(which);
      mail[which] = takeRecipients(inside, context, captures, of);
    };
  const text =
    (which: "subject" | "body" | "html"): SettingReader =>
    (inside, of) => {
      given.add(which);
      mail[which] = takeTextOfMail(inside, context, captures, of);
    };
  bindSettings(block, context, entry.word, sendMailEntries, {
    to: people("to"),
    cc: people("cc"),
    bcc: people("bcc"),
    subject: text("subject"),
    body: text("body"),
    html: text("html"),
    attach: (inside, of) => {
      attaches = true;
      const what = takeOneOf(inside, context, of, attachables);
      if (what === undefined) return;
      const first = mail.attach.find(({ value }) => value === what.value);
      if (first === undefined) mail.attach = [...mail.attach, what];
      else {
        const related = [{ span: first.span, message: "it stands here first" }];
        const holes = { word: what.value, place: of.word };
        context.add(report("MC2102", what.span, holes, { related }));
      }
    },
  });
  if (!block.closed) return mail;
  for (const needed of ["to", "subject"] as const) {
    if (!given.has(needed)) {
      context.add(report("MC1603", mail.span, { missing: needed }));
    }
  }
  // A mail may pass on what is attached without a word of its own.
  if (!given.has("body") && !given.has("html") && !attaches) {
    const help = "Write body, or html, or attach what the mail passes on.";
    context.add(report("MC1603", mail.span, { missing: "body" }, { help }));
  }
  return mail;
}

function takeTextOfMail(
  cursor: Cursor,
  context: BindContext,
  captures: Captures,
  entry: Entry,
): Text | undefined {
  const { item } = cursor;
  if (item?.kind === "text") {
    cursor.take();
    return bindText(item, context, "process", captures);
  }
  const expression = expressionText(item);
  if (item !== undefined && expression !== undefined) {
    cursor.take();
    const fixes = [intoText(item.span, expression)];
    context.add(report("MC1124", item.span, { found: expression }, { fixes }));
    return undefined;
  }
  return wrongValue(cursor, context, entry, "a text in quotes");
}

function expressionText(item: Item | undefined): string | undefined {
  if (item?.kind === "capture") return `$${item.name}`;
  return item?.kind === "word" ? item.text : undefined;
}

/** Addresses in quotes, values that are addresses, or a list of both. */
function takeRecipients(
  cursor: Cursor,
  context: BindContext,
  captures: Captures,
  entry: Entry,
): readonly Recipient[] {
  const list = cursor.takeKind("list");
  if (list === undefined) {
    const one = takeRecipient(cursor, context, captures, entry);
    return one === undefined ? [] : [one];
  }
  if (list.items.length === 0 && list.closed) {
    context.add(report("MC1128", list.span, { operator: entry.word }));
  }
  const inside = new Cursor({ kind: "line", span: list.span, items: list.items });
  const recipients: Recipient[] = [];
  while (!inside.atEnd) {
    const at = inside.index;
    const recipient = takeRecipient(inside, context, captures, entry);
    if (recipient !== undefined) recipients.push(recipient);
    if (inside.index === at) break;
  }
  return recipients;
}

function takeRecipient(
  cursor: Cursor,
  context: BindContext,
  captures: Captures,
  entry: Entry,
): Recipient | undefined {
  const { item } = cursor;
  if (item?.kind === "text") {
    cursor.take();
    const text = bindText(item, context, "process", captures);
    if (!checkAddress(text, context)) return undefined;
    return { kind: "text", span: item.span, text };
  }
  if (item?.kind === "word" && item.text.includes("@")) return undefined;
  if (item?.kind !== "word" && item?.kind !== "capture") {
    return wrongValue(cursor, context, entry, "an address in quotes, or a value that is one");
  }
  const expression = takeExpression(cursor, context, "process", captures);
  if (expression === undefined) return undefined;
  if (isAddress(expression)) return { kind: "expression", span: item.span, expression };
  const written = item.kind === "word" ? item.text : `$${item.name}`;
  context.add(report("MC1606", item.span, { written }));
  return undefined;
}

/** Whether a value can be an address that a mail goes to. A captured text may be one. */
function isAddress(expression: Expression): boolean {
  switch (expression.kind) {
    case "mail field":
      return mailFields[expression.field].type === "address" || expression.field === "header";
    case "process field":
      return (
        processFields[expression.field].type === "address" || expression.argument !== undefined
      );
    case "ticket path":
      return ["requester", "contact", "assigned"].includes(expression.path);
    case "capture":
      return true;
    case "test ticket":
    case "sent mail id":
      return false;
  }
}

/** Binds `call "https://…" { header … }`, its word being read. */
export function bindCall(
  from: number,
  cursor: Cursor,
  context: BindContext,
  captures: Captures,
  entry: Entry,
): ProcessAction | undefined {
  const item = cursor.takeKind("text");
  if (item === undefined) {
    return wrongValue(cursor, context, entry, `an address that begins with ${secureScheme}`);
  }
  const url = bindText(item, context, "process", captures);
  const sound = checkUrl(url, context);
  const headers: Extract<ProcessAction, { kind: "call" }>["headers"][number][] = [];
  const block = cursor.takeKind("block");
  if (block !== undefined) {
    bindSettings(block, context, entry.word, callEntries, {
      header: (inside, of) => {
        const nameItem = inside.item;
        const name = headerName(of.word, inside, context);
        if (name === undefined || nameItem === undefined) {
          inside.skipRest();
          return;
        }
        const value = takeHeaderValue(inside, context, captures, of);
        if (value === undefined) return;
        const span = { ...of.span, end: value.span.end };
        headers.push({ span, name: { value: name, span: nameItem.span }, value });
      },
    });
  }
  if (!sound) return undefined;
  return { kind: "call", span: cursor.spanFrom(from), url, headers };
}

function takeHeaderValue(
  cursor: Cursor,
  context: BindContext,
  captures: Captures,
  entry: Entry,
): Text | SecretSource | undefined {
  const { item } = cursor;
  if (item?.kind === "text") {
    cursor.take();
    return bindText(item, context, "process", captures);
  }
  if (item?.kind === "word" && Object.hasOwn(secretSources, item.text))
    return takeSecret(cursor, context, entry);
  return wrongValue(cursor, context, entry, 'a text in quotes, or a secret such as env("NAME")');
}

/** Whether the address of a call is a whole https one; its host has no holes. */
function checkUrl(url: Text, context: BindContext): boolean {
  const [first] = url.parts;
  const begin = typeof first === "string" ? first : "";
  const plain = /^http:\/\//i.exec(begin);
  if (plain !== null && url.parts.length === 1) {
    const secure = quoted(secureScheme + begin.slice(plain[0].length));
    const fixes = [replacement(`Write ${secureScheme}`, url.span, secure)];
    context.add(report("MC1605", url.span, {}, { fixes }));
    return false;
  }
  const host = begin.startsWith(secureScheme)
    ? /^([^/?#]*)([/?#]|$)/.exec(begin.slice(secureScheme.length))
    : null;
  const whole = host?.[2] !== "" || url.parts.length === 1;
  const named = /^[A-Za-z0-9.-]+(:\d{1,5})?$/.test(host?.[1] ?? "");
  if (host !== null && whole && named && !/\s/.test(begin)) return true;
  context.add(report("MC1605", url.span, {}));
  return false;
}
