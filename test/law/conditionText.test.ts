import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { Law, project, raw, told } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

/** A mail with this subject, raw in UTF-8. */
function subjectOf(subject: string): Uint8Array {
  return raw(`From: anna@cliente.example\nTo: info@example.it\nSubject: ${subject}\n\nx\n`);
}

function bodyOf(body: string): Uint8Array {
  return raw(
    `From: anna@cliente.example\nSubject: x\nContent-Type: text/plain; charset=utf-8\n\n${body}`,
  );
}

/** A text as it is written in a program. */
function quoted(text: string): string {
  return `"${text
    .replace(/[\\"$]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t")}"`;
}

/** Those of the conditions whose answer is another than is said here. */
function amiss(bytes: Uint8Array, conditions: Readonly<Record<string, boolean>>, more = "") {
  return law.amiss(conditions, bytes, { more });
}

describe("letter case does not count: Unicode simple case folding", () => {
  test.each<readonly [subject: string, literal: string, same: boolean]>([
    ["PRINTER", "printer", true],
    ["Straße", "STRAẞE", true],
    ["Straße", "strasse", false],
    ["ΣΊΣΥΦΟΣ", "σίσυφος", true],
    ["σίσυφος", "ΣΊΣΥΦΟΣ", true],
    ["İstanbul", "istanbul", false],
    ["İstanbul", "i\u{307}stanbul", false],
    ["ıstanbul", "istanbul", false],
    ["\u{212a}elvin", "kelvin", true],
    ["ke\u{17f}t", "kest", true],
    ["KEST", "ke\u{17f}t", true],
    ["\u{2126}hm", "ωHM", true],
    ["\u{212b}ngström", "ångSTRÖM", true],
    ["Ǆ", "ǆ", true],
    ["ǅ", "ǆ", true],
    ["ﬁ", "fi", false],
    ["ﬅ", "ﬆ", true],
    ["µ", "μ", true],
    ["\u{10400}", "\u{10428}", true],
    ["ᏸ", "Ᏸ", true],
    ["ꭰ", "Ꭰ", true],
    ["Ⓐ", "ⓐ", true],
    ["Ａ", "ａ", true],
    ["Ａ", "a", false],
    ["²", "2", false],
  ])("%s is %s: %s", async (subject, literal, same) => {
    expect(
      await amiss(
        subjectOf(subject),
        {
          [`subject is ${quoted(literal)}`]: same,
          [`subject starts with ${quoted(literal)}`]: same,
          [`subject ends with ${quoted(literal)}`]: same,
          [`subject contains ${quoted(literal)}`]: same,
          [`subject matches /^${literal}$/i`]: same,
          [`subject matches /${literal}/i`]: same,
          "subject in words": same,
        },
        `list words = [${quoted(literal)}]`,
      ),
    ).toEqual([]);
  });
});

describe("nor the Unicode form: NFC on both sides, then folding", () => {
  test.each<readonly [what: string, subject: string, literal: string, same: boolean]>([
    ["combined and apart", "e\u{301}", "é", true],
    ["apart and combined", "é", "e\u{301}", true],
    ["with letter case", "E\u{301}COLE", "école", true],
    ["two marks in another order", "q\u{307}\u{323}", "q\u{323}\u{307}", true],
    ["Hangul apart", "\u{1112}\u{1161}\u{11ab}", "한", true],
    ["an accent more", "é", "e", false],
    ["a compatibility form", "①", "1", false],
    ["an angstrom sign", "\u{212b}", "A\u{30a}", true],
  ])("%s", async (_, subject, literal, same) => {
    expect(
      await amiss(subjectOf(subject), {
        [`subject is ${quoted(literal)}`]: same,
        [`subject contains ${quoted(literal)}`]: same,
        [`subject matches /^${literal}$/i`]: same,
      }),
    ).toEqual([]);
    expect(
      await amiss(bodyOf(subject), {
        [`body is ${quoted(literal)}`]: same,
        [`body contains ${quoted(literal)}`]: same,
      }),
    ).toEqual([]);
  });

  test("a match sees the normalised text: one character for é, whichever way it came", async () => {
    expect(
      await amiss(subjectOf("caffe\u{301}"), {
        "subject matches /^.{5}$/": true,
        "subject matches /caffè/": false,
        "subject matches /caffé/": true,
        "subject matches /caffe$/": false,
        'subject contains "caffe"': false,
      }),
    ).toEqual([]);
  });

  test("captures are of the normalised text, letter case as it came", async () => {
    const said = await law.says(
      "subject matches /^(?<all>.*)$/i",
      '"${$all}"',
      subjectOf("CAFFE\u{301} Größe"),
    );
    expect(said).toBe("CAFFÉ Größe");
  });
});

