import { describe, expect, it } from "vitest";
import { htmlToText } from "../../packages/mail/src/meaning/html.ts";
import type { MailContent } from "@mcrules/mail";
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

interface Address {
  readonly name: string | null;
  readonly address: string | null;
}

interface AddressValue {
  readonly List?: readonly Address[];
  readonly Group?: readonly { readonly addresses: readonly Address[] }[];
}

interface Header {
  readonly name: string | { readonly other: string };
  readonly value: {
    readonly Text?: string;
    readonly Address?: AddressValue;
    readonly ContentType?: {
      readonly attributes: readonly { readonly name: string; readonly value: string }[] | null;
    };
  };
}

interface Part {
  readonly headers: readonly Header[];
  readonly body: {
    readonly Text?: string;
    readonly Html?: string;
    readonly Binary?: readonly number[];
  };
}

interface Expected {
  readonly html_body: readonly number[];
  readonly text_body: readonly number[];
  readonly attachments: readonly number[];
  readonly parts: readonly Part[];
}

function valueOf(part: Part | undefined, name: string): Header["value"] | undefined {
  return part?.headers.find((header) => header.name === name)?.value;
}

function addressesOf(part: Part | undefined, name: string): readonly string[] {
  return (part?.headers ?? [])
    .filter((header) => header.name === name)
    .flatMap(({ value }) => [
      ...(value.Address?.List ?? []),
      ...(value.Address?.Group ?? []).flatMap((group) => group.addresses),
    ])
    .flatMap(({ address }) => address ?? []);
}

function nameOf(part: Part | undefined): string {
  const of = (header: string, attribute: string): string | undefined =>
    valueOf(part, header)?.ContentType?.attributes?.find((one) => one.name === attribute)?.value;
  return of("content_disposition", "filename") ?? of("content_type", "name") ?? "";
}

const kinds = ["subject", "addresses", "text", "attachments"] as const;
type Kind = (typeof kinds)[number];

/** What is left out of the count, each with the text that the mail or the expectation contradicts. */
const leftOut: readonly {
  readonly kind: Kind | "all";
  readonly why: string;
  readonly mails: RegExp;
}[] = [
  {
    kind: "all",
    why: "UTF-7 is not decoded: browsers do not either, since it hides text from whoever looks",
    mails: /legacy.00[15]\./,
  },
  {
    kind: "all",
    why: "RFC 2046 5.1.1 and 5.1.2: boundaries that are one another's beginning, or parts without a delimiter; the outer delimiter ends what is open inside",
    mails: /malformed.(?:00[1-7]|009|01[126]|020)\./,
  },
  {
    kind: "all",
    why: "files in uuencode stand in the text there; here they are attachments",
    mails: /legacy.049\./,
  },
  {
    kind: "subject",
    why: "RFC 5322 2.2: bytes beyond ASCII in a header, which are U+FFFD there and read here",
    mails: /legacy.(?:010|020|027|052)\./,
  },
  {
    kind: "text",
    why: "RFC 2046 4.1.2: bytes beyond ASCII in a text that says it has none, U+FFFD there, read here",
    mails: /legacy.052\./,
  },
  {
    kind: "text",
    why: "RFC 2045 6.8: base64 with letters that are none, or that breaks off; RFC 5322 2.3: NUL",
    mails: /thirdparty.00[02]\./,
  },
  {
    kind: "text",
    why: "RFC 2046 5.1.1: a delimiter begins its line",
    mails: /thirdparty.005\./,
  },
  {
    kind: "attachments",
    why: "RFC 2045 5.1: a name with bytes beyond ASCII, or a parameter without the separator before it",
    mails: /legacy.(?:016|026)\.|malformed.017\./,
  },
  {
    kind: "attachments",
    why: "RFC 5322 3.2.4: a backslash of a path stands unquoted; it is kept here",
    mails: /legacy.03[59]\./,
  },
  {
    kind: "addresses",
    why: "RFC 5322 3.4.1: what has no @ is no address",
    mails: /thirdparty.007\./,
  },
];

describe.skipIf(!found)("the expected parses of stalwart", () => {
  it("agree, with LF and with CRLF", async () => {
    const results = new Map(kinds.map((kind) => [kind, new Array<Compared>()]));
    for (const file of filesIn("stalwart-mail-parser")) {
      if (!file.endsWith(".json")) continue;
      const mail = file.replace(/(?:\.crlf)?\.json$/, ".eml");
      if (!exists(mail)) continue;
      const raw = bytesOf(mail);
      const bytes = file.endsWith(".crlf.json")
        ? Buffer.from(raw.toString("latin1").replace(/\r?\n/g, "\r\n"), "latin1")
        : raw;
      const expected: Expected = JSON.parse(textOf(file));
      const own = await read(bytes);
      for (const [kind, [ours, theirs]] of compare(own, expected)) {
        if (leftOut.some((one) => one.mails.test(file) && [kind, "all"].includes(one.kind))) {
          continue;
        }
        results.get(kind)?.push({ file, agrees: ours === theirs });
      }
    }
    for (const [kind, compared] of results) {
      const { share } = agreement(`stalwart, ${kind}`, compared);
      expect(compared.length).toBeGreaterThan(120);
      expect([kind, share >= 0.99]).toEqual([kind, true]);
    }
  });
});

function compare(own: MailContent, expected: Expected): readonly [Kind, [string, string]][] {
  const top = expected.parts[0];
  const texts = expected.text_body.map((at) => {
    const body = expected.parts[at]?.body;
    return body?.Html === undefined ? (body?.Text ?? "") : htmlToText(body.Html);
  });
  const { from, to, cc } = own.headers;
  const addresses = [from, to, cc].map((list) => list.map((one) => one.address).join(","));
  const wanted = ["from", "to", "cc"].map((name) => addressesOf(top, name).join(","));
  const names = [...own.attachments, ...own.inlineImages].map((one) => one.name ?? "");
  const wantedNames = expected.attachments.map((at) => nameOf(expected.parts[at]));
  return [
    ["subject", [own.headers.subject, words(valueOf(top, "subject")?.Text ?? "")]],
    ["addresses", [addresses.join("|"), wanted.join("|")]],
    ["text", [words(own.body), words(texts.join("\n"))]],
    ["attachments", [names.toSorted().join("|"), wantedNames.toSorted().join("|")]],
  ];
}
