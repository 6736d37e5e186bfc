import { decodeReferences } from "./entities.ts";

const breaking: ReadonlySet<string> = new Set(
  "address article aside blockquote body br center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead title tr ul".split(
    " ",
  ),
);
const withoutText = ["script", "style", "head", "title", "template", "object"];

/** Where a tag ends by its quotes; undefined where no bracket stands outside of them. */
function endOfQuotedTag(html: string, start: number): number | undefined {
  let quote = "";
  for (let at = start; at < html.length; at += 1) {
    const character = html.charAt(at);
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === ">") return at;
  }
  return undefined;
}

/** Where the next bracket is: what ends a tag with a quote that nobody closes, as in browsers' error recovery. */
function nextBracket(html: string, start: number): number {
  const plain = html.indexOf(">", start);
  return plain === -1 ? html.length : plain;
}

function textOf(piece: string): string {
  return decodeReferences(piece.replace(/\s+/gu, " "));
}

function endOfElement(html: string, name: string, start: number): number {
  const closing = new RegExp(`</${name}`, "giu");
  closing.lastIndex = start;
  return closing.exec(html)?.index ?? -1;
}

/**
 * The text of HTML in one pass, whatever its depth: line ends where blocks begin and end, quoted
 * blocks with `> `, no scripts and styles. Any input gives a text, in time linear in it.
 */
export function stripTags(html: string): string {
  const pieces: string[] = [];
  let quotes = 0;
  // Once quotes led to the end of all, they are believed no more: else each tag might be read to the end.
  let quotesHold = true;
  const newLine = (): void => {
    pieces.push(`\n${"> ".repeat(Math.min(quotes, 8))}`);
  };
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open === -1) {
      pieces.push(textOf(html.slice(at)));
      break;
    }
    pieces.push(textOf(html.slice(at, open)));
    if (html.startsWith("<!--", open)) {
      const end = html.indexOf("-->", open + 4);
      at = end === -1 ? html.length : end + 3;
      continue;
    }
    const name = /^<\/?([a-z][a-z0-9:]{0,20})/iu
      .exec(html.slice(open, open + 24))?.[1]
      ?.toLowerCase();
    if (name === undefined && !/^<[/!?]/u.test(html.slice(open, open + 2))) {
      pieces.push("<");
      at = open + 1;
      continue;
    }
    const quoted: number | undefined = quotesHold ? endOfQuotedTag(html, open) : undefined;
    quotesHold = quoted !== undefined;
    const end = quoted ?? nextBracket(html, open);
    at = end + 1;
    if (name === undefined) continue;
    const closing = html.charAt(open + 1) === "/";
    if (!closing && withoutText.includes(name)) {
      const close = endOfElement(html, name, at);
      if (close === -1) break;
      at = close;
      continue;
    }
    if (name === "blockquote") quotes = Math.max(0, quotes + (closing ? -1 : 1));
    if (breaking.has(name)) newLine();
    else if (name === "td" || name === "th") pieces.push(" ");
  }
  return pieces
    .join("")
    .replace(/(?:\n[> ]*){3,}/gu, "\n\n")
    .trim();
}
