import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentName, numberedName } from "./documentName.ts";

describe("documentName", () => {
  test.each([
    ["invoice.pdf", "invoice.pdf"],
    ["Perché è così.pdf", "Perché è così.pdf"],
    ["発注書.xlsx", "発注書.xlsx"],
    ["../../etc/passwd", "passwd"],
    ["..\\..\\boot.ini", "boot.ini"],
    ["C:\\Users\\anna\\report.doc", "report.doc"],
    ["/etc/passwd", "passwd"],
    ["A/C invoice.pdf", "A_C invoice.pdf"],
    ["what? <really>|*.txt", "what_ _really___.txt"],
    ["invoice\u202Efdp.exe", "invoicefdp.exe"],
    ["a\u0000b\r\nc.txt", "ab c.txt"],
    ["CON", "_CON"],
    ["nul.txt", "_nul.txt"],
    ["COM1.tar.gz", "_COM1.tar.gz"],
    ["console.log", "console.log"],
    ["report.pdf. . .", "report.pdf"],
    ["  many   blanks .txt ", "many blanks .txt"],
    [".htaccess", ".htaccess"],
    [undefined, "attachment"],
    ["", "attachment"],
    ["...", "attachment"],
    ["/", "attachment"],
    ["\u200b\u202e", "attachment"],
    ["half \ud800 pair.txt", "half \u{FFFD} pair.txt"],
  ])("%j is shown as %j", (claimed, name) => {
    expect(documentName(claimed)).toBe(name);
  });

  test("a long name is cut and keeps its extension", () => {
    const name = documentName(`${"x".repeat(500)}.pdf`);
    expect(name).toBe(`${"x".repeat(196)}.pdf`);
    expect(Buffer.byteLength(documentName(`${"発".repeat(500)}.pdf`))).toBeLessThanOrEqual(240);
  });

  test("whatever a mail claims, the name is safe, bounded, and safe already when it comes again", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({
        unit: fc.constantFrom("/", "\\", ".", " ", "\u202E", "\0", ":", "con", "a", "é", "\ud800"),
        maxLength: 300,
      }),
    );
    fc.assert(
      fc.property(hostile, (claimed) => {
        const name = documentName(claimed);
        expect(name).not.toMatch(/[/\\<>:"|?*\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
        expect(name).not.toMatch(/[. ]$/u);
        expect(name).not.toMatch(/^(?:con|nul|prn|aux)(?:\.|$)/iu);
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(200);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240);
        expect(documentName(name)).toBe(name);
      }),
      { numRuns: 2_000 },
    );
  });
});

test("a numbered name keeps its extension and its bound", () => {
  expect(numberedName("a.pdf", 2)).toBe("a (2).pdf");
  expect(numberedName("README", 3)).toBe("README (3)");
  const long = numberedName(`${"x".repeat(196)}.pdf`, 12);
  expect(long.length).toBe(200);
  expect(long.endsWith("x (12).pdf")).toBe(true);
});
