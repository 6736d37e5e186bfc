import { describe, expect, it } from "vitest";
import type { MailContent } from "@mcrules/mail";
import { readTnef } from "../../packages/mail/src/tnef.ts";
import {
  agreement,
  bytesOf,
  type Compared,
  exists,
  filesIn,
  found,
  mailsIn,
  read,
  textOf,
} from "./corpus.ts";

/** Its list leaves out a file that stands there whole, named and with its checksums (MS-OXTNEF 2.1.3). */
const incomplete = "mimekit-tnef/long-filename.tnef";

describe.skipIf(!found)("winmail.dat", () => {
  it("gives the files that mimekit lists", () => {
    const results: Compared[] = [];
    for (const file of filesIn("mimekit-tnef")) {
      const list = file.replace(/\.tnef$/, ".list");
      if (!file.endsWith(".tnef") || file === incomplete || !exists(list)) continue;
      const tnef = readTnef(bytesOf(file), 100);
      const names = (tnef?.attachments ?? []).map((one) => one.name ?? "");
      // A body is a file there; here it is the text of a mail that has none.
      const wanted = textOf(list)
        .split("\n")
        .filter((name) => !/^body\.(?:rtf|html|txt)$/.test(name));
      const body = /^body\./m.test(textOf(list));
      const hasText = tnef?.text !== undefined || tnef?.html !== undefined;
      results.push({
        file,
        agrees: names.toSorted().join() === wanted.toSorted().join() && (!body || hasText),
      });
    }
    expect(results.length).toBeGreaterThan(3);
    expect(agreement("mimekit-tnef, names", results).share).toBe(1);
    expect(readTnef(bytesOf(incomplete), 100)?.attachments).toMatchObject([
      { name: "allproductsmar2000.dat" },
    ]);
  });

  it("of every set is read, and its files are those of the mail", async () => {
    for (const set of ["mimekit-tnef", "tnefparse"]) {
      for (const file of filesIn(set).filter((one) => one.endsWith(".tnef"))) {
        const bytes = bytesOf(file);
        const tnef = readTnef(bytes, 100);
        const mail = await read(
          Buffer.from(
            `Subject: x\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n${bytes.toString("base64")}`,
          ),
        );
        const files = [...mail.attachments, ...mail.inlineImages];
        // One that holds nothing stays what it is.
        expect([file, files.length]).toEqual([
          file,
          tnef === undefined ? 1 : tnef.attachments.length,
        ]);
        expect(mail.cuts).toEqual([]);
      }
    }
  });
});

/** What the names of these mails say of them. */
function wantedFlags(name: string): Pick<MailContent["headers"]["flags"], "signed" | "encrypted"> {
  const encrypted = name.includes("encrypted");
  return { signed: !encrypted && name.includes("signed"), encrypted };
}

describe.skipIf(!found)("signed and encrypted mail", () => {
  it.each(["rt/smime", "rt/gnupg", "mimekit-smime"])("%s says what it is", async (set) => {
    const results: Compared[] = [];
    for (const file of mailsIn(set)) {
      const { flags } = (await read(bytesOf(file))).headers;
      const wanted = wantedFlags(file.split("/").at(-1) ?? "");
      // What is encrypted can be signed inside, which nobody sees.
      const agrees =
        flags.encrypted === wanted.encrypted &&
        (wanted.encrypted || flags.signed === wanted.signed);
      results.push({ file, agrees });
    }
    expect(agreement(`${set}, signed or encrypted`, results).share).toBeGreaterThanOrEqual(0.9);
  });
});
