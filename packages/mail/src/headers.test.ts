import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readHeaders } from "./headers.ts";
import { defaultLimits } from "./limits.ts";
import type { Reading } from "./mail.ts";

const reading: Reading = { pec: false, through: [], trusts: [] };

function headers(text: string | Uint8Array, own: Reading = reading) {
  return readHeaders(typeof text === "string" ? Buffer.from(text) : text, own);
}

function latin1(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}

describe("where the fields stand", () => {
  it.each([
    ["CRLF", "\r\n"],
    ["LF", "\n"],
    ["CR", "\r"],
    ["CR CR LF", "\r\r\n"],
  ])("%s ends a line", (_, end) => {
    const read = headers(
      ["From: a@example.org", "Subject: one", "  two", "", "To: b@example.org"].join(end),
    );
    expect(read.fields.map((field) => field.name)).toEqual(["From", "Subject"]);
    expect(read.subject).toBe("one two");
    expect(read.from[0]?.address).toBe("a@example.org");
  });

  it("line ends may be mixed", () => {
    const read = headers(
      "From: a@example.org\rTo: b@example.org\nSubject: s\r\nCc: c@example.org\r\rBcc: x@example.org",
    );
    expect(read.fields.map((field) => field.name)).toEqual(["From", "To", "Subject", "Cc"]);
  });

  it("skips an mbox line and a byte-order mark", () => {
    expect(headers("From anna Tue Mar 3\nSubject: a\n\n").subject).toBe("a");
    expect(headers("\ufeffSubject: a\n\n").subject).toBe("a");
  });

  it("lets a space pass before the colon, and takes every From", () => {
    const read = headers("From : a@example.org\nFROM:b@example.org\n\n");
    expect(read.from.map((one) => one.address)).toEqual(["a@example.org", "b@example.org"]);
  });

  it("skips a line that is no field, and begins the body where no field follows", () => {
    expect(headers("Subject: a\n>From x\nTo: b@example.org\n\n").to).toHaveLength(1);
    expect(headers("Subject: a\nHello there\n\n").fields).toHaveLength(1);
  });

  it("the body's lines are no fields", () => {
    expect(headers("\nSubject: a\n\n").fields).toEqual([]);
    expect(headers("").fields).toEqual([]);
    expect(headers("Subject: a").subject).toBe("a");
  });

  it("finds the end of a block of any length", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8000, max: 8400 }),
        fc.constantFrom("\r\n", "\n", "\r"),
        (length, end) => {
          const read = headers(
            `X-Long: ${"x".repeat(length)}${end}Subject: a${end}${end}Cc: body${end}`,
          );
          expect(read.fields.map((field) => field.name)).toEqual(["X-Long", "Subject"]);
          expect(read.subject).toBe("a");
        },
      ),
    );
  });
});

