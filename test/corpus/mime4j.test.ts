import { describe, expect, it } from "vitest";
import { defaultLimits } from "@mcrules/mail";
import { decodeUnlabelled } from "../../packages/mail/src/charset.ts";
import { flattenTree, walkMime } from "../../packages/mail/src/mimeTree.ts";
import { decodeTransfer } from "../../packages/mail/src/transferEncoding.ts";
import {
  agreement,
  type Compared,
  bytesOf,
  exists,
  filesIn,
  found,
  read,
  textOf,
  words,
} from "./corpus.ts";

/** Every leaf in order, those of attached mails too. */
function leavesOf(bytes: Uint8Array, depth = 0): readonly Uint8Array[] {
  return flattenTree(walkMime(bytes, defaultLimits).root).flatMap((node) => {
    if (node.children !== undefined) return [];
    const content = decodeTransfer(bytes.subarray(node.start, node.end), node.transferEncoding);
    return node.type === "message/rfc822" && depth < 10 ? leavesOf(content, depth + 1) : [content];
  });
}

function unescaped(xml: string): string {
  return xml
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

/** The mail's own fields, as the expected events name them. */
function fieldsOf(xml: string): readonly string[] {
  const block = /<header>([\s\S]*?)<\/header>/.exec(xml)?.[1] ?? "";
  return [...block.matchAll(/<field>\n([\s\S]*?)<\/field>/g)].map(([, field = ""]) =>
    words(unescaped(field).replace(/\s*:\s*/, ": ")),
  );
}

/** What is left out of the count, each with the text that the mail contradicts. */
const leftOut: readonly { readonly why: string; readonly mails: RegExp }[] = [
  {
    why: "RFC 5322 2.1 and 2.2: a line of white space, or a line without a colon, among the fields",
    mails: /hdr-fakeout|bad-header-separator|malformedHeaderStartsBody-nocrlfcrlf/,
  },
  {
    why: "RFC 2046 5.1.1: no part begins at a delimiter; here the text is shown, there it is lost",
    mails: /badbound|missing-(?:inner-start-)?boundary|multipartnopart/,
  },
  {
    why: "RFC 2045 6.8: base64 that breaks off inside a group; here its last bytes are kept",
    mails: /mimetools-testmsgs.frag\./,
  },
];

describe.skipIf(!found)("the expected events of mime4j", () => {
  it("agree in fields and in the content of every part", async () => {
    const fields: Compared[] = [];
    const contents: Compared[] = [];
    for (const file of filesIn("mime4j")) {
      if (!file.endsWith("_decoded.xml")) continue;
      const mail = file.replace("_decoded.xml", ".msg");
      if (!exists(mail) || leftOut.some((one) => one.mails.test(mail))) continue;
      const xml = textOf(file);
      const bytes = bytesOf(mail);
      const own = await read(bytes);
      const ours = own.headers.fields.map((field) => words(`${field.name}: ${field.raw}`));
      const theirs = fieldsOf(xml);
      fields.push({ file: mail, agrees: ours.join("\n") === theirs.join("\n") });
      const folder = file.replace(/[^/]*$/, "");
      const wanted = [...xml.matchAll(/<(?:\w+-)?body name="([^"]+)"/g)].map(([, name = ""]) =>
        words(decodeUnlabelled(bytesOf(folder + name))),
      );
      const leaves = leavesOf(bytes).map((leaf) => words(decodeUnlabelled(leaf)));
      contents.push({ file: mail, agrees: leaves.join("\0") === wanted.join("\0") });
    }
    const { share } = agreement("mime4j, header fields", fields);
    expect(share).toBeGreaterThanOrEqual(0.99);
    expect(agreement("mime4j, content of parts", contents).share).toBeGreaterThanOrEqual(0.99);
  });
});
