import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identify } from "./identity.ts";

const mail = [
  "From: Anna <anna@example.it>",
  "To: help@example.it",
  "Date: 3 Mar 2026 10:20:30 +0100",
  "Subject: Printer broken",
  "Message-ID: <1@example.it>",
  "",
  "It does not print.",
  "",
];

function keyOf(lines: readonly string[], end = "\r\n"): string {
  return identify(Buffer.from(lines.join(end))).contentKey;
}

function changed(at: number, line: string): string[] {
  return mail.map((one, index) => (index === at ? line : one));
}

describe("the same mail", () => {
  it("has one key whatever ends its lines", () => {
    expect(keyOf(mail, "\n")).toBe(keyOf(mail));
    expect(keyOf(mail, "\r")).toBe(keyOf(mail));
  });

  it("has one key whatever servers add on the way", () => {
    const added = [
      "Received: by mx.example.it; now",
      "Delivered-To: x@example.it",
      ...mail.slice(0, 5),
      "X-Spam: no",
      ...mail.slice(5),
    ];
    expect(keyOf(added)).toBe(keyOf(mail));
  });

  it("has one key however its headers are folded", () => {
    expect(keyOf(changed(3, "Subject: Printer\r\n broken"))).toBe(keyOf(mail));
    expect(keyOf(changed(3, "subject:   Printer \t broken "))).toBe(keyOf(mail));
  });

  it.each([
    [0, "From: Anna <eve@example.it>"],
    [1, "To: other@example.it"],
    [2, "Date: 3 Mar 2026 10:20:31 +0100"],
    [3, "Subject: Printer on fire"],
    [4, "Message-ID: <2@example.it>"],
    [6, "It does not print!"],
  ])("line %i counts", (at, line) => {
    expect(keyOf(changed(at, line))).not.toBe(keyOf(mail));
  });

  it("a value may not move from one header to another", () => {
    expect(keyOf(["To: a@x", "", ""])).not.toBe(keyOf(["Cc: a@x", "", ""]));
  });
});

it("the header alone tells the header's key", () => {
  const bytes = Buffer.from(mail.join("\r\n"));
  const end = bytes.indexOf("\r\n\r\n") + 4;
  expect(identify(bytes.subarray(0, end)).headerKey).toBe(identify(bytes).headerKey);
  expect(identify(bytes.subarray(0, end)).contentKey).not.toBe(identify(bytes).contentKey);
});

it("tells the Message-ID, or that there is none", () => {
  expect(identify(Buffer.from(mail.join("\n"))).messageId).toBe("<1@example.it>");
  expect(identify(Buffer.from("Subject: a\n\n")).messageId).toBeUndefined();
});

it("line ends of any body are made LF before they are hashed", () => {
  const body = fc.string({ unit: fc.constantFrom("a", "\r", "\n"), maxLength: 30 });
  fc.assert(
    fc.property(body, (text) => {
      const own = identify(Buffer.from(`Subject: a\n\n${text}`)).contentKey;
      const clean = identify(
        Buffer.from(`Subject: a\n\n${text.replace(/\r\n?/g, "\n")}`),
      ).contentKey;
      expect(own).toBe(clean);
    }),
  );
  const large = "0123456789\r\n".repeat(20_000);
  expect(identify(Buffer.from(`A: b\n\n${large}`)).contentKey).toBe(
    identify(Buffer.from(`A: b\n\n${large.replaceAll("\r", "")}`)).contentKey,
  );
});
