import {
  assignees,
  behalfChoices,
  closedFor,
  documentChoices,
  fileUnderBy,
  fileUnderRegistries,
  fileUnderSides,
  registerKinds,
  ticketEntriesOf,
  type ActionWord,
  type BlockPlace,
  type RuleEntry,
  type TicketEntry,
  type TicketKeyWord,
  type UpdateTail,
} from "../../../packages/language/src/index.ts";
import {
  block,
  choice,
  entries,
  optional,
  part,
  separated,
  sequence,
  token,
  type Chapter,
  type Piece,
} from "./rule.ts";

const text = token("TEXT");
const word = choice(text, token("CAPTURE"));
const [none, except] = documentChoices;

const ruleTails: Readonly<Record<RuleEntry, readonly Piece[]>> = {
  when: [part("condition")],
  then: [part("actions")],
};

const actionTails: Readonly<Record<ActionWord, readonly Piece[]>> = {
  ignore: [],
  "create ticket": [optional(block(part("entry of create ticket")))],
  "update ticket": [part("update")],
  set: [block(part("entry of set"))],
  "file under": [
    separated(choice(...fileUnderRegistries), ","),
    fileUnderBy,
    choice(...fileUnderSides),
  ],
  "mark read": [],
  "mark unread": [],
  "mark flagged": [],
  "mark spam": [],
  "move to": [text],
  "copy to": [text],
  delete: [],
  continue: [],
};

const keyTails: Readonly<Record<TicketKeyWord, readonly Piece[]>> = {
  code: [text],
  titled: [text],
  thread: [],
};

const updateParts: Readonly<Record<UpdateTail, Piece>> = {
  "from anyone": "from anyone",
  "unless closed": sequence("unless closed", part("closed for")),
  "if closed": sequence("if closed", part("closed for"), part("actions")),
  otherwise: sequence("otherwise", part("actions")),
};

const entryTails: Readonly<Record<TicketEntry, readonly Piece[]>> = {
  title: [text],
  description: [text],
  code: [text],
  contact: [text],
  priority: [word],
  severity: [word],
  category: [word],
  status: [word],
  tag: [text],
  assign: [choice(...assignees), word],
  field: [text, part("value of an own field")],
  register: [choice(...registerKinds)],
  "add cc": [],
  documents: [choice(none, sequence(except, block(part("condition on a value"))))],
  "on behalf of": [choice(...behalfChoices, token("CAPTURE"))],
  internal: [],
};

/** The entries that a block has at its place. */
function entriesAt(place: BlockPlace): Piece {
  return choice(...ticketEntriesOf(place).map((entry) => sequence(entry, ...entryTails[entry])));
}

export const rules: Chapter = {
  title: "Rules and actions",
  parts: {
    "rule entry": entries(ruleTails),
    actions: choice(part("action"), block(part("action"))),
    action: entries(actionTails),
    update: sequence(
      choice(token("CAPTURE"), entries(keyTails)),
      optional(updateParts["from anyone"]),
      optional(choice(updateParts["unless closed"], updateParts["if closed"])),
      optional(block(part("entry of update ticket"))),
      optional(updateParts.otherwise),
    ),
    "closed for": optional(closedFor, part("duration")),
    "entry of create ticket": sequence(entriesAt("create")),
    "entry of update ticket": sequence(entriesAt("update")),
    "entry of set": sequence(entriesAt("set")),
    "entry of set in a process": sequence(entriesAt("process")),
    "entry of a given ticket": sequence(entriesAt("given")),
    "value of an own field": choice(
      text,
      token("NUMBER"),
      part("when"),
      part("from now"),
      token("CAPTURE"),
    ),
  },
};
