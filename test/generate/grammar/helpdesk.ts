import {
  answerKinds,
  fromFile,
  keepKinds,
  ownFieldTypes,
  rangeWord,
  limitWithin,
  storeKinds,
  weekdays,
  type AgentSetting,
  type CalendarSetting,
  type HelpdeskSetting,
} from "../../../packages/language/src/index.ts";
import {
  choice,
  entries,
  oneOrList,
  optional,
  part,
  sequence,
  token,
  type Chapter,
  type Piece,
} from "./rule.ts";

const text = token("TEXT");
const texts = part("texts");
const [sqlite, postgres] = storeKinds;
const [within, always] = answerKinds;
const [mails, forever, nothing] = keepKinds;

const helpdeskTails: Readonly<Record<HelpdeskSetting, readonly Piece[]>> = {
  store: [choice(sequence(sqlite, text), sequence(postgres, part("secret")))],
  zone: [text],
  status: [texts],
  closed: [texts],
  waiting: [text],
  answered: [text],
  priority: [texts],
  severity: [texts],
  category: [texts],
  groups: [texts],
  field: [text, choice(...ownFieldTypes, texts)],
  number: [text],
  "send limit": [token("NUMBER"), limitWithin, part("duration")],
  "ticket limit": [token("NUMBER"), limitWithin, part("duration")],
  answer: [choice(sequence(within, part("duration")), always)],
  keep: [choice(sequence(mails, part("duration")), forever, nothing)],
};

const agentTails: Readonly<Record<AgentSetting, readonly Piece[]>> = {
  name: [text],
  signature: [text],
  smtp: [part("outgoing server")],
};

const calendarTails: Readonly<Record<CalendarSetting, readonly Piece[]>> = {
  open: [
    choice(
      sequence(part("weekday"), optional(rangeWord, part("weekday"))),
      oneOrList(part("weekday")),
    ),
    token("TIME"),
    rangeWord,
    token("TIME"),
  ],
  closed: [choice(oneOrList(token("DATE")), sequence(fromFile, text))],
};

export const helpdesk: Chapter = {
  title: "Helpdesk, agents and calendars",
  parts: {
    "helpdesk setting": entries(helpdeskTails),
    "agent setting": entries(agentTails),
    "calendar setting": entries(calendarTails),
    weekday: choice(...weekdays),
  },
};
