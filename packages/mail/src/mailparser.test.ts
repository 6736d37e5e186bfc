import { createHash } from "node:crypto";
import { type AddressObject, type EmailAddress, type ParsedMail, simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import {
  bytesOf,
  type Compared,
  found,
  mailsIn,
  read,
  sets,
  words,
} from "../../../test/corpus/corpus.ts";
import type { MailContent } from "./mail.ts";
import { isKnownCharset } from "./charset.ts";

const kinds = ["subject", "addresses", "text", "attachments"] as const;
type Kind = (typeof kinds)[number];

/** Why the two may differ, and where it shows; the first that fits a mail is told. */
const causes: readonly {
  readonly kinds: readonly Kind[];
  readonly why: string;
  readonly fits: (mail: string, bytes: Buffer) => boolean;
}[] = [
  {
    kinds: ["subject", "addresses", "text", "attachments"],
    why: "line ends are CR alone, or parts of one mail differ in theirs",
    fits: (mail) => /\r(?!\n)/.test(mail),
  },
  {
    kinds: ["subject", "addresses", "text", "attachments"],
    why: "bytes beyond ASCII without a charset: U+FFFD there, UTF-8 or windows-1252 here",
    fits: (mail, bytes) => /[\x80-\xff]/.test(mail) && bytes.toString().includes("\ufffd"),
  },
  {
    kinds: ["text", "attachments"],
    why: "an attached mail or report is text there, an attachment here",
    fits: (mail) =>
      /^content-type:\s*(?:message\/|multipart\/(?:report|digest)|text\/rfc822-headers)/im.test(
        mail,
      ),
  },
  {
    kinds: ["text", "attachments"],
    why: "winmail.dat and uuencode are opened here",
    fits: (mail) => /ms-tnef|winmail\.dat|^begin [0-7]{3,4} /im.test(mail),
  },
  {
    kinds: ["text"],
    why: "the text comes from HTML, which two converters write differently",
    fits: (mail) => /text\/html/i.test(mail),
  },
  {
    kinds: ["text", "attachments"],
    why: "several texts: all are the body there, here attached ones are not",
    fits: (mail) => (mail.match(/^content-type:\s*text\//gim)?.length ?? 0) > 1,
  },
  {
    kinds: ["text", "attachments"],
    why: "a multipart without its delimiters, or one that is never closed: the text is lost there",
    fits: (mail) =>
      /^content-type:\s*multipart/im.test(mail) &&
      [...mail.matchAll(/boundary\s*=\s*"?([^"\r\n;]*)/gi)].some(
        ([, boundary = ""]) => boundary === "" || !mail.includes(`\n--${boundary}--`),
      ),
  },
  {
    kinds: ["text"],
    why: "format=flowed or a charset that only one of the two knows",
    fits: (mail) =>
      /format="?flowed/i.test(mail) ||
      [...mail.matchAll(/charset="?([^\s";]+)/gi)].some(([, name = ""]) => !isKnownCharset(name)),
  },
  {
    kinds: ["addresses"],
    why: "two From fields: one counts there; mailto: belongs to the address there",
    fits: (mail) => /^From[ \t]*:[^]*^From[ \t]*:|^(?:from|to):.*mailto:/im.test(mail),
  },
];

function addressesOf(field: AddressObject | AddressObject[] | undefined): readonly string[] {
  const flat = (list: readonly EmailAddress[]): readonly string[] =>
    list.flatMap((one) => (one.group === undefined ? (one.address ?? "") : flat(one.group)));
  return [field ?? []]
    .flat()
    .flatMap((one) => flat(one.value))
    .filter((one) => /[^@]@[^@]/.test(one));
}

function compare(own: MailContent, other: ParsedMail): readonly [Kind, string, string][] {
  const { from, to, cc, subject } = own.headers;
  const ours = [from, to, cc].map((list) => list.map((one) => one.address).join(","));
  const theirs = [other.from, other.to, other.cc].map((one) => addressesOf(one).join(","));
  const files = [...own.attachments, ...own.inlineImages];
  return [
    ["subject", subject, words(other.subject ?? "")],
    ["addresses", ours.join("|").toLowerCase(), theirs.join("|").toLowerCase()],
    ["text", words(own.body), words(other.text ?? "")],
    [
      "attachments",
      files
        .map((one) => digest(one.content))
        .toSorted()
        .join(),
      other.attachments
        .map((one) => digest(one.content))
        .toSorted()
        .join(),
    ],
  ];
}

function digest(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

describe.skipIf(!found)("mailparser, over the corpus", () => {
  it("differs where a cause is known", async () => {
    const results = new Map(kinds.map((kind) => [kind, new Array<Compared>()]));
    const counted = new Map<string, number>();
    const unexplained: string[] = [];
    for (const file of sets.flatMap(mailsIn)) {
      const bytes = bytesOf(file);
      const own = await read(bytes);
      const other = await simpleParser(bytes, { skipImageLinks: true, skipTextLinks: true });
      const mail = bytes.toString("latin1");
      for (const [kind, ours, theirs] of compare(own, other)) {
        results.get(kind)?.push({ file, agrees: ours === theirs });
        if (ours === theirs) continue;
        const cause = causes.find((one) => one.kinds.includes(kind) && one.fits(mail, bytes));
        if (cause === undefined) unexplained.push(`${file}: ${kind}`);
        else {
          const key = `${kind}: ${cause.why}`;
          counted.set(key, (counted.get(key) ?? 0) + 1);
        }
      }
    }
    for (const [kind, compared] of results) {
      const agreed = compared.filter((one) => one.agrees).length;
      process.stdout.write(`mailparser, ${kind}: ${agreed} of ${compared.length}\n`);
    }
    for (const [key, count] of counted)
      process.stdout.write(`mailparser differs, ${key}: ${count}\n`);
    process.stdout.write(`mailparser differs, no cause told: ${unexplained.join(", ")}\n`);
    // The rest is mail that breaks the grammar, each in its own way; most have no text there.
    expect(unexplained.length).toBeLessThan(60);
    for (const [kind, least] of [
      ["subject", 0.9],
      ["addresses", 0.9],
      ["text", 0.6],
      ["attachments", 0.7],
    ] as const) {
      const compared = results.get(kind) ?? [];
      const share = compared.filter((one) => one.agrees).length / compared.length;
      expect([kind, share > least]).toEqual([kind, true]);
    }
  });
});
