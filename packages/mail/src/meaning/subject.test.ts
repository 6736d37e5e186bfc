import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { subjectPrefixes } from "./prefixes.ts";
import { hasForwardPrefix, hasReplyPrefix, subjectBase } from "./subject.ts";

describe("subjectBase", () => {
  it.each([
    ["Re: Printer", "Printer"],
    ["RE:Printer", "Printer"],
    ["R: Stampante", "Stampante"],
    ["RIF: Stampante", "Stampante"],
    ["I: Stampante", "Stampante"],
    ["AW: WG: Drucker", "Drucker"],
    ["Antw: Printer", "Printer"],
    ["SV: Skrivare", "Skrivare"],
    ["Vs: Tulostin", "Tulostin"],
    ["VL: Tulostin", "Tulostin"],
    ["Odp: Drukarka", "Drukarka"],
    ["RV: Impresora", "Impresora"],
    ["RES: ENC: Impressora", "Impressora"],
    ["TR : Imprimante", "Imprimante"],
    ["Doorst: Printer", "Printer"],
    ["YNT: İLT: Yazıcı", "Yazıcı"],
    ["ΑΠ: ΠΡΘ: Εκτυπωτής", "Εκτυπωτής"],
    ["Ответ: Принтер", "Принтер"],
    ["回复：打印机", "打印机"],
    ["答复: 转发: 打印机", "打印机"],
    ["返信: プリンタ", "プリンタ"],
    ["회신: 프린터", "프린터"],
    ["Trả lời: Máy in", "Máy in"],
    ["[Fwd: Printer]", "Printer"],
    ["Re: [Fwd: [Fwd: Re: Printer]]", "Printer"],
    ["[Fwd:]", ""],
    ["Re[2]: Printer", "Printer"],
    ["Re^2: Printer", "Printer"],
    ["Re (2): Printer", "Printer"],
    ["Re*3: Printer", "Printer"],
    ["Re2: Printer", "Printer"],
    ["  Re:   Re:  Fwd: Re: Printer  ", "Printer"],
    ["Re: ", ""],
    ["", ""],
  ])("%j is about %j", (subject, base) => {
    expect(subjectBase(subject)).toBe(base);
  });

  it.each([
    "Reading: a guide",
    "Report: Re: is a prefix",
    "Ricevuta: 42",
    "Re",
    "Reply needed: printer",
    "Ref: 123",
    "10: Re: x",
    "Trip to Rome: I: we",
    "[Fwd: Printer] now",
    "[Ticket 42]",
  ])("leaves %j alone", (subject) => {
    expect(subjectBase(subject)).toBe(subject);
  });

  it("takes off any run of known prefixes and nothing of the rest", () => {
    const prefix = fc
      .tuple(
        fc.constantFrom(...subjectPrefixes.map((known) => known.word)),
        fc.constantFrom("", "[2]", "^3", " (4)", "2"),
        fc.constantFrom(":", "：", ": ", " : "),
        fc.boolean(),
      )
      .map(([word, count, colon, upper]) => `${upper ? word.toUpperCase() : word}${count}${colon}`);
    fc.assert(
      fc.property(
        fc.array(prefix, { maxLength: 8 }),
        fc.constantFrom("Printer", "42 x"),
        (run, rest) => {
          expect(subjectBase(run.join("") + rest)).toBe(rest);
        },
      ),
    );
  });

  it("gives the same for what it gave", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (subject) => {
        expect(subjectBase(subjectBase(subject))).toBe(subjectBase(subject));
      }),
    );
  });
});

describe("prefixes of answers and of mail passed on", () => {
  it("knows an answer, also behind the prefix of a mail passed on", () => {
    expect(hasReplyPrefix("AW: Drucker")).toBe(true);
    expect(hasReplyPrefix("Fwd: Re: Printer")).toBe(true);
    expect(hasReplyPrefix("Fwd: Printer")).toBe(false);
    expect(hasReplyPrefix("Printer")).toBe(false);
  });

  it("knows a mail passed on by the outermost prefix", () => {
    expect(hasForwardPrefix("Fwd: Re: Printer")).toBe(true);
    expect(hasForwardPrefix("WG: Drucker")).toBe(true);
    expect(hasForwardPrefix("Re: Fwd: Printer")).toBe(false);
    expect(hasForwardPrefix("Forward planning")).toBe(false);
    expect(hasForwardPrefix("[Fwd: Printer]")).toBe(true);
  });

  it("takes the Spanish RV for both, since programs differ", () => {
    expect(hasReplyPrefix("RV: Impresora")).toBe(true);
    expect(hasForwardPrefix("RV: Impresora")).toBe(true);
  });
});
