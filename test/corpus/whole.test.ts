import { afterAll, describe, expect, it } from "vitest";
import { identify, openMailReader, readHeaders } from "@mcrules/mail";
import type { Reading } from "@mcrules/mail";
import { bytesOf, found, mailsIn, sets } from "./corpus.ts";

const reading: Reading = { pec: true, through: [], trusts: [] };
const reader = openMailReader({ workers: 2 });
afterAll(() => reader.close());

describe.skipIf(!found)("the corpus", () => {
  let mails = 0;

  it.each(sets)("every mail of %s is read whole", async (set) => {
    const wrong: string[] = [];
    for (const path of mailsIn(set)) {
      const bytes = bytesOf(path);
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
    for (const path of mailsIn("stalwart-mail-parser")) {
      const bytes = bytesOf(path);
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
    const mail = await reader.readContent(bytesOf(path), reading);
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
