import {
  actions,
  afterwardsPhrases,
  agentSettings,
  allowWord,
  answerKinds,
  assignees,
  attachables,
  authenticationWords,
  behalfChoices,
  calendarSettings,
  callEntries,
  closedFor,
  conditionWords,
  declarations,
  documentChoices,
  duplicatesPhrases,
  durationUnits,
  elementFields,
  elementNames,
  expectations,
  fileUnderBy,
  fileUnderSides,
  findWords,
  flagOperator,
  fromFile,
  givenPersonSettings,
  givenTicketSettings,
  givenWords,
  guaranteeEntries,
  helpdeskSettings,
  hoursOf,
  keepKinds,
  loginKinds,
  mailboxSettings,
  mailFields,
  mailFlags,
  markWords,
  oauthProviders,
  oauthSettings,
  operators,
  orWord,
  outcomes,
  ownFieldTypes,
  pecWords,
  processActions,
  processEntries,
  processEvents,
  processFields,
  protocols,
  rangeWord,
  registerKinds,
  registryKinds,
  registryWords,
  ruleEntries,
  ruleWord,
  scanPhrases,
  secretSources,
  securityKinds,
  limitWithin,
  sendMailEntries,
  sentMailFields,
  sentMailId,
  settingTails,
  sinceWords,
  sizeUnits,
  statusWords,
  storeKinds,
  switchWords,
  testEntries,
  testTails,
  ticketEntries,
  ticketFields,
  ticketKeys,
  ticketOutcomes,
  ticketPaths,
  ticketPrefix,
  updateTails,
  weekdays,
  wordsOf,
} from "../../../packages/language/src/index.ts";

type Pattern = object;

const scope = (name: string): string => `${name}.mcrules`;
const include = (name: string): Pattern => ({ include: `#${name}` });

const name = "\\p{L}[\\p{L}\\p{M}\\p{N}_-]*";
const wordStart = "(?<![\\p{L}\\p{M}\\p{N}_.$-])";
/** As `wordStart`; takes the indentation along, since of two patterns the one that begins first wins. */
const wordOrLineStart = `(?:^[ \\t]*|${wordStart})`;
const wordEnd = "(?![\\p{L}\\p{M}\\p{N}_-]|\\.\\p{L})";

/** Any of the phrases, the longest first; between the words of one any blanks. */
function anyOf(phrases: readonly string[]): string {
  return [...new Set(phrases)]
    .toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map((phrase) => phrase.replace(/[.\\$<>=]/g, "\\$&").replaceAll(" ", "[ \\t]+"))
    .join("|");
}

/** Any of the phrases as whole words, wherever they stand. */
function phrases(as: string, words: readonly string[]): Pattern {
  return { name: scope(as), match: `${wordStart}(?:${anyOf(words)})${wordEnd}` };
}

/** What an entry begins with: the first word of a line, or behind an opening brace. */
function leading(as: string, words: readonly string[]): Pattern {
  return {
    match: `(?:^|(?<=\\{))[ \\t]*(${anyOf(words)})${wordEnd}`,
    captures: { 1: { name: scope(as) } },
  };
}

const comments: Pattern = {
  patterns: [
    {
      name: scope("comment.line.number-sign"),
      match: `(#)[ \\t]*(${allowWord})[ \\t]+(MC[0-9]{4}).*$`,
      captures: {
        1: { name: scope("punctuation.definition.comment") },
        2: { name: scope("keyword.other.suppression") },
        3: { name: scope("constant.other.diagnostic-code") },
      },
    },
    {
      name: scope("comment.line.number-sign"),
      match: "(#).*$",
      captures: { 1: { name: scope("punctuation.definition.comment") } },
    },
  ],
};

const escape = (match: string): Pattern => ({
  name: scope("constant.character.escape"),
  match,
});

const texts: Pattern = {
  patterns: [
    {
      name: scope("string.quoted.triple"),
      begin: '"""',
      end: '(?<!\\\\)"""',
      patterns: [escape('\\\\(?:\\$|""")'), include("hole")],
    },
    {
      name: scope("string.quoted.double"),
      begin: '"',
      end: '"|$',
      patterns: [
        escape('\\\\(?:["\\\\nt$]|u\\{[0-9A-Fa-f]{1,6}\\})'),
        { name: scope("invalid.illegal.escape"), match: "\\\\." },
        include("hole"),
      ],
    },
  ],
};

