import {
  inFolder,
  markWords,
  nameAs,
  registryWords,
  ticketOutcomes,
  type ExpectationPhrase,
  type GivenTicketSetting,
  type GivenWord,
  type TestEntry,
} from "../../../packages/language/src/index.ts";
import {
  block,
  choice,
  entries,
  optional,
  part,
  sequence,
  token,
  type Chapter,
  type Piece,
} from "./rule.ts";

const text = token("TEXT");
const person = [text, optional(block(part("entry of a given person")))];
const [created, updated] = ticketOutcomes;
const ticket = choice(token("NUMBER"), token("CAPTURE"));
const onTicket = optional(block(part("condition on a ticket")));
const name = optional(nameAs, token("CAPTURE"));

const tails: Readonly<Record<TestEntry, readonly Piece[]>> = {
  mailbox: [token("NAME")],
  given: [part("given")],
  receive: [text, optional(inFolder, text)],
  wait: [part("duration")],
  expect: [part("expectation")],
};

const givenTails: Readonly<Record<GivenWord, readonly Piece[]>> = {
  ticket: [
    token("NUMBER"),
    optional(block(choice(part("entry of a given ticket"), part("setting of a given ticket")))),
  ],
  contact: person,
  account: person,
  lead: person,
  vendor: person,
  blocked: [text],
  now: [token("MOMENT")],
};

const settingTails: Readonly<Record<GivenTicketSetting, readonly Piece[]>> = {
  rule: [text],
  mailbox: [token("NAME")],
  account: [text],
  requester: [text],
  created: [token("MOMENT")],
  closed: [token("MOMENT")],
  "takes part": [part("texts")],
};

const expectationTails: Readonly<Record<ExpectationPhrase, readonly Piece[]>> = {
  rule: [text],
  "no rule": [],
  ignored: [],
  blocked: [],
  failed: [],
  "already seen": [],
  "own mail": [],
  "bounce of ticket": [ticket],
  ticket: [choice(sequence(created, name, onTicket, name), sequence(ticket, updated, onTicket))],
  "no ticket": [],
  "mail sent": [optional(block(part("condition on a sent mail")))],
  "no mail sent": [],
  "filed under": [choice(...registryWords), text],
  marked: [choice(...markWords)],
  "moved to": [text],
  "copied to": [text],
  deleted: [],
  untouched: [],
};

export const tests: Chapter = {
  title: "Tests",
  parts: {
    "test entry": entries(tails),
    given: entries(givenTails),
    "entry of a given person": entries({ name: [text], account: [text] }),
    "setting of a given ticket": entries(settingTails),
    expectation: entries(expectationTails),
  },
};
