import {
  attachables,
  processEventWords,
  type ProcessActionWord,
  type ProcessEntry,
  type SendMailEntry,
} from "../../../packages/language/src/index.ts";
import {
  block,
  choice,
  entries,
  oneOrList,
  optional,
  part,
  separated,
  token,
  type Chapter,
  type Piece,
} from "./rule.ts";

const text = token("TEXT");

const processTails: Readonly<Record<ProcessEntry, readonly Piece[]>> = {
  on: [separated(part("event"), ",")],
  when: [part("condition")],
  then: [choice(part("process action"), block(part("process action")))],
};

const actionTails: Readonly<Record<ProcessActionWord, readonly Piece[]>> = {
  "send mail": [block(part("entry of send mail"))],
  set: [block(part("entry of set in a process"))],
  call: [text, optional(block(part("entry of call")))],
};

const mailTails: Readonly<Record<SendMailEntry, readonly Piece[]>> = {
  to: [part("recipients")],
  cc: [part("recipients")],
  bcc: [part("recipients")],
  subject: [text],
  body: [text],
  html: [text],
  attach: [choice(...attachables)],
};

/** Behind a comma the first word of an event need not stand again. */
const events = [
  ...new Set(processEventWords.flatMap((event) => [event, event.slice(event.indexOf(" ") + 1)])),
];

export const processes: Chapter = {
  title: "Processes",
  parts: {
    "process entry": entries(processTails),
    event: choice(...events),
    "process action": entries(actionTails),
    "entry of send mail": entries(mailTails),
    recipients: oneOrList(choice(text, part("expression"))),
    "entry of call": entries({ header: [text, choice(text, part("secret"))] }),
  },
};
