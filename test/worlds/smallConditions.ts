import type { SmallMail } from "./smallMails.ts";

/** A condition as it is written, and what it says, in plain code that shares nothing with the compiler. */
export interface SmallCondition {
  readonly written: string;
  readonly holds: (mail: SmallMail) => boolean;
}

const subject = (mail: SmallMail) => (mail.subject ?? "").toLowerCase();
const body = (mail: SmallMail) => mail.body ?? "";
const sender = (mail: SmallMail) =>
  mail.from === undefined ? undefined : mail.from.replace(/^.*<|>$/g, "").toLowerCase();

/** One test of each kind that the language has for these fields. */
export const tests: readonly SmallCondition[] = [
  { written: 'subject contains "Ab"', holds: (mail) => subject(mail).includes("ab") },
  { written: 'subject is ["ab", "abba"]', holds: (mail) => ["ab", "abba"].includes(subject(mail)) },
  { written: 'subject.base starts with "b"', holds: (mail) => mail.subject === "Re: ba" },
  { written: 'subject ends with ["ba", "z"]', holds: (mail) => subject(mail).endsWith("ba") },
  { written: "subject in words", holds: (mail) => ["ab", "zz"].includes(subject(mail)) },
  { written: "subject matches /B{2}A$/", holds: (mail) => mail.subject === "ABBA" },
  { written: "subject matches /^a|b/i", holds: (mail) => subject(mail) !== "" },
  { written: 'subject is ""', holds: (mail) => subject(mail) === "" },
  { written: 'body contains "b"', holds: (mail) => body(mail).includes("b") },
  { written: "body matches /^ba/m", holds: (mail) => body(mail) === "b\nba" },
  { written: 'body.new is ""', holds: (mail) => body(mail) === "" },
  { written: 'from is "B@mail.X.de"', holds: (mail) => sender(mail) === "b@mail.x.de" },
  {
    written: 'from.domain under ["x.de", "it"]',
    holds: (mail) => /[@.]x\.de$/.test(sender(mail) ?? ""),
  },
  { written: "from exists", holds: (mail) => mail.from !== undefined },
  { written: 'from.name contains "ab"', holds: (mail) => mail.from?.startsWith("Ab ") === true },
  { written: "to in people", holds: (mail) => mail.to.length > 0 },
  {
    written: 'every recipient { domain is "x.de" }',
    holds: (mail) => mail.to.every((one) => one.toLowerCase().endsWith("@x.de")),
  },
  { written: "attachments >= 1", holds: (mail) => mail.files.length > 0 },
  { written: 'some attachment { name is "b" }', holds: (mail) => mail.files.includes("b") },
  { written: 'header "x-tag" contains "b"', holds: (mail) => /b/i.test(mail.tag ?? "") },
  { written: "mail is reply", holds: (mail) => mail.subject === "Re: ba" },
];

const literals: readonly SmallCondition[] = tests.flatMap((test) => [
  test,
  { written: `not ${test.written}`, holds: (mail) => !test.holds(mail) },
]);

/** All conditions of depth two over these tests: a test, its opposite, and groups of two of them. */
export const smallConditions: readonly SmallCondition[] = [
  ...literals,
  ...literals.flatMap((one, index) =>
    literals.slice(index + 1).flatMap((other): readonly SmallCondition[] => {
      const group = `{\n${one.written}\n${other.written}\n}`;
      const both = (mail: SmallMail) => one.holds(mail) && other.holds(mail);
      const either = (mail: SmallMail) => one.holds(mail) || other.holds(mail);
      return [
        { written: `all ${group}`, holds: both },
        { written: `any ${group}`, holds: either },
        { written: `not all ${group}`, holds: (mail) => !both(mail) },
        { written: `not any ${group}`, holds: (mail) => !either(mail) },
      ];
    }),
  ),
];
