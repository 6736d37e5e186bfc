import { afterAll, describe, expect, test } from "vitest";
import { Law, project, raw, told } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

const words = ["pass", "fail", "softfail", "neutral", "none", "temperror", "permerror"];
const trusts = '  trusts "mx.example.it"';

const mail = (...lines: readonly string[]) =>
  raw(`${lines.map((line) => `${line}\n`).join("")}From: a@b.example\nSubject: x\n\nHello.\n`);

/** Of each method the word that holds, alone of all words. */
async function verdicts(bytes: Uint8Array, mailbox = trusts): Promise<string> {
  const found: string[] = [];
  for (const method of ["spf", "dkim", "dmarc"]) {
    const held = await law.holding(
      words.map((word) => `${method} is ${word}`),
      bytes,
      { mailbox },
    );
    found.push(held.map((condition) => condition.replace(`${method} is `, "")).join("+"));
  }
  return found.join(" ");
}

describe("spf, dkim and dmarc are those of the server that the mailbox trusts", () => {
  test.each<readonly [gist: string, lines: readonly string[], expected: string]>([
    ["none without the header", [], "none none none"],
    [
      "all three",
      [
        "Authentication-Results: mx.example.it; spf=pass smtp.mailfrom=b.example; dkim=fail header.d=b.example; dmarc=softfail",
      ],
      "pass fail softfail",
    ],
    [
      "folded, with comments",
      [
        "Authentication-Results: mx.example.it (it is mine);\n spf=pass (sender is allowed; dkim=pass)\n smtp.mailfrom=b.example;\n\tdmarc=fail (p=reject) header.from=b.example",
      ],
      "pass none fail",
    ],
    [
      "a version behind the id",
      ["Authentication-Results: mx.example.it 1; spf=pass"],
      "pass none none",
    ],
    [
      "the letter case of the id and the words",
      ["AUTHENTICATION-RESULTS: MX.Example.IT; SPF=Pass; DKIM=NEUTRAL; DMARC=PermError"],
      "pass neutral permerror",
    ],
    ["no results", ["Authentication-Results: mx.example.it; none"], "none none none"],
    [
      "temperror and hardfail of old servers",
      ["Authentication-Results: mx.example.it; spf=hardfail; dkim=temperror; dmarc=none"],
      "fail temperror none",
    ],
    [
      "another server's does not count",
      ["Authentication-Results: mx.evil.example; spf=pass; dkim=pass; dmarc=pass"],
      "none none none",
    ],
    [
      "a longer name does not count",
      ["Authentication-Results: mx.example.it.evil.example; spf=pass"],
      "none none none",
    ],
    [
      "the id in a comment does not count",
      ["Authentication-Results: (mx.example.it;) evil.example; spf=pass"],
      "none none none",
    ],
    [
      "the id in a value does not count",
      ["Authentication-Results: evil.example; x=mx.example.it; spf=pass"],
      "none none none",
    ],
    [
      "a method in a quoted reason does not count",
      ['Authentication-Results: mx.example.it; spf=fail reason="; dkim=pass"'],
      "fail none none",
    ],
    [
      "a forged one below the server's own",
      [
        "Authentication-Results: mx.example.it; spf=fail; dmarc=fail",
        "Received: from evil by mx.example.it; Mon, 2 Nov 2026 09:00:00 +0000",
        "Authentication-Results: mx.example.it; spf=pass; dkim=pass; dmarc=pass",
      ],
      "fail none fail",
    ],
    [
      "a forged one directly below",
      [
        "Authentication-Results: mx.example.it; spf=fail; dkim=none; dmarc=fail",
        "Authentication-Results: mx.example.it; spf=pass; dkim=pass; dmarc=pass",
      ],
      "fail none fail",
    ],
    [
      "one field a filter",
      [
        "Authentication-Results: mx.example.it; dmarc=fail",
        "Authentication-Results: mx.example.it; spf=softfail",
        "Authentication-Results: mx.example.it; dkim=pass",
      ],
      "softfail pass fail",
    ],
    [
      "another server's above is passed over",
      [
        "Authentication-Results: mx.other.example; spf=pass",
        "Authentication-Results: mx.example.it; spf=fail",
      ],
      "fail none none",
    ],
    [
      "several signatures: one good one is enough",
      [
        "Authentication-Results: mx.example.it; dkim=fail header.d=list.example; dkim=pass header.d=b.example",
      ],
      "none pass none",
    ],
    [
      "several signatures, none good: the first",
      ["Authentication-Results: mx.example.it; dkim=neutral header.d=x; dkim=fail header.d=y"],
      "none neutral none",
    ],
    [
      "SPF of the envelope sender, not of HELO",
      [
        "Authentication-Results: mx.example.it; spf=none smtp.helo=x; spf=fail smtp.mailfrom=b.example",
      ],
      "fail none none",
    ],
    [
      "Received-SPF alone does not count",
      ["Received-SPF: pass (mx.example.it: x)"],
      "none none none",
    ],
    [
      "ARC does not count",
      ["ARC-Authentication-Results: i=1; mx.example.it; spf=pass; dmarc=pass"],
      "none none none",
    ],
    [
      "a field that names no server counts for nobody",
      [
        "Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=b.example; dmarc=pass",
      ],
      "none none none",
    ],
    [
      "success, as Yahoo writes it",
      ["Authentication-Results: mx.example.it; dmarc=success(p=REJECT) header.from=b.example"],
      "none none pass",
    ],
    [
      "an unknown word is none",
      ["Authentication-Results: mx.example.it; spf=excellent"],
      "none none none",
    ],
  ])("%s", async (_gist, lines, expected) => {
    expect(await verdicts(mail(...lines))).toBe(expected);
  });

  test("without trusts they are none, whatever the mail says", async () => {
    const bytes = mail("Authentication-Results: mx.example.it; spf=pass; dkim=pass; dmarc=pass");
    expect(await verdicts(bytes, "")).toBe("none none none");
  });

  test("one of several servers that are trusted", async () => {
    const several = '  trusts ["mx1.example.it", "mx2.example.it"]';
    expect(told(project("spf is pass", { mailbox: several }))).toEqual([]);
    expect(await verdicts(mail("Authentication-Results: mx2.example.it; spf=pass"), several)).toBe(
      "pass none none",
    );
  });

  test("a list of words", async () => {
    const bytes = mail("Authentication-Results: mx.example.it; spf=softfail");
    expect(
      await law.holding(["spf is [fail, softfail]", "spf is [pass, none]"], bytes, {
        mailbox: trusts,
      }),
    ).toEqual(["spf is [fail, softfail]"]);
  });
});

test("a rule that asks without trusts is warned", () => {
  expect(told(project("dmarc is fail")).join("\n")).toMatch(/^warning .*trusts/);
  expect(told(project("dmarc is fail", { mailbox: trusts }))).toEqual([]);
});

test.each([
  ['spf is "pass"', /pass/],
  ["spf is passed", /pass/],
  ['spf contains "pass"', /spf/],
])("%s is an error", (condition, message) => {
  const found = told(project(condition, { mailbox: trusts }));
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^error/);
  expect(found[0]).toMatch(message);
});
