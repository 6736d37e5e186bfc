import { contentIdOf } from "./bodyStructure.ts";
import type { Attachment } from "./mail.ts";
import type { MimeNode } from "./mimeTree.ts";
import type { PartView } from "./parts.ts";

export interface SortedAttachments {
  readonly attachments: readonly Attachment[];
  readonly inlineImages: readonly Attachment[];
}

/**
 * Parts attachments from the images that the text shows: those that the HTML names by Content-ID or
 * Content-Location. One that stands beside the HTML and is not named there nobody would see.
 */
export function sortAttachments(
  attached: readonly MimeNode[],
  views: ReadonlyMap<MimeNode, PartView>,
  html: string | undefined,
): SortedAttachments {
  const referenced = referencesOf(html);
  const attachments: Attachment[] = [];
  const inlineImages: Attachment[] = [];
  for (const node of attached) {
    const view = views.get(node);
    if (view === undefined) continue;
    const attachment = attachmentOf(node, view);
    if (isShown(node, referenced)) inlineImages.push(attachment);
    else attachments.push(attachment);
  }
  return { attachments, inlineImages };
}

function attachmentOf(node: MimeNode, view: PartView): Attachment {
  const { content } = view;
  return {
    name: view.name,
    type: view.type,
    size: content.length,
    content: new Uint8Array(content.buffer, content.byteOffset, content.length),
    contentId: contentIdOf(node),
  };
}

function isShown(node: MimeNode, referenced: ReadonlySet<string>): boolean {
  const isImage =
    node.type.startsWith("image/") ||
    (node.type === "application/octet-stream" &&
      /\.(?:png|jpe?g|gif|bmp|webp)$/i.test(node.name ?? ""));
  if (!isImage) return false;
  const id = contentIdOf(node)?.replace(/^<|>$/g, "");
  if (id !== undefined && referenced.has(id)) return true;
  const location = node.fields.find((field) => field.name.toLowerCase() === "content-location");
  return location !== undefined && referenced.has(location.raw.trim());
}

/** What the HTML shows from inside the mail: the ids behind `cid:`, and what `src` names. */
function referencesOf(html: string | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  if (html === undefined) return found;
  for (const [, id = ""] of html.matchAll(/\bcid:([^"'\s<>)]{1,500})/gi)) {
    found.add(decodeReference(id));
  }
  for (const [, , location = ""] of html.matchAll(/\bsrc\s?=\s?(["']?)([^"'\s<>]{1,500})/gi)) {
    found.add(decodeReference(location));
  }
  return found;
}

function decodeReference(text: string): string {
  const plain = text.replaceAll("&amp;", "&");
  try {
    return decodeURIComponent(plain);
  } catch {
    // A % that is no escape: the id is what it looks like.
    return plain;
  }
}
