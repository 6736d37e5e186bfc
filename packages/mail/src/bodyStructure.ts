import type { MimeNode } from "./mimeTree.ts";

/** Which parts a person reads, and which are attached. */
export interface BodyStructure {
  /** Parts of the text, in order; HTML stands here only where there is no plain text for it. */
  readonly text: readonly MimeNode[];
  readonly html: readonly MimeNode[];
  /** Everything else, in the order of the mail. */
  readonly attached: readonly MimeNode[];
}

/**
 * Sorts the parts of a mail by the algorithm of RFC 8621 (JMAP) 4.1.4, with these differences: a
 * report's text is its first part alone; a text with a file name is read only where no text
 * without one is, and enriched text only where nothing else is; what stands among alternatives as
 * neither text nor HTML is attached.
 */
export function sortParts(root: MimeNode): BodyStructure {
  const attempts: readonly ((part: MimeNode) => boolean)[] = [
    (part) => isPlainOrHtml(part) && part.name === undefined,
    isPlainOrHtml,
    () => true,
  ];
  for (const isReadable of attempts) {
    const sorted = sort(root, isReadable);
    if (sorted.text.length > 0 || sorted.html.length > 0) return sorted;
  }
  return sort(root, isPlainOrHtml);
}

function isPlainOrHtml(part: MimeNode): boolean {
  return part.type === "text/plain" || part.type === "text/html";
}

function sort(root: MimeNode, isReadable: (part: MimeNode) => boolean): BodyStructure {
  const attached: MimeNode[] = [];
  const top = { text: new Array<MimeNode>(), html: new Array<MimeNode>() };

  const walk = (
    parts: readonly MimeNode[],
    parent: MimeNode | undefined,
    inAlternative: boolean,
    outer: { text: MimeNode[] | undefined; html: MimeNode[] | undefined },
  ) => {
    let { text, html } = outer;
    const isAlternative = parent?.type === "multipart/alternative";
    const textBefore = text?.length ?? 0;
    const htmlBefore = html?.length ?? 0;
    const main = mainPart(parts, parent);
    for (const [at, part] of parts.entries()) {
      const { type } = part;
      if (part.children !== undefined) {
        walk(part.children, part, inAlternative || type === "multipart/alternative", {
          text,
          html,
        });
        continue;
      }
      if (type === "text/x-amp-html" && isAlternative) continue;
      if (!isText(part) || !isReadable(part) || (main !== -1 && at !== main)) {
        attached.push(part);
        continue;
      }
      const isHtml = type === "text/html";
      if (isAlternative) {
        if (isHtml) html?.push(part);
        else text?.push(part);
        // Of two alternatives of one kind the walk outside has thrown one list away.
        if ((isHtml ? html : text) === undefined) attached.push(part);
        continue;
      }
      if (inAlternative) {
        if (isHtml) text = undefined;
        else html = undefined;
      }
      text?.push(part);
      html?.push(part);
      if (text === undefined && html === undefined) attached.push(part);
    }
    if (isAlternative && text !== undefined && html !== undefined) {
      if (text.length === textBefore) text.push(...html.slice(htmlBefore));
      else if (html.length === htmlBefore) html.push(...text.slice(textBefore));
    }
  };

  walk([root], undefined, false, top);
  return { ...top, attached };
}

function isText(part: MimeNode): boolean {
  const { type, disposition } = part;
  if (disposition.value === "attachment") return false;
  return (
    isPlainOrHtml(part) ||
    type === "text/enriched" ||
    type === "text/richtext" ||
    type === "text/markdown"
  );
}

/** The one part that a person reads where the others serve it or report on it; -1 elsewhere. */
function mainPart(parts: readonly MimeNode[], parent: MimeNode | undefined): number {
  switch (parent?.type) {
    case "multipart/report":
    case "multipart/signed":
      return 0;
    case "multipart/related": {
      const start = parent.contentType.parameters["start"];
      const named = parts.findIndex((part) => start !== undefined && contentIdOf(part) === start);
      if (named !== -1) return named;
      const first = parts.findIndex((part) => part.children !== undefined || isText(part));
      return Math.max(0, first);
    }
    default:
      return -1;
  }
}

/** The part's Content-ID, with its `<>`. */
export function contentIdOf(part: MimeNode): string | undefined {
  const raw = part.fields.find((field) => field.name.toLowerCase() === "content-id")?.raw.trim();
  if (raw === undefined || raw === "") return undefined;
  return raw.startsWith("<") ? raw : `<${raw}>`;
}
