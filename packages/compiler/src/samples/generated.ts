import * as fc from "fast-check";
import type { MailContent, MailHeaders } from "@mcrules/mail";
import type { ProgramAction } from "../program/action.ts";
import type { ProgramCondition } from "../program/condition.ts";
import type { Program, ProgramRule } from "../program/program.ts";
import { address, attachment, mailContent, mailHeaders } from "./mail.ts";
import {
  all,
  always,
  any,
  create,
  each,
  exists,
  field,
  flag,
  goOn,
  ignore,
  inList,
  inRegistry,
  matches,
  not,
  number,
  place,
  program,
  rule,
  set,
  texts,
  update,
} from "./program.ts";

/** Rules and mails at random, over few words, so that they have to do with each other. */

export const words = [
  "alpha",
  "Beta",
  "GAMMA",
  "straße",
  "K",
  "42",
  "a@x.org",
  "b@y.de",
  "x.org",
  "de",
];
const word = fc.constantFrom(...words);
const textField = fc.constantFrom(
  "subject",
  "body",
  "body.new",
  "html",
  "from",
  "from.name",
  "from.domain",
  "recipients",
  "recipients.domain",
  "header X-Tag",
  "attachment.name",
);
const textOperator = fc.constantFrom(
  "is" as const,
  "contains" as const,
  "starts with" as const,
  "ends with" as const,
);

const leaf: fc.Arbitrary<ProgramCondition> = fc.oneof(
  fc
    .tuple(textField, textOperator, fc.array(word, { minLength: 1, maxLength: 3 }))
    .map(([of, operator, wanted]) => texts(of, operator, ...wanted)),
  fc.tuple(textField, word).map(([of, wanted]) => texts(of, "is", wanted, "")),
  fc
    .tuple(fc.constantFrom("from.domain", "recipients.domain"), word)
    .map(([of, wanted]) => texts(of, "under", wanted)),
  fc.tuple(textField, fc.integer({ min: 0, max: 1 })).map(([of, list]) => inList(of, list)),
  fc
    .tuple(
      textField,
      fc.constantFrom("alpha", "(?<id>4[0-9])", "^(?:beta|gamma)$", "a+l", "[a-z]{3}", "(?i)k"),
      fc.constantFrom("", "i", "im"),
    )
    .map(([of, source, flags]) => matches(of, source, flags)),
  fc.constantFrom(
    always,
    flag("reply"),
    flag("bulk"),
    exists("html"),
    number("attachments", ">", 0),
    inRegistry("from", "contacts"),
    inRegistry("from", "agents"),
  ),
  fc
    .tuple(fc.constantFrom("some" as const, "every" as const, "no" as const), word, textOperator)
    .map(([quantifier, wanted, operator]) =>
      each(
        quantifier,
        "recipient",
        all(
          texts(field("address.name", "element"), operator, wanted, ""),
          texts(field("address.domain", "element"), "under", "de", "org"),
        ),
      ),
    ),
  fc
    .tuple(fc.constantFrom("some" as const, "every" as const, "no" as const), word)
    .map(([quantifier, wanted]) =>
      each(
        quantifier,
        "attachment",
        texts(field("attachment.name", "element"), "contains", wanted),
      ),
    ),
  fc
    .tuple(word)
    .map(([wanted]) =>
      each("some", "header", texts(field("header.value", "element"), "is", wanted), "X-Tag"),
    ),
  fc.constant<ProgramCondition>({ kind: "named", at: place(1), name: "urgent", index: 0 }),
);

const tree = fc.letrec<{ condition: ProgramCondition }>((tie) => ({
  condition: fc.oneof(
    { weight: 3, arbitrary: leaf },
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((inner) => all(...inner)),
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((inner) => any(...inner)),
    tie("condition").map(not),
  ),
}));

export const { condition } = tree;

const byId = update({ kind: "id", capture: "id" }, { otherwise: [ignore] });
const actions: fc.Arbitrary<readonly ProgramAction[]> = fc.constantFrom<readonly ProgramAction[]>(
  [ignore],
  [
    create({
      title: [{ kind: "capture", name: "id" }, "/", { kind: "mail field", field: "body" }],
    }),
  ],
  [update({ kind: "id", capture: "id" })],
  [byId],
  [update({ kind: "thread" }, { closed: { kind: "if", actions: [create()] } })],
  [set({ tags: [[{ kind: "mail field", field: "body.new" }]] })],
  [{ kind: "mark", at: place(1), as: "flagged" }, goOn],
  [{ kind: "file under", at: place(1), registries: ["contact"], by: "from" }],
  [{ kind: "mark spam", at: place(1) }],
);

export const rules: fc.Arbitrary<readonly ProgramRule[]> = fc
  .array(fc.tuple(condition, actions), { minLength: 1, maxLength: 8 })
  .map((list) => list.map(([when, acts], index) => rule(`R${index}`, when, ...acts)));

const person = fc
  .tuple(fc.constantFrom("a@x.org", "B@Y.de", "c@mail.x.org"), fc.constantFrom("", "Alpha", "beta"))
  .map(([bare, name]) => address(bare, name));
const phrase = fc.oneof(
  word,
  fc.array(word, { maxLength: 4 }).map((list) => list.join(" ").toUpperCase()),
);

export const mail = fc.record({
  subject: phrase,
  body: phrase,
  html: fc.option(phrase, { nil: undefined }),
  from: fc.array(person, { maxLength: 2 }),
  to: fc.array(person, { maxLength: 2 }),
  tags: fc.array(phrase, { maxLength: 2 }),
  files: fc.array(fc.option(phrase, { nil: undefined }), { maxLength: 2 }),
  reply: fc.option(fc.boolean(), { nil: undefined }),
  thread: fc.constantFrom([], ["<t@x>"]),
});

export type GeneratedMail = typeof mail extends fc.Arbitrary<infer Mail> ? Mail : never;

/** The headers of a generated mail, and its content, in which every flag is settled. */
export function mailOf(of: GeneratedMail): {
  readonly headers: MailHeaders;
  readonly content: MailContent;
} {
  const flags = { ...mailHeaders().flags, reply: of.reply };
  const headers = mailHeaders({
    subject: of.subject,
    from: of.from,
    to: of.to,
    thread: of.thread,
    flags,
    fields: of.tags.map((value) => ({ name: "x-tag", raw: value, value })),
  });
  const content = mailContent(
    { ...headers, flags: { ...flags, reply: of.reply ?? true } },
    {
      body: of.body,
      html: of.html,
      attachments: of.files.map((name) => attachment(name, "text/plain", 1)),
    },
  );
  return { headers, content };
}

/** A program of generated rules, with the lists and the condition that they name. */
export function programOf(rules: readonly ProgramRule[], named: ProgramCondition): Program {
  return program(rules, {
    lists: [
      { name: "short", values: ["alpha", "a@x.org"] },
      { name: "long", values: [...words, "x.org"] },
    ],
    conditions: [{ name: "urgent", at: place(1), condition: named }],
  });
}

/** A named condition that uses itself is an error of the project. */
export function isNotNamed(one: ProgramCondition): boolean {
  return !JSON.stringify(one).includes('"named"');
}
