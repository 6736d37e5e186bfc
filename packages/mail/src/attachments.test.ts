import { afterAll, describe, expect, it } from "vitest";
import type { Reading } from "./mail.ts";
import { openMailReader } from "./mailReader.ts";

const reader = openMailReader({ workers: 0 });
afterAll(() => reader.close());

const reading: Reading = { pec: false, through: [], trusts: [] };

async function shown(html: string, ...fields: string[]): Promise<boolean> {
  const mail = [
    "Content-Type: multipart/mixed; boundary=b",
    "",
    "--b",
    "Content-Type: text/html",
    "",
    html,
    "--b",
    ...fields,
    "",
    "bytes",
    "--b--",
  ].join("\n");
  const { attachments, inlineImages } = await reader.readContent(Buffer.from(mail), reading);
  expect(attachments.length + inlineImages.length).toBe(1);
  return inlineImages.length === 1;
}

const image = "Content-Type: image/png; name=a.png";

describe("an image is shown by the text", () => {
  it.each([
    ["by its Content-ID", '<img src="cid:a@x">', [image, "Content-ID: <a@x>"]],
    ["by an escaped Content-ID", '<img src="cid:a%40x%20y">', [image, "Content-ID: <a@x y>"]],
    ["by a Content-ID without brackets", "<img src=cid:a@x>", [image, "Content-ID: a@x"]],
    ["in a style", '<td style="background:url(cid:a@x)">', [image, "Content-ID: <a@x>"]],
    [
      "though marked as attached",
      '<img src="CID:a@x">',
      [image, "Content-ID: <a@x>", "Content-Disposition: attachment"],
    ],
    [
      "by its location",
      '<img src="http://x/a.png?a=1&amp;b=2">',
      [image, "Content-Location: http://x/a.png?a=1&b=2"],
    ],
    [
      "though its type is unknown",
      '<img src="cid:a@x">',
      ["Content-Type: application/octet-stream; name=a.PNG", "Content-ID: <a@x>"],
    ],
  ])("%s", async (_, html, fields) => {
    expect(await shown(html, ...fields)).toBe(true);
  });
});

describe("everything else is attached", () => {
  it.each([
    ["an image that no text names", "<p>x", [image, "Content-ID: <a@x>"]],
    ["an image that is named by another id", '<img src="cid:a@xy">', [image, "Content-ID: <a@x>"]],
    [
      "a document that a link names",
      '<a href="cid:a@x">',
      ["Content-Type: application/pdf", "Content-ID: <a@x>"],
    ],
    ["an id with a broken escape", '<img src="cid:%E0%A4%A">', [image, "Content-ID: <a@x>"]],
  ])("%s", async (_, html, fields) => {
    expect(await shown(html, ...fields)).toBe(false);
  });
});
