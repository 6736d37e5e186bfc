import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { readHeaders } from "./headers.ts";
import { identify } from "./identity.ts";
import type { Reading } from "./mail.ts";
import { openMailReader } from "./mailReader.ts";

const corpus =
  process.env["MCRULES_CORPUS"] ??
  fileURLToPath(new URL("../../../../shared/corpus", import.meta.url));
const found = existsSync(corpus);
if (!found) process.stdout.write(`No corpus at ${corpus}: its mails are not read.\n`);

const reading: Reading = { pec: true, through: [], trusts: [] };
const reader = openMailReader({ workers: 2 });
afterAll(() => reader.close());

/** Files that begin with a header line, but for those that say what a mail should give. */
function* mailsOf(set: string): Generator<readonly [path: string, bytes: Buffer]> {
  const folder = join(corpus, set);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.(?:json|tsv|md|xml|list)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    const start = bytes.toString("latin1", 0, 200);
    if (/^(?:\u00ef\u00bb\u00bf)?(?:>?From |[!-9;-~]+[ \t]*:)/.test(start)) yield [path, bytes];
  }
}

const sets = found
  ? readdirSync(corpus, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "licences")
      .map((entry) => entry.name)
  : [];

describe.skipIf(!found)("the corpus", () => {
  let mails = 0;

  it.each(sets)("every mail of %s is read whole", async (set) => {
    const wrong: string[] = [];
    for (const [path, bytes] of mailsOf(set)) {
      mails += 1;
      const headers = readHeaders(bytes, reading);
      const content = await reader.readContent(bytes, reading);
      const held = {
        cuts: content.cuts.length === 0,
        size: content.size === bytes.length,
        body: !/[\r\0]|\s$/.test(content.body) && content.body.isWellFormed(),
        attachments: [...content.attachments, ...content.inlineImages].every(
          (one) => one.content.length === one.size,
        ),
        values: headers.fields.every((field) => !/\p{Cc}|^\s|\s$|\s\s/u.test(field.value)),
        flags: Object.values(content.headers.flags).every((flag) => flag !== undefined),
        key: /^[0-9a-f]{64}$/.test(identify(bytes).contentKey),
      };
      for (const [what, holds] of Object.entries(held)) if (!holds) wrong.push(`${path}: ${what}`);
    }
    expect(wrong).toEqual([]);
  });

  it("holds more than a thousand mails", () => {
    expect(mails).toBeGreaterThan(1000);
  });

  it("a mail is the same mail with LF, CRLF and CR", () => {
    const parted: string[] = [];
    for (const [path, bytes] of mailsOf("stalwart-mail-parser")) {
      const text = bytes.toString("latin1").replace(/\r\n?/g, "\n");
      const keys = ["\n", "\r\n", "\r"].map(
        (end) => identify(Buffer.from(text.replaceAll("\n", end), "latin1")).contentKey,
      );
      if (new Set(keys).size !== 1) parted.push(path);
    }
    expect(parted).toEqual([]);
  });

  it("the PEC envelopes give their originals", async () => {
    const path = "pec-oca-l10n-italy/POSTA_CERTIFICATA__Invio_File_7339338.txt";
    const mail = await reader.readContent(readFileSync(join(corpus, path)), reading);
    expect(mail.headers).toMatchObject({
      subject: "Invio File 7339338 (SIMULAZIONE)",
      pecKind: "message",
    });
    expect(mail.attachments.map((one) => one.name)).toEqual([
      "IT02652600210_00007_MT_002.xml",
      "IT02652600210_00007.xml",
    ]);
  });
});

/** What of the expected parses is compared here. */
interface ExpectedPart {
  readonly headers: readonly {
    readonly name: string;
    readonly value: { readonly Text?: string };
  }[];
  readonly body: { readonly Text?: string };
}

interface Expected {
  readonly text_body: readonly number[];
  readonly attachments: readonly number[];
  readonly parts: readonly ExpectedPart[];
}

describe.skipIf(!found)("the expected parses of stalwart", () => {
  it("agree in subject, text and number of attachments", async () => {
    const differing: string[] = [];
    let compared = 0;
    for (const [path, bytes] of mailsOf("stalwart-mail-parser")) {
      // Text in UTF-7 stays as it is by decision; the malformed set has no outcome all agree on.
      if (/malformed|legacy.00[15]\.eml|thirdparty/.test(path)) continue;
      const file = path.replace(/\.eml$/, ".json");
      if (!existsSync(file)) continue;
      const expected: Expected = JSON.parse(readFileSync(file, "utf8"));
      const texts = expected.text_body.map((at) => expected.parts[at]?.body.Text);
      // What is U+FFFD there is read here.
      if (texts.some((text) => text === undefined || text.includes("\ufffd"))) continue;
      compared += 1;
      const mail = await reader.readContent(bytes, { ...reading, pec: false });
      const subject =
        expected.parts[0]?.headers.find((one) => one.name === "subject")?.value.Text ?? "";
      const attached = mail.attachments.length + mail.inlineImages.length;
      const same =
        squeeze(mail.body) === squeeze(texts.join("\n")) &&
        attached === expected.attachments.length &&
        (subject.includes("\ufffd") || squeeze(subject) === mail.headers.subject);
      if (!same) differing.push(path);
    }
    process.stdout.write(
      `stalwart: ${compared - differing.length} of ${compared} mails agree ${differing.join(" ")}\n`,
    );
    expect(compared).toBeGreaterThan(30);
    expect(differing.length / compared).toBeLessThanOrEqual(0.05);
  });
});

function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
