import { afterAll, describe, expect, test } from "vitest";
import { Law, project, raw, told } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

function subjectOf(subject: string): Uint8Array {
  return raw(
    `From: anna@cliente.example\nTo: info@example.it, boss@b.example\nSubject: ${subject}\nX-Ref: A1\nX-Ref: B2\n\nLine 1\nTicket Id: 77\nlast LINE\n`,
  );
}

const mail = subjectOf("Ticket Id: 9x123 re 42");

describe("anywhere in the text; letter case counts unless i", () => {
  test.each<readonly [pattern: string, holds: boolean]>([
    ["/Ticket/", true],
    ["/ticket/", false],
    ["/ticket/i", true],
    ["/^Ticket/", true],
    ["/42$/", true],
    ["/^42/", false],
    ["/9x[0-9]+/", true],
    ["/id: [^a-z]/i", true],
    ["/\\bre\\b/", true],
    ["/\\bx\\b/", false],
    ["/\\d{3}/", true],
    ["/\\d{4}/", false],
    ["/(?:a|Id)/", true],
    ["/[/]/", false],
    ["/a\\/b/", false],
    ["/(?i)ticket/", true],
    ["/(?i:t)icket/", true],
    ["/.*/", true],
    ["/\\x54icket/", true],
    ["/\\p{L}+ Id/", true],
    ["/\\pN/", true],
    ["/[[:digit:]]+/", true],
    ["/\\QId: 9\\E/", true],
    ["/Ti{0,2}cket/", true],
    ["/\\$\\{from\\}/", false],
  ])("subject matches %s: %s", async (pattern, holds) => {
    const { length } = told(project(`subject matches ${pattern}`));
    if (length > 0) expect(told(project(`subject matches ${pattern}`))).toEqual([]);
    expect(await law.holds(`subject matches ${pattern}`, mail)).toBe(holds);
  });

  test.each<readonly [pattern: string, holds: boolean]>([
    ["/^Ticket Id: 77$/", false],
    ["/^Ticket Id: 77$/m", true],
    ["/^last line$/mi", true],
    ["/^last line$/im", true],
    ["/Line.Ticket/", false],
    ["/Line 1.Ticket/", false],
    ["/Line 1.Ticket/s", true],
    ["/Line 1\\nTicket/", true],
    ["/Line 1\\r\\nTicket/", false],
    ["/Line 1\\s+Ticket/", true],
    ["/\\ALine/", true],
    ["/\\ATicket/m", false],
    ["/LINE$/", true],
    ["/LINE\\z/", true],
  ])("body matches %s: %s (LF line ends, flags i, m, s)", async (pattern, holds) => {
    expect(await law.holds(`body matches ${pattern}`, mail)).toBe(holds);
  });

  test("\\b \\w \\s are ASCII", async () => {
    const accents = subjectOf("perché\u{a0}no");
    expect(
      await law.amiss(
        {
          "subject matches /perch\\b/": true,
          "subject matches /perch\\w/": false,
          "subject matches /é\\b/": false,
          "subject matches /é\\s/": true,
        },
        accents,
      ),
    ).toEqual([]);
    const body = raw("From: a@b.example\nContent-Type: text/plain; charset=utf-8\n\na\u{a0}b");
    expect(
      await law.amiss({ "body matches /a\\sb/": false, "body matches /a.b/": true }, body),
    ).toEqual([]);
  });
});

