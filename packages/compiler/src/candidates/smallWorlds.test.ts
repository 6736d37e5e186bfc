import { expect, test } from "vitest";
import type { Address } from "@mcrules/mail";
import type { ProgramCondition } from "../program/condition.ts";
import { judge } from "../decide/judgeProgram.ts";
import { answered } from "../samples/helpdesk.ts";
import { address, arrived, attachment, mailContent, mailHeaders } from "../samples/mail.ts";
import {
  all,
  any,
  each,
  exists,
  field,
  ignore,
  inList,
  matches,
  not,
  number,
  program,
  rule,
  texts,
} from "../samples/program.ts";

/** A mail of a world so small that all of them can be looked at. */
interface SmallMail {
  readonly subject: string;
  readonly body: string;
  readonly from: readonly Address[];
  readonly files: readonly string[];
}

/** A condition, and in plain words what it means. */
interface Meaning {
  readonly condition: ProgramCondition;
  readonly holds: (mail: SmallMail) => boolean;
}

const name = field("address.name", "element");
const domain = field("address.domain", "element");

const leaves: readonly Meaning[] = [
  { condition: texts("subject", "is", "AB"), holds: (mail) => mail.subject === "ab" },
  {
    condition: texts("subject", "contains", "a", "zz"),
    holds: (mail) => mail.subject.includes("a"),
  },
  { condition: texts("subject", "is", ""), holds: (mail) => mail.subject === "" },
  { condition: texts("body", "ends with", "b"), holds: (mail) => mail.body.endsWith("b") },
  { condition: matches("body", "ab"), holds: (mail) => mail.body.includes("ab") },
  {
    condition: texts("from.domain", "under", "x"),
    holds: (mail) => mail.from.some((one) => one.domain === "x" || one.domain.endsWith(".x")),
  },
  {
    condition: inList("from", 0),
    holds: (mail) => mail.from.some((one) => one.address === "a@x"),
  },
  { condition: exists("from.name"), holds: (mail) => mail.from.some((one) => one.name !== "") },
  { condition: number("attachments", ">", 1), holds: (mail) => mail.files.length > 1 },
  {
    condition: each("some", "from", all(not(texts(name, "is", "b")), texts(domain, "is", "x"))),
    holds: (mail) => mail.from.some((one) => one.name !== "B" && one.domain === "x"),
  },
  { condition: each("some", "from", texts(name, "is", "")), holds: () => false },
  {
    condition: each("every", "from", texts(domain, "is", "x")),
    holds: (mail) => mail.from.every((one) => one.domain === "x"),
  },
  {
    condition: each("no", "attachment", texts(field("attachment.name", "element"), "is", "a")),
    holds: (mail) => !mail.files.includes("a"),
  },
];

const literals: readonly Meaning[] = leaves.flatMap((leaf) => [
  leaf,
  { condition: not(leaf.condition), holds: (mail) => !leaf.holds(mail) },
]);

const conditions: readonly Meaning[] = literals.flatMap((one) =>
  literals.flatMap((other): readonly Meaning[] => [
    {
      condition: all(one.condition, other.condition),
      holds: (mail) => one.holds(mail) && other.holds(mail),
    },
    {
      condition: any(one.condition, other.condition),
      holds: (mail) => one.holds(mail) || other.holds(mail),
    },
    {
      condition: not(any(one.condition, not(other.condition))),
      holds: (mail) => !one.holds(mail) && other.holds(mail),
    },
  ]),
);

const people = [
  [],
  [address("a@x")],
  [address("b@y.x", "B")],
  [address("a@y", "A"), address("b@x")],
];
const mails: readonly SmallMail[] = ["", "ab", "ba"].flatMap((subject) =>
  ["", "ab", "b"].flatMap((body) =>
    people.flatMap((from) =>
      [[], ["a"], ["b", "a"]].map((files) => ({ subject, body, from, files })),
    ),
  ),
);

test("every condition of two tests means of every small mail what it says", () => {
  const rules = conditions.map(({ condition }, index) => rule(`R${index}`, condition, ignore));
  const wrong: string[] = [];
  const judges = rules.map((one) =>
    judge(program([one], { lists: [{ name: "people", values: ["A@X"] }] })),
  );
  for (const mail of mails) {
    const headers = mailHeaders({ subject: mail.subject, from: mail.from });
    const content = mailContent(headers, {
      body: mail.body,
      attachments: mail.files.map((file) => attachment(file, "text/plain", 1)),
    });
    for (const [index, { holds }] of conditions.entries()) {
      const expected = holds(mail);
      for (const trace of [true, false]) {
        const decision = judges[index]?.decide(arrived(headers), { trace });
        if (decision === undefined) throw new Error("no judge");
        if ((answered(decision, { content }).result.rule !== null) !== expected)
          wrong.push(`${JSON.stringify(conditions[index]?.condition)} of ${JSON.stringify(mail)}`);
      }
    }
  }
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(mails.length * conditions.length).toBeGreaterThan(100_000);
});