describe("what the fields say", () => {
  it("of a field that is there twice the first counts, of addresses all", () => {
    const read = headers(
      "Subject: one\nSubject: two\nTo: a@example.org\nTo: b@example.org\nMessage-ID: <1@x>\nMessage-ID: <2@x>\n\n",
    );
    expect(read.subject).toBe("one");
    expect(read.to).toHaveLength(2);
    expect(read.messageId).toBe("<1@x>");
  });

  it("sees every address of one From", () => {
    const read = headers("From: Anna <a@example.org>, b@example.org\n\n");
    expect(read.from.map((one) => one.address)).toEqual(["a@example.org", "b@example.org"]);
  });

  it("gives raw and decoded values", () => {
    const [field] = headers("Subject: =?utf-8?Q?caff=C3=A8?=\r\n\tnero\r\n\r\n").fields;
    expect(field).toMatchObject({
      name: "Subject",
      raw: "=?utf-8?Q?caff=C3=A8?=\tnero",
      value: "caffè nero",
    });
  });

  it("raw bytes are UTF-8 where valid, else windows-1252", () => {
    expect(headers("Subject: caffè\n\n").subject).toBe("caffè");
    expect(headers(latin1("Subject: caff\xe8 \x80\n\n")).subject).toBe("caffè €");
    expect(headers(latin1("From: J\xfcrgen <j@example.de>\n\n")).from[0]?.name).toBe("Jürgen");
  });

  it.each([
    ["Message-ID: <a@b>", "<a@b>"],
    ["Message-Id:\n <a@b>", "<a@b>"],
    ["Message-ID: a@b", "<a@b>"],
    ["Message-ID: abc", "<abc>"],
    ["Message-ID: <a b@c>", "<ab@c>"],
    ["Message-ID:", undefined],
    ["Message-ID: two words", undefined],
    [`Message-ID: <${"x".repeat(10_000)}@b>`, undefined],
    ["Subject: a", undefined],
  ])("%s", (line, id) => {
    expect(headers(`${line}\n\n`).messageId).toBe(id);
  });

  it("an unreadable date is none, never now", () => {
    expect(headers("Date: yesterday\n\n").date).toBeUndefined();
    expect(headers("Subject: a\n\n").date).toBeUndefined();
    expect(headers("Date: 3 Mar 2026 10:20:30 +0100\n\n").date).toEqual({
      instant: Date.UTC(2026, 2, 3, 9, 20, 30),
      offsetMinutes: 60,
    });
  });

  it("takes the date of the topmost Received", () => {
    const read = headers(
      "Received: by a; 3 Mar 2026 10:00:00 +0000\nReceived: by b; 1 Mar 2026 10:00:00 +0000\n\n",
    );
    expect(read.receivedDate).toBe(Date.UTC(2026, 2, 3, 10));
  });

  it("gathers what the receiving server wrote", () => {
    const read = headers("Delivered-To: a@x\nX-Original-To: b@x\nEnvelope-To: c@x\n\n");
    expect(read.deliveredTo.map((one) => one.local)).toEqual(["a", "b", "c"]);
  });

  it("tells a PEC envelope that is to be opened", () => {
    const envelope = "X-Trasporto: posta-certificata\nSubject: a\n\n";
    expect(headers(envelope, { ...reading, pec: true })).toMatchObject({
      pecKind: "message",
      enclosed: true,
    });
    expect(headers(envelope).enclosed).toBe(false);
    expect(headers("X-Ricevuta: accettazione\n\n", { ...reading, pec: true }).enclosed).toBe(false);
  });

  it("a line end inside an encoded subject becomes a space", () => {
    expect(headers("Subject: =?utf-8?Q?a=0D=0ABcc:_x@example.org?=\n\n").subject).toBe(
      "a Bcc: x@example.org",
    );
  });
});

describe("bounds", () => {
  it("100,000 fields are cut and marked", () => {
    const read = headers(`From: a@example.org\n${"X: y\n".repeat(100_000)}\nbody`);
    expect(read.fields.length).toBeLessThanOrEqual(defaultLimits.headerFields);
    expect(read.from[0]?.address).toBe("a@example.org");
    expect(read.cuts.map((cut) => cut.what)).toEqual(["header length", "header fields"]);
  });

  it("a field of 2 MB is cut and marked", () => {
    const read = headers(`From: a@example.org\nX: ${"y".repeat(2_000_000)}\nSubject: lost\n\nbody`);
    expect(read.from).toHaveLength(1);
    expect(read.cuts.map((cut) => cut.what)).toEqual(["header length"]);
  });

  it("50,000 recipients are cut and marked, in whatever many lines they come", () => {
    const addresses = Array.from({ length: 50_000 }, (_, at) => `u${at}@x`);
    const limits = { ...defaultLimits, headerBytes: 4_000_000, headerFields: 100_000 };
    const lists = [`To: ${addresses.join(",")}`, addresses.map((one) => `To: ${one}`).join("\n")];
    for (const list of lists) {
      const read = readHeaders(Buffer.from(`${list}\n\n`), reading, limits);
      expect(read.to).toHaveLength(defaultLimits.addresses);
      expect(read.cuts).toEqual([expect.objectContaining({ what: "addresses" })]);
    }
  });

  it("50,000 references are cut and marked", () => {
    const ids = Array.from({ length: 50_000 }, (_, at) => `<${at}@x>`).join(" ");
    const read = readHeaders(Buffer.from(`References: ${ids}\n\n`), reading, {
      ...defaultLimits,
      headerBytes: 4_000_000,
    });
    expect(read.thread).toHaveLength(defaultLimits.references);
    expect(read.thread[0]).toBe("<49999@x>");
    expect(read.cuts).toEqual([expect.objectContaining({ what: "references" })]);
  });

  it("an ordinary header has no cuts", () => {
    expect(headers("From: a@example.org\nSubject: b\n\n").cuts).toEqual([]);
  });
});

it("never throws, whatever the bytes", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom("From:", "To: ", "Subject: =?", "Date: ", "\r", ""),
      (bytes, start) => {
        const read = headers(Buffer.concat([Buffer.from(start), bytes]));
        for (const field of read.fields) expect(field.value).toBe(field.value.trim());
        void [
          read.from,
          read.to,
          read.date,
          read.receivedDate,
          read.messageId,
          read.thread,
          read.flags,
          read.authentication,
          read.cuts,
        ];
      },
    ),
  );
});
