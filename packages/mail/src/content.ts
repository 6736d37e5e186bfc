import { type SortedAttachments, sortAttachments } from "./attachments.ts";
import { sortParts } from "./bodyStructure.ts";
import { ContentHeaders } from "./contentHeaders.ts";
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
import { sayDifferent } from "./meaning/differing.ts";
import { contentFlags } from "./meaning/flags.ts";
import { forwardedFrom } from "./meaning/forwarded.ts";
import { htmlToText } from "./meaning/html.ts";
import { splitQuoted } from "./meaning/quoted.ts";
import { flattenTree, type MimeNode, type MimeTree, walkMime } from "./mimeTree.ts";
import { cutText, readParts } from "./partView.ts";
import type { PartView } from "./parts.ts";
import { enclosedMail } from "./pecEnvelope.ts";
import { openWrapped } from "./wrappedParts.ts";

/** A mail's content as plain data, fit to be sent between threads: all but the headers. */
export interface ContentData {
  /** The mail inside a PEC envelope, where that is the one that was read. */
  readonly enclosed: Uint8Array | undefined;
  readonly flags: Readonly<Record<MailFlag, boolean>>;
  readonly body: string;
  readonly bodyNew: string;
  readonly bodyQuoted: string;
  readonly html: string | undefined;
  readonly textsDiffer: boolean;
  readonly attachments: readonly Attachment[];
  readonly inlineImages: readonly Attachment[];
  readonly forwardedFrom: Address | undefined;
  readonly bounce: BounceReport | undefined;
  readonly cuts: readonly Cut[];
}

/**
 * Reads the whole of a mail within `limits.bytes`, `parts`, `depth` and `textCharacters`. Its parts are
 * opened at once; what they mean is found out when it is asked for, so that a rule about the body does not pay for
 * what only a ticket needs.
 */
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
      const all = [...cuts, ...opened.cuts, ...innerParts.cuts];
      return readOpened(readHeaders(inner, own, limits), innerParts, own, limits, inner, all);
    }
  }
  return readOpened(headers, opened, reading, limits, undefined, [...cuts, ...opened.cuts]);
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
  // What took too long may have been something inside a part.
  const opened = openParts(kept, sparing, (tree) => tree);
  const { text, html } = opened;
  const body = (text === "" && html !== undefined ? withoutTags(html) : text).trimEnd();
  return {
    enclosed: undefined,
    flags: flagsOfHeaders(headers),
    body,
    bodyNew: body,
    bodyQuoted: "",
    html,
    textsDiffer: false,
    ...opened.sorted(),
    forwardedFrom: undefined,
    bounce: undefined,
    cuts: [why, ...cuts, ...opened.cuts],
  };
}

/** The flags where nothing but the header can tell. */
function flagsOfHeaders({ flags }: MailHeaders): ContentData["flags"] {
  return {
    automatic: flags.automatic ?? false,
    bounce: flags.bounce ?? false,
    bulk: flags.bulk ?? false,
    reply: flags.reply ?? false,
    forward: flags.forward ?? false,
    signed: flags.signed ?? false,
    encrypted: flags.encrypted ?? false,
    spam: flags.spam ?? false,
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
  const headers = new ContentHeaders(envelope, own, data);
  return {
    headers,
    get body() {
      return data.body;
    },
    get bodyNew() {
      return data.bodyNew;
    },
    get bodyQuoted() {
      return data.bodyQuoted;
    },
    get html() {
      return data.html;
    },
    get textsDiffer() {
      return data.textsDiffer;
    },
    get attachments() {
      return data.attachments;
    },
    get inlineImages() {
      return data.inlineImages;
    },
    get forwardedFrom() {
      return data.forwardedFrom;
    },
    get bounce() {
      return data.bounce;
    },
    size: bytes.length,
    get cuts() {
      return [...headers.cuts, ...data.cuts];
    },
  };
}

interface OpenedParts {
  readonly all: readonly PartView[];
  /** The plain texts, joined; empty where there are none. */
  readonly text: string;
  /** Texts and HTML in the order of the mail, where people read no plain text. */
  readonly readable: readonly PartView[];
  readonly html: string | undefined;
  /** Of the texts that are there twice the plain ones and the HTML, where a mail has both. */
  readonly alternatives: { readonly plain: string; readonly html: string } | undefined;
  /** Attachments, parted from the images that the text shows. */
  readonly sorted: () => SortedAttachments;
  readonly cuts: readonly Cut[];
}

function openParts(
  bytes: Uint8Array,
  limits: MailLimits,
  open: (tree: MimeTree, limits: MailLimits) => MimeTree = openWrapped,
): OpenedParts {
  const tree = open(walkMime(bytes, limits), limits);
  const structure = sortParts(tree.root);
  const nodes = flattenTree(tree.root);
  const shown = new Set([...structure.text, ...structure.html]);
  const { views, textCut } = readParts(nodes, shown, limits.textCharacters);
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
    alternatives: alternativesOf(textViews, htmlViews, plainBlank),
    sorted: once(() => sortAttachments(structure.attached, views, html)),
    cuts,
  };
}

