import * as fc from "fast-check";
import { type Attachment as ParsedAttachment, simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { defaultLimits } from "./limits.ts";
import type { Reading } from "./mail.ts";
import { openMailReader } from "./mailReader.ts";
import { flattenTree, walkMime } from "./mimeTree.ts";
import { decodeTransfer } from "./transferEncoding.ts";

type Tree =
  { readonly bytes: Uint8Array; readonly encoding: string } | { readonly parts: readonly Tree[] };

const { tree } = fc.letrec<{ tree: Tree; leaf: Tree; node: Tree }>((tie) => ({
  tree: fc.oneof({ maxDepth: 3, withCrossShrink: true }, tie("leaf"), tie("node")),
  leaf: fc.record({
    bytes: fc.uint8Array({ maxLength: 60 }),
    encoding: fc.constantFrom("base64", "8bit", "quoted-printable"),
  }),
  node: fc.record({ parts: fc.array(tie("tree"), { minLength: 1, maxLength: 4 }) }),
}));

function encode(bytes: Uint8Array, encoding: string): Uint8Array {
  const buffer = Buffer.from(bytes);
  if (encoding === "base64") return Buffer.from(buffer.toString("base64"));
  if (encoding === "8bit") return buffer;
  return Buffer.from([...buffer].map((byte) => `=${byte.toString(16).padStart(2, "0")}`).join(""));
}

function write(one: Tree, path: string): Buffer {
  if (!("parts" in one)) {
    const head = `Content-Type: application/x-test\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: ${one.encoding}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), encode(one.bytes, one.encoding)]);
  }
  // No content of 60 bytes holds it by chance.
  const boundary = `=_${path}_3f1c5a90b7d24e68`;
  const parts = one.parts.flatMap((part, at) => [
    Buffer.from(`--${boundary}\r\n`),
    write(part, `${path}-${at}`),
    Buffer.from("\r\n"),
  ]);
  const head = `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\npreamble\r\n`;
  return Buffer.concat([
    Buffer.from(head),
    ...parts,
    Buffer.from(`--${boundary}--\r\nepilogue\r\n`),
  ]);
}

function leavesOf(one: Tree): number[][] {
  return "parts" in one ? one.parts.flatMap(leavesOf) : [[...one.bytes]];
}

describe("any tree of parts", () => {
  it("gives its leaves back, byte for byte, in order", () => {
    fc.assert(
      fc.property(tree, (one) => {
        const bytes = write(one, "r");
        const { root, cuts } = walkMime(bytes, defaultLimits);
        const leaves = flattenTree(root).filter((node) => node.children === undefined);
        const read = leaves.map((leaf) => [
          ...decodeTransfer(bytes.subarray(leaf.start, leaf.end), leaf.transferEncoding),
        ]);
        expect(read).toEqual(leavesOf(one));
        expect(cuts).toEqual([]);
      }),
    );
  });

  it("gives the attachments that mailparser finds", async () => {
    const reader = openMailReader({ workers: 0 });
    const reading: Reading = { pec: false, through: [], trusts: [] };
    await fc.assert(
      fc.asyncProperty(tree, async (one) => {
        // It gives a line end for a part without content.
        fc.pre(leavesOf(one).every((leaf) => leaf.length > 0));
        const bytes = write(one, "r");
        const own = await reader.readContent(bytes, reading);
        const { attachments } = await simpleParser(bytes);
        const theirs = attachments.map((part: ParsedAttachment) => [...part.content]);
        expect(own.attachments.map((part) => [...part.content])).toEqual(theirs);
      }),
    );
  });

  it("gives something for any bytes", () => {
    const noise = fc.string({
      unit: fc.constantFrom(
        "--b",
        "--b--",
        "\n",
        "\r",
        "x",
        ": ",
        "Content-Type",
        "multipart/mixed; boundary=b",
      ),
    });
    fc.assert(
      fc.property(noise, (text) => {
        const bytes = Buffer.from(`Content-Type: multipart/mixed; boundary=b\n\n${text}`);
        for (const node of flattenTree(walkMime(bytes, defaultLimits).root)) {
          expect(node.start).toBeLessThanOrEqual(node.end);
          expect(node.end).toBeLessThanOrEqual(bytes.length);
        }
      }),
    );
  });
});

function pathsOf(text: string): string[] {
  return flattenTree(walkMime(Buffer.from(text), defaultLimits).root).map(
    (node) => `${node.path} ${node.type}`,
  );
}

describe("the numbers of parts", () => {
  it("are those of IMAP", () => {
    expect(pathsOf("Subject: a\n\nx")).toEqual(["1 text/plain"]);
    expect(
      pathsOf(
        "Content-Type: multipart/mixed; boundary=a\n\n--a\n\nx\n--a\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\ny\n--b\nContent-Type: text/html\n\nz\n--b--\n--a--",
      ),
    ).toEqual([
      " multipart/mixed",
      "1 text/plain",
      "2 multipart/alternative",
      "2.1 text/plain",
      "2.2 text/html",
    ]);
  });
});

describe("delimiter lines", () => {
  const head = "Content-Type: multipart/mixed; boundary=b\n\n";
  it.each([
    ["white space behind", "--b \t\n\nx\n--b-- \n", 1],
    ["words behind", "--b ignored\n\nx\n--b-- ignored\n", 1],
    ["letters behind", "--b\n\nx\n--bc\ny\n--b--", 1],
    ["inside a line", "--b\n\nx --b\n--b--", 1],
    ["CR alone", "--b\r\rx\r--b\r\ry\r--b--\r", 2],
    ["a part behind the close", "--b\n\nx\n--b--\n--b\n\ny\n--b--\n", 2],
    ["an empty part", "--b\n--b--", 1],
  ])("%s", (_, body, parts) => {
    const { root } = walkMime(Buffer.from(head + body), defaultLimits);
    expect(root.children).toHaveLength(parts);
  });

  it("default types: text, and a mail in a digest", () => {
    expect(pathsOf(`${head}--b\n\nx\n--b--`)[1]).toBe("1 text/plain");
    expect(
      pathsOf("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n--b--")[1],
    ).toBe("1 message/rfc822");
  });

  it.each([
    ["text", "text/plain"],
    ["application/pdf name=x", "application/pdf"],
    ["TEXT / HTML", "text/html"],
    ["<html>", "text/plain"],
    ["multipart/", "text/plain"],
  ])("the type %s is read as %s", (written, type) => {
    expect(pathsOf(`Content-Type: ${written}\n\nx`)).toEqual([`1 ${type}`]);
  });
});