/** The operator and, behind it, the expression between slashes. */
const pattern: Pattern = {
  begin: `${wordStart}(matches)[ \\t]+(?=/)`,
  end: "(?<=[/A-Za-z])|$",
  beginCaptures: { 1: { name: scope("keyword.operator.word") } },
  patterns: [include("regular-expression")],
};

const regularExpression: Pattern = {
  name: scope("string.regexp"),
  begin: "/",
  end: "(/)([A-Za-z]*)|$",
  beginCaptures: { 0: { name: scope("punctuation.definition.string.begin") } },
  endCaptures: {
    1: { name: scope("punctuation.definition.string.end") },
    2: { name: scope("keyword.other.flags") },
  },
  patterns: [
    escape("\\\\."),
    {
      match: `(\\(\\?<)(${name})(>)`,
      captures: {
        1: { name: scope("punctuation.definition.group") },
        2: { name: scope("variable.other.capture") },
        3: { name: scope("punctuation.definition.group") },
      },
    },
    {
      name: scope("constant.other.character-class.set"),
      begin: "\\[\\^?\\]?",
      end: "\\]|(?=$)",
      patterns: [escape("\\\\.")],
    },
    { name: scope("keyword.operator.quantifier"), match: "[?+*]|\\{[0-9]+(?:,[0-9]*)?\\}" },
    { name: scope("keyword.operator.or"), match: "\\|" },
    { name: scope("keyword.control.anchor"), match: "[$^]" },
  ],
};

const capture: Pattern = {
  name: scope("variable.other.capture"),
  match: `\\$[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_-]*(?:\\.${name})*`,
};

const fields = [
  ...wordsOf(mailFields),
  ...wordsOf(processFields),
  ...wordsOf(ticketFields),
  ...wordsOf(sentMailFields),
  ...wordsOf(elementFields).map((field) => field.slice(field.indexOf(".") + 1)),
];

const expression: Pattern = phrases("variable.language.field", [
  ...wordsOf(mailFields),
  ...wordsOf(processFields),
  ...ticketPaths.map((path) => `${ticketPrefix}${path}`),
  sentMailId,
]);

/** A field is told from a setting of the same name by the operator behind it. */
const testedField: Pattern = {
  match: `${wordOrLineStart}(${anyOf(fields)})${wordEnd}(?=[ \\t]+(?:"[^"]*"[ \\t]+)?(?:${anyOf(wordsOf(operators))})(?![\\p{L}_-]))`,
  captures: { 1: { name: scope("variable.language.field") } },
};

const entries: readonly Pattern[] = [
  {
    match: `${wordOrLineStart}(mail)[ \\t]+(${flagOperator})[ \\t]+(${anyOf(wordsOf(mailFlags))})${wordEnd}`,
    captures: {
      1: { name: scope("variable.language.field") },
      2: { name: scope("keyword.operator.word") },
      3: { name: scope("constant.language.flag") },
    },
  },
  {
    match: `${wordOrLineStart}(some|every|no)[ \\t]+(${anyOf(elementNames)})${wordEnd}(?=[ \\t]*["{])`,
    captures: {
      1: { name: scope("keyword.control") },
      2: { name: scope("variable.language.field") },
    },
  },
  {
    match: `${wordOrLineStart}(expect)[ \\t]+(${anyOf([...wordsOf(expectations), ...wordsOf(outcomes)])})${wordEnd}`,
    captures: {
      1: { name: scope("keyword.control") },
      2: { name: scope("support.function.expectation") },
    },
  },
  {
    match: `${wordOrLineStart}(given)[ \\t]+(${anyOf(wordsOf(givenWords))})${wordEnd}`,
    captures: {
      1: { name: scope("keyword.control") },
      2: { name: scope("support.type.given") },
    },
  },
  {
    match: `${wordOrLineStart}(on)[ \\t]+(${anyOf(wordsOf(processEvents))})${wordEnd}`,
    captures: {
      1: { name: scope("keyword.control") },
      2: { name: scope("support.constant.event") },
    },
  },
  leading("support.type.property-name", [
    ...wordsOf(helpdeskSettings),
    ...wordsOf(agentSettings),
    ...wordsOf(calendarSettings),
    ...wordsOf(mailboxSettings),
    ...wordsOf(oauthSettings),
    ...wordsOf(ticketEntries),
    ...wordsOf(sendMailEntries),
    ...wordsOf(callEntries),
    ...wordsOf(givenPersonSettings),
    ...wordsOf(givenTicketSettings),
  ]),
  leading("keyword.control", [
    ...wordsOf(ruleEntries),
    ...wordsOf(processEntries),
    ...wordsOf(guaranteeEntries),
    ...wordsOf(testEntries).filter((word) => word !== "mailbox"),
  ]),
  phrases("support.function.action", [
    ...wordsOf(actions).filter((word) => word !== "set"),
    ...wordsOf(processActions).filter((word) => word !== "set" && word !== "call"),
  ]),
  { name: scope("support.function.action"), match: `${wordStart}set(?=[ \\t]*\\{)` },
  { name: scope("support.function.action"), match: `${wordStart}call(?=[ \\t]*")` },
];