/** What stands in one list alone has its like in the other one. */
function alternativesOf(
  textViews: readonly PartView[],
  htmlViews: readonly PartView[],
  plainBlank: boolean,
): OpenedParts["alternatives"] {
  if (plainBlank) return undefined;
  const own = (views: readonly PartView[], others: readonly PartView[], isHtml: boolean) =>
    views
      .filter((view) => !others.includes(view) && (view.type === "text/html") === isHtml)
      .map((view) => view.text ?? "");
  const html = own(htmlViews, textViews, true);
  const plain = own(textViews, htmlViews, false);
  return html.length === 0 || plain.length === 0
    ? undefined
    : { plain: joinTexts(plain), html: joinTexts(html) };
}

/** The properties stay getters only as long as nobody spreads them. */
function readOpened(
  headers: MailHeaders,
  opened: OpenedParts,
  reading: Reading,
  limits: MailLimits,
  enclosed: Uint8Array | undefined,
  cuts: readonly Cut[],
): ContentData {
  const failed: Cut[] = [];
  /** What cannot be read is left out and marked: nothing that a mail holds throws. */
  const held = <T>(read: () => T, left: () => T): (() => T) =>
    once(() => {
      try {
        return read();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const message = `The mail could not be read whole (${reason}); what it says there was left out.`;
        failed.push({ what: "error", message });
        return left();
      }
    });
  const body = held(
    () => bodyOf(opened, limits),
    () => opened.text.trimEnd(),
  );
  const split = held(
    () => splitQuoted(body()),
    () => ({ shown: body(), quoted: "" }),
  );
  const bounce = held(
    () => readBounce(headers, opened.all, body()),
    () => undefined,
  );
  const flags = held(
    () => contentFlags(headers, opened.all, body(), bounce(), reading),
    () => flagsOfHeaders(headers),
  );
  const differ = held(
    () =>
      opened.alternatives !== undefined &&
      sayDifferent(opened.alternatives.plain, opened.alternatives.html),
    () => false,
  );
  const forwarded = held(
    () => forwardedFrom(headers, opened.all, body()),
    () => undefined,
  );
  return {
    enclosed,
    get flags() {
      return flags();
    },
    get body() {
      return body();
    },
    get bodyNew() {
      return split().shown;
    },
    get bodyQuoted() {
      return split().quoted;
    },
    html: opened.html,
    get textsDiffer() {
      return differ();
    },
    get attachments() {
      return opened.sorted().attachments;
    },
    get inlineImages() {
      return opened.sorted().inlineImages;
    },
    get forwardedFrom() {
      return forwarded();
    },
    get bounce() {
      return bounce();
    },
    get cuts() {
      return [...cuts, ...failed];
    },
  };
}

function bodyOf(opened: OpenedParts, limits: MailLimits): string {
  const texts = opened.readable.map((view) =>
    view.type === "text/html" ? htmlToText(view.text ?? "") : (view.text ?? ""),
  );
  const whole = joinTexts(texts).trimEnd();
  return whole.length > limits.textCharacters ? cutText(whole, limits.textCharacters) : whole;
}

/** Reads at the first call what the later ones give again. */
function once<T>(read: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: read() }).value;
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
  const told = texts.filter((text) => text.trim() !== "");
  return told
    .map((text, at) => (at === told.length - 1 || text.endsWith("\n") ? text : `${text}\n`))
    .join("");
}