describe("what RE2 has not, and what is none, is one error that names it", () => {
  test.each<readonly [pattern: string, said: RegExp]>([
    ["/(?=a)/", /look/i],
    ["/(?!a)/", /look/i],
    ["/(?<=a)b/", /look/i],
    ["/(?<!a)b/", /look/i],
    ["/(a)\\1/", /back/i],
    ["/(?<n>a)\\k<n>/", /back/i],
    ["/a++/", /\+/],
    ["/(?>a)/", /./],
    ["/(/", /\(|closed|group/],
    ["/)/", /\)|group/],
    ["/[a/", /./],
    ["/*a/", /\*|repeat/],
    ["/a{2,1}/", /2 is more than 1/],
    ["/a{1001}/", /1001|1000/],
    ["/[z-a]/", /z-a/],
    ["/\\q/", /\\q/],
    ["/a/g", /g/],
    ["/a/x", /x/],
    ["/a/ii", /i/],
    ["/(?<1a>b)/", /1a|name/],
    ["/(?<a>b)(?<a>c)/", /a/],
    ["/(?<a-b>c)/", /a-b|name/],
    ["//", /empty|pattern/],
    ["/((a{100}){100}){100}/", /large|big|size/],
    ["/\\p{Nope}/", /Nope/],
    ["/(?P<n>a)/", /./],
  ])("%s", (pattern, said) => {
    const lines = told(project(`subject matches ${pattern}`));
    expect(lines).toEqual([expect.stringMatching(/ MC\d{4} 9: /)]);
    expect(lines[0]).toMatch(said);
  });

  test.each<readonly [what: string, condition: string, said: RegExp]>([
    [
      "a text is no pattern",
      'subject matches "a"',
      /wants a regular expression, such as \/.*not a text/,
    ],
    ["a pattern has no holes", "subject matches /${from}/", /no \$\{…\}.*\\\$\\\{/],
    ["a pattern has no holes", "subject matches /a${$id}b/", /no \$\{…\}/],
    ["a pattern only after matches", "subject contains /a/", /matches/],
    ["a pattern only after matches", "subject is /a/", /matches/],
    ["a pattern ends on its line", "subject matches /a", /\//],
    ["no list of patterns", "subject matches [/a/, /b/]", /any|list|pattern/],
    ["matches of a number", "size matches /a/", /size.*is, </],
    ["matches of a word", "spf matches /pass/", /spf/],
    ["matches of a moment", "received matches /a/", /received/],
  ])("%s: one error", (_, condition, said) => {
    const lines = told(project(condition));
    expect(lines).toEqual([expect.stringMatching(said)]);
  });

  test("a slash inside a class needs no backslash", async () => {
    expect(await law.holds("subject matches /^a[/]b$/", subjectOf("a/b"))).toBe(true);
    expect(await law.holds("subject matches /^a\\/b$/", subjectOf("a/b"))).toBe(true);
  });

  test("time is linear in the text", async () => {
    const long = subjectOf(`${"a".repeat(30_000)}b`);
    expect(await law.holds("subject matches /^(a+)+$/", long)).toBe(false);
    expect(await law.holds("subject matches /^(a|a)*$/", long)).toBe(false);
    expect(await law.holds("subject matches /(.*)(.*)(.*)(.*)c/", long)).toBe(false);
  });
});

describe("captures", () => {
  test.each<readonly [what: string, condition: string, subject: string, said: string]>([
    ["the leftmost match", "subject matches /(?<c>[a-z])/", "12 x y", "x"],
    ["the first alternative, not the longest", "subject matches /(?<c>a|ab)/", "ab", "a"],
    ["a lazy repetition", "subject matches /(?<c>a+?)b?/", "aaa", "a"],
    ["a greedy one", "subject matches /(?<c>a+)/", "aaa", "aaa"],
    ["of a repeated group the last", "subject matches /(?:(?<c>[a-z]))+/", "abc", "c"],
    ["empty is set", "subject matches /x(?<c>[0-9]*)/", "x", ""],
    [
      "of many values the first in the mail that matches",
      "to matches /(?<c>[a-z]+)@b/",
      "a",
      "boss",
    ],
    ["of headers too", 'header "X-Ref" matches /(?<c>[B-Z])/', "a", "B"],
    [
      "of some the value's",
      'some header "X-Ref" {\nvalue matches /(?<c>[A-Z])/\nnot value is "A1"\n}',
      "a",
      "B",
    ],
    [
      "of any the first branch that holds",
      "any {\nsubject matches /y(?<c>.)/\nsubject matches /x(?<c>.)/\n}",
      "x1 y2",
      "2",
    ],
    [
      "of any the second where the first does not",
      "any {\nsubject matches /z(?<c>.)/\nsubject matches /x(?<c>.)/\n}",
      "x1 y2",
      "1",
    ],
    [
      "of any inside all",
      'all {\nalways\nany {\nsubject matches /z(?<c>.)/\nall {\nbody contains "line"\nsubject matches /x(?<c>.)/\n}\n}\n}',
      "x1 y2",
      "1",
    ],
    ["of all", "all {\nsubject matches /x(?<b>.)/\nsubject matches /y(?<c>.)/\n}", "x1 y2", "2"],
    ["with i, as it came", "subject matches /(?<c>ABC)/i", "xaBc", "aBc"],
    ["of the subject's one line", "subject matches /^(?<c>.*)$/", "a \t  b", "a b"],
  ])("%s", async (_, condition, subject, said) => {
    expect(await law.says(condition, '"${$c}"', subjectOf(subject))).toBe(said);
  });

  test("a named condition hands its captures on, through another too", async () => {
    const more =
      "condition first = subject matches /x(?<c>.)/\ncondition other = all {\nfirst\nalways\n}";
    expect(await law.says("other", '"${$c}"', subjectOf("x1"), { more })).toBe("1");
    expect(
      await law.says("any {\nsubject matches /z(?<c>.)/\nother\n}", '"${$c}"', subjectOf("x1"), {
        more,
      }),
    ).toBe("1");
  });

  test("a capture's text is never read as a text with holes or a pattern", async () => {
    expect(
      await law.says("subject matches /(?<c>.+)/", '"<${$c}>"', subjectOf("${subject} $c .*")),
    ).toBe("<${subject} $c .*>");
  });

  const uses = (when: string, then: string, more = "") =>
    told(
      project(when, { more, helpdesk: '  priority ["Low", "High"]\n  groups ["Billing"]' }, then),
    );

  test.each<readonly [what: string, when: string, then: string, said: RegExp]>([
    [
      "not in every branch of any",
      'any {\nsubject matches /(?<c>a)/\nsubject is "b"\n}',
      'create ticket {\ntitle "${$c}"\n}',
      /\$c.*any/,
    ],
    ["under not", "not subject matches /(?<c>a)/", 'create ticket {\ntitle "${$c}"\n}', /\$c/],
    ["under no", "no to { local matches /(?<c>a)/ }", 'create ticket {\ntitle "${$c}"\n}', /\$c/],
    [
      "under every",
      "every to { local matches /(?<c>a)/ }",
      'create ticket {\ntitle "${$c}"\n}',
      /\$c/,
    ],
    [
      "of a group that may take no part",
      "subject matches /a(?<c>b)?/",
      'create ticket {\ntitle "${$c}"\n}',
      /\$c/,
    ],
    [
      "of one alternative",
      "subject matches /a|(?<c>b)/",
      'create ticket {\ntitle "${$c}"\n}',
      /\$c/,
    ],
    [
      "misspelt",
      "subject matches /(?<code>b)/",
      'create ticket {\ntitle "${$cods}"\n}',
      /\$cods.*\$code/,
    ],
    [
      "$1 is told to name it",
      "subject matches /(b)/",
      'create ticket {\ntitle "${$1}"\n}',
      /\$1.*\(\?</,
    ],
    [
      "twice outside any",
      "all {\nsubject matches /(?<c>a)/\nbody matches /(?<c>a)/\n}",
      'create ticket {\ntitle "${$c}"\n}',
      /c/,
    ],
    [
      "an id that may be other than digits",
      "subject matches /(?<id>.+)$/",
      "update ticket $id",
      /\$id.*digits/,
    ],
    ["an id that may be empty", "subject matches /#(?<id>[0-9]*)$/", "update ticket $id", /\$id/],
    ["an id cut short", "subject matches /#(?<id>[0-9]+)/", "update ticket $id", /^warning.*/],
    [
      "a priority of other words",
      "subject matches /(?<p>Low|Huge)/",
      "create ticket {\npriority $p\n}",
      /Huge/,
    ],
    [
      "a priority that can be anything",
      "subject matches /(?<p>.+)/",
      "create ticket {\npriority $p\n}",
      /\$p/,
    ],
    [
      "a group of other words",
      "subject matches /(?<g>Billing|Sales)/",
      "create ticket {\nassign group $g\n}",
      /Sales/,
    ],
    ["never a folder", "subject matches /(?<f>a)/", "move to $f", /./],
    ["never a folder in a text", "subject matches /(?<f>a)/", 'move to "X/${$f}"', /./],
    ["$1 of an id", "subject matches /#([0-9]+)$/", "update ticket $1", /\$1.*\(\?</],
  ])("%s: one finding", (_, when, then, said) => {
    const lines = uses(when, then);
    expect(lines).toEqual([expect.stringMatching(said)]);
  });

  test.each<readonly [what: string, when: string, then: string]>([
    [
      "in every branch of any",
      "any {\nsubject matches /(?<c>a)/\nbody matches /(?<c>b)/\n}",
      'create ticket {\ntitle "${$c}"\n}',
    ],
    [
      "in every alternative",
      "subject matches /x(?:a|b)(?<c>c)/",
      'create ticket {\ntitle "${$c}"\n}',
    ],
    ["digits at the end", "subject matches /#(?<id>[0-9]+)$/", "update ticket $id"],
    ["digits before a border", "subject matches /#(?<id>\\d+)\\b/", "update ticket $id"],
    [
      "digits before another sign",
      "subject matches /\\[#(?<id>[0-9]{1,9})\\]/",
      "update ticket $id",
    ],
    ["words of the list", "subject matches /(?<p>Low|High)/", "create ticket {\npriority $p\n}"],
    ["one word of the list", "subject matches /(?<p>High)/", "create ticket {\npriority $p\n}"],
    [
      "words written in parts",
      "subject matches /(?<p>(?:L|)ow)/".replace("(?:L|)ow", "Lo(?:w)"),
      "create ticket {\npriority $p\n}",
    ],
    [
      "a group of the list",
      "subject matches /(?<g>Billing)/",
      "create ticket {\nassign group $g\n}",
    ],
    ["a capture that nobody uses under not", "not subject matches /(?<c>a)/", "create ticket"],
    ["no name, nothing used", "subject matches /(a)/", "create ticket"],
  ])("accepted: %s", (_, when, then) => {
    expect(uses(when, then)).toEqual([]);
  });

  test.each([
    ["/^(?<p>low|high)$/i", "HIGH"],
    ["/^(?<p>Low|High)$/i", "hiGH"],
    ["/^(?<p>low|high)$/", "high"],
  ])("a word of a list in another letter case is that word: %s", async (pattern, subject) => {
    const ticket = await law.ticket(
      `subject matches ${pattern}`,
      "{\npriority $p\n}",
      subjectOf(subject),
      { helpdesk: '  priority ["Low", "High"]' },
    );
    expect(ticket?.priority).toBe("High");
  });
});
