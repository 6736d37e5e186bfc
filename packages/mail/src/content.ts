import { sortAttachments } from "./attachments.ts";
import { sortParts } from "./bodyStructure.ts";
import { readHeaders } from "./headers.ts";
import type {
  Address,
  Attachment,
  BounceReport,
  Cut,
  MailContent,
  MailFlag,
  MailHeaders,
  MailLimits,
  Reading,
} from "./mail.ts";
import { readBounce } from "./meaning/bounce.ts";
import { contentFlags } from "./meaning/flags.ts";
import { forwardedFrom } from "./meaning/forwarded.ts";
import { htmlToText } from "./meaning/html.ts";
import { splitQuoted } from "./meaning/quoted.ts";
import { flattenTree, type MimeNode, walkMime } from "./mimeTree.ts";
import { cutText, readParts } from "./partView.ts";
import type { PartView } from "./parts.ts";
import { enclosedMail } from "./pecEnvelope.ts";

/** A mail's content as plain data, fit to be sent between threads: all but the headers. */
export interface ContentData {
  /** The mail inside a PEC envelope, where that is the one that was read. */
  readonly enclosed: Uint8Array | undefined;
  readonly flags: Readonly<Record<MailFlag, boolean>>;
  readonly body: string;
  readonly bodyNew: string;
  readonly bodyQuoted: string;
  readonly html: string | undefined;
  readonly attachments: readonly Attachment[];
  readonly inlineImages: readonly Attachment[];
  readonly forwardedFrom: Address | undefined;
  readonly bounce: BounceReport | undefined;
  readonly cuts: readonly Cut[];
}

/** Reads the whole of a mail within `limits.bytes`, `parts`, `depth` and `textCharacters`. */
export function readContentData(
  bytes: Uint8Array,
  reading: Reading,
  limits: MailLimits,
): ContentData {
  const { kept, cuts } = withinBytes(bytes, limits);
  const headers = readHeaders(kept, reading, limits);
  const opened = openParts(kept, limits);
  if (headers.enclosed) {
    const inner = enclosedMail(opened.all);
    if (inner !== undefined) {
      const own = { ...reading, pec: false };
      const innerParts = openParts(inner, limits);
      const data = readOpened(readHeaders(inner, own, limits), innerParts, own, limits);
      return { ...data, enclosed: inner, cuts: [...cuts, ...opened.cuts, ...data.cuts] };
    }
  }
  const data = readOpened(headers, opened, reading, limits);
  return { ...data, cuts: [...cuts, ...data.cuts] };
}

/**
 * Reads what can be had for little of a mail that could not be read whole: the first text, the
 * attachments at its start. Nothing here takes more than a few milliseconds.
 *
 * @param why the bound that the mail went beyond
 */
export function readSparingly(
  bytes: Uint8Array,
  reading: Reading,
  limits: MailLimits,
  why: Cut,
): ContentData {
  const sparing: MailLimits = {
    ...limits,
    bytes: Math.min(limits.bytes, 1024 * 1024),
    parts: Math.min(limits.parts, 50),
    depth: Math.min(limits.depth, 8),
    textCharacters: Math.min(limits.textCharacters, 100_000),
  };
  const { kept, cuts } = withinBytes(bytes, sparing);
  const headers = readHeaders(kept, reading, limits);
  const opened = openParts(kept, sparing);
  const { text, html } = opened;
  const body = (text === "" && html !== undefined ? withoutTags(html) : text).trimEnd();
  const { flags } = headers;
  return {
    enclosed: undefined,
    flags: {
      automatic: flags.automatic ?? false,
      bounce: flags.bounce ?? false,
      bulk: flags.bulk ?? false,
      reply: flags.reply ?? false,
      forward: flags.forward ?? false,
      signed: flags.signed ?? false,
      encrypted: flags.encrypted ?? false,
      spam: flags.spam ?? false,
    },
    body,
    bodyNew: body,
    bodyQuoted: "",
    html,
    attachments: opened.attachments,
    inlineImages: opened.inlineImages,
    forwardedFrom: undefined,
    bounce: undefined,
    cuts: [why, ...cuts, ...opened.cuts],
  };
}

