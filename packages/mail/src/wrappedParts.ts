import { sortParts } from "./bodyStructure.ts";
import { signedContent } from "./cms.ts";
import type { MailLimits } from "./mail.ts";
import { flattenTree, type MimeNode, type MimeTree, walkMime } from "./mimeTree.ts";
import { readTnef } from "./tnef.ts";
import { decodeTransfer } from "./transferEncoding.ts";
import { splitUuencoded } from "./uuencode.ts";

/**
 * Puts what stands inside a part of another format into its place in the tree: the mail that an
 * opaque S/MIME signature holds, the files and the text of a `winmail.dat`, files that an old
 * program wrote into the text. A part that cannot be opened stays what it is. Together with what is
 * opened the tree stays within `limits.parts` and `limits.depth`.
 */
export function openWrapped(tree: MimeTree, limits: MailLimits): MimeTree {
  const cuts = [...tree.cuts];
  let parts = flattenTree(tree.root).length;
  const hasText = (): boolean => sortParts(tree.root).text.some((node) => !isBlank(node));

  const open = (node: MimeNode, depth: number): MimeNode => {
    if (node.children !== undefined) {
      return { ...node, children: node.children.map((child) => open(child, depth + 1)) };
    }
    const left = limits.parts - parts;
    if (left <= 0 || depth >= limits.depth) return node;
    try {
      return openSigned(node, depth, left) ?? openTnef(node, left) ?? openText(node, left) ?? node;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `A part could not be opened (${reason}); it is attached as it came.`;
      cuts.push({ what: "error", message });
      return node;
    }
  };

  const openSigned = (node: MimeNode, depth: number, left: number): MimeNode | undefined => {
    if (!mayBeSigned(node, depth)) return undefined;
    const content = signedContent(contentOf(node));
    if (content === undefined || !isEntity(content)) return undefined;
    const inner = walkMime(content, { ...limits, parts: left, depth: limits.depth - depth - 1 });
    parts += flattenTree(inner.root).length;
    cuts.push(...inner.cuts);
    const root = open(under(node, inner.root), depth + 1);
    return { ...node, type: "multipart/signed", children: [root] };
  };

  const openTnef = (node: MimeNode, left: number): MimeNode | undefined => {
    if (!isTnef(node)) return undefined;
    const tnef = readTnef(contentOf(node), left);
    if (tnef === undefined) return undefined;
    const children: MimeNode[] = [];
    const add = (type: string, content: Uint8Array, more: Partial<MimeNode>): void => {
      children.push(leaf(node, children.length, type, content, more));
    };
    if (!hasText()) {
      if (tnef.html !== undefined) {
        add("text/html", Buffer.from(tnef.html), utf8("text/html"));
      } else if (tnef.text !== undefined) {
        add("text/plain", Buffer.from(tnef.text), utf8("text/plain"));
      }
    }
    for (const { name, type, content, contentId } of tnef.attachments.slice(0, left)) {
      const id = contentId === undefined ? [] : [`<${contentId}>`];
      const fields = id.map((raw) => ({ name: "Content-ID", raw, value: raw }));
      add(type, content, { name, fields, disposition: attached });
    }
    parts += children.length;
    return { ...node, type: "multipart/mixed", children };
  };

  const openText = (node: MimeNode, left: number): MimeNode | undefined => {
    if (node.type !== "text/plain" || node.name !== undefined) return undefined;
    if (node.disposition.value === "attachment") return undefined;
    // Nobody encodes twice; what is base64 need not be decoded to be looked through.
    if (node.transferEncoding === "base64") return undefined;
    const split = splitUuencoded(contentOf(node), left - 1);
    if (split === undefined) return undefined;
    const text = { ...node, ...whole(split.text), path: `${node.path}.1` };
    const files = split.files.map(({ name, content }, at) =>
      leaf(node, at + 1, "application/octet-stream", content, { name, disposition: attached }),
    );
    parts += files.length + 1;
    return { ...node, type: "multipart/mixed", children: [text, ...files] };
  };

  const root = open(tree.root, 0);
  return { root, cuts };
}

const attached = { value: "attachment", parameters: {}, extended: new Set<string>() };

function utf8(type: string): Pick<MimeNode, "contentType"> {
  return { contentType: { value: type, parameters: { charset: "utf-8" }, extended: new Set() } };
}

function whole(
  content: Uint8Array,
): Pick<MimeNode, "source" | "start" | "end" | "transferEncoding"> {
  return { source: content, start: 0, end: content.length, transferEncoding: "binary" };
}

function leaf(
  parent: MimeNode,
  at: number,
  type: string,
  content: Uint8Array,
  more: Partial<MimeNode>,
): MimeNode {
  return {
    fields: [],
    type,
    contentType: { value: type, parameters: {}, extended: new Set() },
    disposition: { value: "", parameters: {}, extended: new Set() },
    name: undefined,
    path: `${parent.path}.${at + 1}`,
    children: undefined,
    ...whole(content),
    ...more,
  };
}

/** With the paths of a tree below that node. */
function under(parent: MimeNode, node: MimeNode): MimeNode {
  const path = node.path === "" ? `${parent.path}.1` : `${parent.path}.1.${node.path}`;
  return { ...node, path, children: node.children?.map((child) => under(parent, child)) };
}

function contentOf(node: MimeNode): Uint8Array {
  return decodeTransfer(node.source.subarray(node.start, node.end), node.transferEncoding);
}

function isBlank(node: MimeNode): boolean {
  const { source, start, end } = node;
  for (let at = start; at < end; at += 1) if ((source[at] ?? 0) > 0x20) return false;
  return true;
}

/**
 * RFC 8551 3.2 gives the mail itself this type, and the name `smime.p7m` where it has one. Another
 * name is that of a signed document, such as an Italian invoice: that one stays as it was sent.
 */
function mayBeSigned(node: MimeNode, depth: number): boolean {
  const name = node.name?.toLowerCase();
  switch (node.type) {
    case "application/pkcs7-mime":
    case "application/x-pkcs7-mime":
      return depth === 0 || name === undefined || name === "smime.p7m";
    case "application/octet-stream":
      return name === "smime.p7m";
    default:
      return false;
  }
}

/** A MIME entity begins with a header line of its own. */
function isEntity(content: Uint8Array): boolean {
  const start = Buffer.from(content.buffer, content.byteOffset, Math.min(content.length, 200));
  return /^(?:\r?\n)?(?:content-|mime-version)[!-9;-~]*[ \t]*:/i.test(start.toString("latin1"));
}

function isTnef(node: MimeNode): boolean {
  return (
    node.type === "application/ms-tnef" ||
    node.type === "application/vnd.ms-tnef" ||
    node.name?.toLowerCase() === "winmail.dat"
  );
}
