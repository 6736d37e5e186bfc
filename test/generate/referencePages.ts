import {
  actions,
  agentSettings,
  authenticationWords,
  calendarSettings,
  callEntries,
  conditionWords,
  configurationSchema,
  connectionParameters,
  declarations,
  durationUnits,
  elementFields,
  elementNames,
  expectations,
  givenPersonSettings,
  givenTicketSettings,
  givenWords,
  guaranteeEntries,
  helpdeskSettings,
  mailboxSettings,
  mailFields,
  mailFlags,
  oauthSettings,
  operators,
  operatorsOf,
  outcomes,
  pecWords,
  processActions,
  processEntries,
  processEvents,
  processFields,
  registryKinds,
  ruleEntries,
  secretSources,
  sendMailEntries,
  sentMailFields,
  settingTails,
  sizeUnits,
  smtpSettings,
  testEntries,
  testTails,
  ticketEntries,
  ticketFields,
  ticketKeys,
  ticketPaths,
  updateTails,
  type FieldRow,
  type OperatorRow,
  type TailRow,
  type WordRow,
} from "../../packages/language/src/index.ts";
import type { GeneratedFile } from "./generatedFile.ts";
import { block, code, madeBy, page, plain, table } from "./markdown.ts";

interface ReferencePage {
  readonly title: string;
  readonly about: string;
  readonly parts: readonly string[];
  /** The diagrams of the page: the name of a file of grammar/railroad. */
  readonly diagrams?: string;
}

/** The reference of the language: every word with its form, its default and an example. */
export function referencePages(): readonly GeneratedFile[] {
  const overview = page(
    "# Reference",
    madeBy,
    "Every word of the language, by the place where it stands. What a file means as a whole says [language.md](../language.md); the grammar in other forms is in [grammar](../../grammar/README.md).",
    table(
      ["page", "what it holds"],
      Object.entries(pages).map(([name, { title, about }]) => [`[${title}](${name}.md)`, about]),
    ),
  );
  return [
    { path: "docs/reference/README.md", text: overview },
    ...Object.entries(pages).map(([name, { title, about, parts, diagrams }]) => ({
      path: `docs/reference/${name}.md`,
      text: page(
        `# ${title}`,
        madeBy,
        about,
        ...parts,
        diagrams === undefined
          ? ""
          : `## As diagrams\n\n![The grammar of this page as railroad diagrams](../../grammar/railroad/${diagrams}.svg)`,
      ),
    })),
  ];
}

/** The places of the entries of a ticket's block, as the table is headed. */
const places = {
  create: "create ticket",
  update: "update ticket",
  set: "set",
  process: "set of a process",
  given: "given ticket",
} as const;