describe('contains "x" is matches /x/i for any literal', () => {
  const pieces = fc.constantFrom(
    "a",
    "A",
    "k",
    "\u{212a}",
    "s",
    "\u{17f}",
    "ß",
    "ẞ",
    "é",
    "e\u{301}",
    "İ",
    "i",
    "σ",
    "ς",
    " ",
    ".",
    "*",
    "[",
    "1",
  );
  const texts = fc.array(pieces, { maxLength: 4 }).map((all) => all.join(""));
  const literals = fc.array(pieces, { minLength: 1, maxLength: 2 }).map((all) => all.join(""));

  test("also beside characters that combine", async () => {
    await fc.assert(
      fc.asyncProperty(texts, literals, async (text, literal) => {
        const bytes = bodyOf(`x${text}x`);
        const pattern = literal.replace(/[.*[]/g, "\\$&");
        expect(await law.holds(`body matches /${pattern}/i`, bytes)).toBe(
          await law.holds(`body contains ${quoted(literal)}`, bytes),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe("with a list on the right: any of it", () => {
  const bytes = subjectOf("Order 42 shipped");

  test("written out, or by name", async () => {
    expect(
      await amiss(
        bytes,
        {
          'subject is ["a", "ORDER 42 SHIPPED"]': true,
          'subject contains ["a", "b", "42"]': true,
          'subject contains ["x", "y"]': false,
          'subject starts with ["x", "order"]': true,
          'subject ends with ["shipped", "x"]': true,
          "subject contains words": true,
          "subject starts with words": false,
          "subject ends with words": true,
          "subject in words": false,
          "subject in whole": true,
          "from.domain under domains": true,
          "from.domain in domains": false,
          "from in people": true,
          "from.local in locals": true,
        },
        `list words = ["SHIPPED", "nothing"]
list whole = "order 42 shipped"
list domains = ["example", "b.it"]
list people = ["ANNA@cliente.example"]
list locals = ["anna"]`,
      ),
    ).toEqual([]);
  });

  test.each<readonly [condition: string, said: RegExp]>([
    ["subject is words", /words/],
    ['subject in ["a", "b"]', /list by its name|is/],
    ["subject contains wrods", /wrods.*words/],
    ['subject contains ""', /empty/],
    ['subject starts with ""', /empty/],
    ['subject ends with ["a", ""]', /empty/],
    ["subject contains []", /empty|no value/],
    ["subject is []", /empty|no value/],
    ['from.domain under ""', /empty/],
    ["from.domain under []", /empty|no value/],
    ["subject contains nothing", /empty|no value|nothing/],
    ["from in domains", /addresses|domain/],
    ["from.domain in people", /domain|address/],
    ['from.domain is "a@b.it"', /address/],
    ['from.domain under ["b.it", "a@b.it"]', /address/],
    ["subject in contacts", /address/],
    ["from.domain in contacts", /address/],
    ["from contains contacts", /contacts/],
  ])("%s: one finding", (condition, said) => {
    const lines = told(
      project(condition, {
        more: `list words = ["SHIPPED", "sold out"]\nlist nothing = []\nlist domains = ["a.it", "b.it"]\nlist people = ["a@b.it"]`,
      }),
    ).filter((line) => condition.includes("nothing") || !/list nothing|"nothing"/.test(line));
    expect(lines).toEqual([expect.stringMatching(said)]);
  });
});

describe("under", () => {
  const from = (domain: string) => raw(`From: x@${domain}\nSubject: a\n\n`);

  test.each<readonly [domain: string, holds: boolean]>([
    ["aruba.it", true],
    ["ARUBA.IT", true],
    ["mail.aruba.it", true],
    ["a.b.aruba.it", true],
    ["notaruba.it", false],
    ["aruba.it.evil.com", false],
    ["it", false],
    ["x.de", true],
    ["de", true],
    ["de.com", false],
  ])("%s under [aruba.it, de]: %s", async (domain, holds) => {
    expect(await law.holds('from.domain under ["aruba.it", "de"]', from(domain))).toBe(holds);
  });

  test("the hint on an address that only ends with the domain", () => {
    const lines = told(project('from contains "@aruba.it"'));
    expect(lines.filter((line) => line.startsWith("error"))).toEqual([]);
  });
});

describe("is, <, <=, >, >= at their bounds", () => {
  test("of a header's number", async () => {
    const score = (value: string) => raw(`From: a@b.example\nX-Score: ${value}\n\n`);
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ["5", [">= 5", "<= 5", "> 4.9", "< 5.1"]],
      ["5.3 / 6", [">= 5", "> 4.9", "> 5"]],
      ["+5", [">= 5", "<= 5", "> 4.9", "< 5.1"]],
      ["-1.2", ["<= 5", "< 5.1", "< 5"]],
      ["005", [">= 5", "<= 5", "> 4.9", "< 5.1"]],
      [".5", []],
      ["5.", [">= 5", "<= 5", "> 4.9", "< 5.1"]],
      ["five", []],
      ["", []],
      ["score=5", []],
      ["5e3", [">= 5", "<= 5", "> 4.9", "< 5.1"]],
      ["0x10", ["<= 5", "< 5.1", "< 5"]],
      ["5,3", [">= 5", "<= 5", "> 4.9", "< 5.1"]],
      ["- 5", []],
      ["--5", []],
    ];
    const all = [">= 5", "<= 5", "> 4.9", "< 5.1", "> 5", "< 5"];
    for (const [value, expected] of cases) {
      const held = await law.holding(
        all.map((test) => `header "x-score" ${test}`),
        score(value),
      );
      expect([value, held.map((one) => one.slice(17)).toSorted()]).toEqual([
        value,
        expected.toSorted(),
      ]);
    }
  });

  test("of many headers any", async () => {
    const two = raw("From: a@b.example\nX-Score: 1\nX-Score: 9\n\n");
    expect(
      await amiss(two, {
        'header "X-Score" > 5': true,
        'header "X-Score" < 5': true,
        'some header "X-Score" {\nvalue > 5\nvalue < 5\n}': false,
        'every header "X-Score" { value > 0 }': true,
      }),
    ).toEqual([]);
  });

  test("of a duration: age from received to now, never negative", async () => {
    const monday = Date.UTC(2026, 10, 2, 9, 0, 0);
    const bytes = subjectOf("a");
    const at = (ms: number) => ({ received: monday - ms });
    expect(
      await law.holding(
        [
          "age is 5 minutes",
          "age >= 5 minutes",
          "age <= 5 minutes",
          "age > 5 minutes",
          "age < 5 minutes",
          "age > 299 seconds",
        ],
        bytes,
        at(300_000),
      ),
    ).toEqual(["age is 5 minutes", "age >= 5 minutes", "age <= 5 minutes", "age > 299 seconds"]);
    expect(
      await law.holding(
        ["age is 0 seconds", "age < 1 second", "age > 0 seconds"],
        bytes,
        at(-60_000),
      ),
    ).toEqual(["age is 0 seconds", "age < 1 second"]);
  });
});
