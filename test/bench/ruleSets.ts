import { randomWords } from "./randomWords.ts";

export type Mix = "headers only" | "with bodies";

/** The same rules in both languages. */
export interface RuleSet {
  readonly mcrules: string;
  readonly sieve: string;
}

interface Test {
  readonly mcrules: readonly string[];
  readonly sieve: string;
}

const quoted = (text: string) => `"${text}"`;

const domainIs = (domain: string): Test => ({
  mcrules: [`when from.domain is ${quoted(domain)}`],
  sieve: `address :is :domain "from" ${quoted(domain)}`,
});

const subjectContains = (part: string): Test => ({
  mcrules: [`when subject contains ${quoted(part)}`],
  sieve: `header :contains "subject" ${quoted(part)}`,
});

const toAndSubject = (address: string, part: string): Test => ({
  mcrules: ["when all {", `  to is ${quoted(address)}`, `  subject contains ${quoted(part)}`, "}"],
  sieve: `allof (address :is "to" ${quoted(address)}, header :contains "subject" ${quoted(part)})`,
});

const bodyContains = (part: string): Test => ({
  mcrules: [`when body contains ${quoted(part)}`],
  sieve: `body :text :contains ${quoted(part)}`,
});

/**
 * So many rules: headers only are a third each of a sender's domain, a part of the subject, a recipient with a
 * part of the subject; with bodies a quarter each, the fourth a part of the body. They look for
 * words that no mail has, so that both judges have to look at all of them, but for the last two, which some mails meet.
 */
export function ruleSet(count: number, mix: Mix): RuleSet {
  const word = randomWords(7);
  const kinds: readonly (() => Test)[] = [
    () => domainIs(`${word()}.example`),
    () => subjectContains(`${word()} ${word()}`),
    () => toAndSubject(`${word()}@${word()}.example`, word()),
    ...(mix === "with bodies" ? [() => bodyContains(`${word()} ${word()}`)] : []),
  ];
  const tests = Array.from({ length: count - 2 }, (_, number) => kinds[number % kinds.length]?.());
  const met = [domainIs("gmail.com"), subjectContains("return")];
  const all = [...tests.filter((test) => test !== undefined), ...met];
  return {
    mcrules: [
      'mailbox support {\n  files "mail"\n  apply incoming\n}',
      "rules incoming {",
      ...all.map(
        (test, number) =>
          `  rule "Rule ${number + 1}" {\n${test.mcrules.map((line) => `    ${line}\n`).join("")}    then ignore\n  }\n`,
      ),
      "}\n",
    ].join("\n"),
    sieve: [
      ...(mix === "with bodies" ? ['require ["body"];'] : []),
      ...all.map((test) => `if ${test.sieve} { discard; stop; }`),
      "",
    ].join("\n"),
  };
}