const pages: Readonly<Record<string, ReferencePage>> = {
  declarations: {
    title: "Declarations",
    about: "What stands at the top of a file.",
    parts: [words(declarations)],
    diagrams: "declarations",
  },
  values: {
    title: "Values",
    about: "Sizes, durations, and where secrets are found.",
    parts: [
      "## Sizes",
      "A number and its unit, of 1024 each.",
      table(
        ["unit", "bytes"],
        Object.entries(sizeUnits).map(([unit, bytes]) => [code(unit), String(bytes)]),
      ),
      "## Durations",
      "A number and its unit, in the singular or the plural.",
      table(
        ["unit", "also", "seconds"],
        Object.entries(durationUnits)
          .filter(([word, { unit }]) => word === unit)
          .map(([word, { milliseconds }]) => [
            code(word),
            code(word.slice(0, -1)),
            String(milliseconds / 1000),
          ]),
      ),
      "## Secrets",
      words(secretSources),
      "## Registries",
      `Behind ${code("in")}, beside the names of lists: ${registryKinds.map(code).join(", ")}.`,
    ],
    diagrams: "values",
  },
  helpdesk: {
    title: "Helpdesk, agents and calendars",
    about: "The settings of `helpdesk`, `agent` and `calendar`.",
    parts: [
      "## Helpdesk",
      words(helpdeskSettings),
      "## Agent",
      words(agentSettings),
      "## Calendar",
      words(calendarSettings),
    ],
    diagrams: "helpdesk",
  },
  mailbox: {
    title: "Mailbox",
    about: "The settings of `mailbox`, and what continues them on their line.",
    parts: [
      "## Settings",
      words(mailboxSettings),
      "## What continues a setting",
      tails(settingTails),
      "## In the block of `smtp`",
      words(smtpSettings),
      "## In the block of `oauth2`",
      words(oauthSettings),
      "## Parameters of the connection",
      ...Object.entries(connectionParameters).map(([name, row]) =>
        page(wordSection(name, row), `Values: ${row.values.map(code).join(", ")}.`).trimEnd(),
      ),
    ],
    diagrams: "mailbox",
  },
  conditions: {
    title: "Conditions",
    about: "What a rule, a process and a guarantee ask of a mail.",
    parts: [
      "## Groups and words",
      words(conditionWords),
      "## `mail is`",
      table(
        ["flag", "holds for"],
        Object.entries(mailFlags).map(([flag, { doc }]) => [code(flag), plain(doc)]),
      ),
      "## `some`, `every`, `no`",
      `They go over ${elementNames.map(code).join(", ")}. In their braces stand the fields of one value:`,
      fields(elementFields, (name) => name.replace(".", ": ")),
    ],
    diagrams: "conditions",
  },
  fields: {
    title: "Fields",
    about: "What a condition looks at, by the place where it stands.",
    parts: [
      "A field has one value, may have none (optional), or has any number of them (many). A test of many holds where any of them passes it; a test of an absent value is false.",
      "## Of a mail",
      fields(mailFields),
      "## Of an event, in processes",
      fields(processFields),
      "## Of a ticket, in expectations and guarantees",
      fields(ticketFields),
      "## Of a mail that was sent, in expectations",
      fields(sentMailFields),
      "## Words that are values",
      `Authentication: ${authenticationWords.map(code).join(", ")}.`,
      `Certified mail: ${pecWords.map(code).join(", ")}.`,
    ],
  },
  operators: {
    title: "Operators",
    about: "How a field is compared, and which fields have which operator.",
    parts: [
      table(
        ["operator", "compares with", "for", "what it asks", "example"],
        Object.entries<OperatorRow>(operators).map(([word, row]) => [
          code(word),
          row.operand,
          row.onlyField === undefined ? row.of.join(", ") : code(row.onlyField),
          plain(row.doc),
          code(row.example),
        ]),
      ),
      "There is no negated operator: `not` stands before the whole condition.",
    ],
  },
  actions: {
    title: "Rules and actions",
    about: "What a rule does, and what a ticket is given.",
    parts: [
      "## In a rule",
      words(ruleEntries),
      "## Actions",
      words(actions),
      "## How `update ticket` finds its ticket",
      `${code("update ticket $id")} takes the number that a pattern captured. Beside it:`,
      words(ticketKeys),
      "## What continues `update ticket`",
      "On its line and in this order; the block stands before `otherwise`.",
      tails(updateTails),
      "## In the blocks of tickets",
      table(
        ["entry", ...Object.values(places)],
        Object.entries(ticketEntries).map(([word, row]) => [
          `[${code(word)}](#${anchor(word)})`,
          ...Object.keys(places).map((place) =>
            row.places.some((one) => one === place) ? "yes" : "",
          ),
        ]),
      ),
      words(ticketEntries),
    ],
    diagrams: "rules",
  },
  processes: {
    title: "Processes",
    about: "What happens after a ticket was created or updated.",
    parts: [
      "## In a process",
      words(processEntries),
      "## Events",
      words(processEvents),
      "## Actions",
      words(processActions),
      "## In `send mail`",
      words(sendMailEntries),
      "## In `call`",
      words(callEntries),
      "## What a ticket tells",
      `In the holes of texts and as values, behind ${code("ticket.")}: ${ticketPaths.map(code).join(", ")}.`,
    ],
    diagrams: "processes",
  },
  guarantees: {
    title: "Guarantees",
    about: "What holds for every mail.",
    parts: ["## In a guarantee", words(guaranteeEntries), "## Outcomes", words(outcomes)],
    diagrams: "guarantees",
  },
  tests: {
    title: "Tests",
    about: "Mails, and what has to become of them.",
    parts: [
      "## In a test",
      words(testEntries),
      "## What continues an entry",
      tails(testTails),
      "## Given",
      words(givenWords),
      "## In the block of a given person",
      words(givenPersonSettings),
      "## In the block of a given ticket",
      "The words of the block of a ticket (see [rules and actions](actions.md)), and:",
      words(givenTicketSettings),
      "## Expectations",
      words(expectations),
    ],
    diagrams: "tests",
  },
  configuration: {
    title: "The configuration",
    about: "`mcrules.json` marks the root of a project. Every key may be left out.",
    parts: [
      table(
        ["key", "what it says"],
        Object.entries(configurationSchema.properties).map(([key, { description }]) => [
          code(key),
          plain(description),
        ]),
      ),
      block(
        "json",
        JSON.stringify(
          { language: 1, include: ["**/*.mcrules"], diagnostics: { MC3102: "off" } },
          undefined,
          2,
        ),
      ),
      "Editors check the file by [its JSON schema](../../grammar/mcrules.schema.json).",
    ],
  },
};

function words(rows: Readonly<Record<string, WordRow>>): string {
  return Object.entries(rows)
    .map(([word, row]) => wordSection(word, row))
    .join("\n\n");
}

function wordSection(word: string, row: WordRow): string {
  const notes = [
    row.default === undefined ? "" : `Left out: ${code(row.default)}.`,
    row.repeatable === true ? "It may stand more than once." : "",
  ].filter((note) => note !== "");
  return page(
    `### ${code(word)}`,
    plain(row.doc),
    block("text", row.form),
    notes.join(" "),
    row.example === row.form ? "" : block("mcrules", row.example),
  ).trimEnd();
}

/** The anchor that Markdown viewers give to the section of a word. */
function anchor(word: string): string {
  return word.replaceAll(" ", "-");
}

function tails(rows: Readonly<Record<string, TailRow>>): string {
  return table(
    ["tail", "continues", "what it says"],
    Object.values(rows).map(({ form, of, doc }) => [
      code(form),
      of.map(code).join(", "),
      plain(doc),
    ]),
  );
}

function fields(
  rows: Readonly<Record<string, FieldRow>>,
  nameOf = (field: string): string => field,
): string {
  return table(
    ["field", "type", "values", "what it is", "operators", "example"],
    Object.entries(rows).map(([field, row]) => [
      code(row.argument === undefined ? nameOf(field) : `${nameOf(field)} "NAME"`),
      row.type,
      row.cardinality,
      plain(row.doc),
      operatorsOf(field, row).map(code).join(" "),
      code(row.example),
    ]),
  );
}