/** Joins headers and content; the headers that rules see are those of the mail that was read. */
export function joinContent(
  bytes: Uint8Array,
  reading: Reading,
  limits: MailLimits,
  data: ContentData,
): MailContent {
  const envelope = readHeaders(bytes, reading, limits);
  const own = data.enclosed === undefined ? envelope : readHeaders(data.enclosed, reading, limits);
  const headers: MailHeaders = {
    fields: own.fields,
    from: own.from,
    to: own.to,
    cc: own.cc,
    bcc: own.bcc,
    replyTo: own.replyTo,
    deliveredTo: envelope.deliveredTo,
    subject: own.subject,
    subjectBase: own.subjectBase,
    date: own.date,
    receivedDate: envelope.receivedDate,
    messageId: own.messageId,
    thread: own.thread,
    flags: data.flags,
    authentication: envelope.authentication,
    pecKind: envelope.pecKind,
    enclosed: false,
    cuts: own.cuts,
  };
  const { enclosed: _enclosed, flags: _flags, cuts, ...content } = data;
  return { headers, ...content, size: bytes.length, cuts: [...own.cuts, ...cuts] };
}

interface OpenedParts {
  readonly all: readonly PartView[];
  /** The plain texts, joined; empty where there are none. */
  readonly text: string;
  /** Texts and HTML in the order of the mail, where people read no plain text. */
  readonly readable: readonly PartView[];
  readonly html: string | undefined;
  readonly attachments: readonly Attachment[];
  readonly inlineImages: readonly Attachment[];
  readonly cuts: readonly Cut[];
}

function openParts(bytes: Uint8Array, limits: MailLimits): OpenedParts {
  const tree = walkMime(bytes, limits);
  const structure = sortParts(tree.root);
  const nodes = flattenTree(tree.root);
  const shown = new Set([...structure.text, ...structure.html]);
  const { views, textCut } = readParts(bytes, nodes, shown, limits.textCharacters);
  const viewsOf = (some: readonly MimeNode[]) => some.flatMap((node) => views.get(node) ?? []);
  const textViews = viewsOf(structure.text);
  const htmlViews = viewsOf(structure.html);
  const plainBlank = textViews.every((view) => view.type !== "text/html" && isBlank(view.text));
  const htmlOnly = htmlViews.filter((view) => view.type === "text/html");
  const html =
    htmlOnly.length === 0 ? undefined : joinTexts(htmlOnly.map((view) => view.text ?? ""));
  const cuts = [...tree.cuts];
  if (textCut) {
    cuts.push({
      what: "text",
      message: `The mail's text is longer than ${limits.textCharacters} characters; the rest was left out.`,
    });
  }
  return {
    all: viewsOf(nodes),
    text: joinTexts(textViews.filter((v) => v.type !== "text/html").map((v) => v.text ?? "")),
    // An empty text beside an HTML that says something is what careless newsletters send.
    readable: plainBlank && htmlOnly.length > 0 ? htmlViews : textViews,
    html,
    ...sortAttachments(tree.root, structure.attached, views, html),
    cuts,
  };
}

function readOpened(
  headers: MailHeaders,
  opened: OpenedParts,
  reading: Reading,
  limits: MailLimits,
): ContentData {
  const texts = opened.readable.map((view) =>
    view.type === "text/html" ? htmlToText(view.text ?? "") : (view.text ?? ""),
  );
  const whole = joinTexts(texts).trimEnd();
  const body = whole.length > limits.textCharacters ? cutText(whole, limits.textCharacters) : whole;
  const { shown, quoted } = splitQuoted(body);
  const bounce = readBounce(headers, opened.all, body);
  return {
    enclosed: undefined,
    flags: contentFlags(headers, opened.all, body, bounce, reading),
    body,
    bodyNew: shown,
    bodyQuoted: quoted,
    html: opened.html,
    attachments: opened.attachments,
    inlineImages: opened.inlineImages,
    forwardedFrom: forwardedFrom(headers, opened.all, body),
    bounce,
    cuts: opened.cuts,
  };
}

function withinBytes(
  bytes: Uint8Array,
  limits: MailLimits,
): { readonly kept: Uint8Array; readonly cuts: readonly Cut[] } {
  if (bytes.length <= limits.bytes) return { kept: bytes, cuts: [] };
  const message = `The mail is longer than ${limits.bytes} bytes; what stands behind them was not read.`;
  return { kept: bytes.subarray(0, limits.bytes), cuts: [{ what: "size", message }] };
}

/** The plainest reading of HTML, for a mail whose full reading was given up. */
function withoutTags(html: string): string {
  return html
    .replace(/<[^<>]*>/g, " ")
    .replace(/[ \t]+/g, " ")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === "";
}

/** One text under the other, each beginning a line of its own. */
function joinTexts(texts: readonly string[]): string {
  return texts.reduce(
    (joined, text) =>
      joined === "" ? text : joined.endsWith("\n") ? joined + text : `${joined}\n${text}`,
    "",
  );
}