const values: readonly Pattern[] = [
  include("pattern"),
  include("text"),
  capture,
  {
    name: scope("constant.numeric.date"),
    match: "\\b[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+(?:Z|[+-][0-9]{2}:[0-9]{2})?)?",
  },
  { name: scope("constant.numeric.time"), match: "\\b[0-9]{2}:[0-9]{2}\\b" },
  {
    match: `\\b([0-9]+(?:\\.[0-9]+)?)[ \\t]*(${anyOf([...wordsOf(sizeUnits), ...wordsOf(durationUnits)])})${wordEnd}`,
    captures: {
      1: { name: scope("constant.numeric") },
      2: { name: scope("keyword.other.unit") },
    },
  },
  { name: scope("constant.numeric"), match: "\\b[0-9]+(?:\\.[0-9]+)?\\b" },
  { name: scope("keyword.operator.comparison"), match: "<=|>=|[<>=]" },
  phrases(
    "keyword.operator.word",
    wordsOf(operators).filter((word) => /^[a-z]/.test(word)),
  ),
  phrases(
    "keyword.control",
    wordsOf(conditionWords).filter((word) => word !== "mail"),
  ),
  { name: scope("keyword.control.tail"), match: `${wordStart}${fromFile}(?=[ \\t]+")` },
  phrases("keyword.control.tail", [
    ...wordsOf(updateTails),
    ...wordsOf(settingTails),
    ...wordsOf(testTails),
    ...wordsOf(ticketKeys),
  ]),
  phrases("support.function.secret", wordsOf(secretSources)),
  phrases("support.constant.registry", registryKinds),
  phrases("constant.language", [
    ...authenticationWords,
    ...pecWords,
    ...weekdays,
    ...afterwardsPhrases,
    ...answerKinds,
    ...assignees,
    ...attachables,
    ...behalfChoices,
    ...documentChoices,
    ...duplicatesPhrases,
    ...findWords,
    ...keepKinds,
    ...loginKinds,
    ...markWords,
    ...oauthProviders,
    ...ownFieldTypes,
    ...protocols,
    ...registerKinds,
    ...registryWords,
    ...scanPhrases,
    ...securityKinds,
    ...sinceWords,
    ...statusWords,
    ...storeKinds,
    ...switchWords,
    ...ticketOutcomes,
    ...wordsOf(processEvents).map((event) => event.slice(event.indexOf(" ") + 1)),
  ]),
  phrases("keyword.control.tail", [
    closedFor,
    fileUnderBy,
    ...fileUnderSides,
    hoursOf,
    orWord,
    rangeWord,
    limitWithin,
  ]),
];

/** The colours of the language for editors that read TextMate grammars. */
export function textMateGrammar(): object {
  return {
    name: "mcrules",
    scopeName: scope("source"),
    fileTypes: ["mcrules"],
    patterns: [
      include("comment"),
      testedField,
      include("declaration"),
      include("entry"),
      include("value"),
    ],
    repository: {
      comment: comments,
      declaration: {
        patterns: [
          {
            match: `^[ \\t]*(${anyOf([...wordsOf(declarations), ruleWord])})${wordEnd}(?:[ \\t]+(${name})(?=[ \\t]*(?:[={]|from\\b)))?`,
            captures: {
              1: { name: scope("keyword.declaration") },
              2: { name: scope("entity.name.type") },
            },
          },
        ],
      },
      entry: { patterns: entries },
      value: { patterns: values },
      text: texts,
      pattern,
      "regular-expression": regularExpression,
      hole: {
        name: scope("meta.template.expression"),
        begin: "\\$\\{",
        end: "\\}|$",
        beginCaptures: { 0: { name: scope("punctuation.definition.template-expression.begin") } },
        endCaptures: { 0: { name: scope("punctuation.definition.template-expression.end") } },
        patterns: [include("text"), capture, expression],
      },
    },
  };
}
