import { registryKinds } from "../tree/values.ts";
import { actions, ruleEntries, ticketKeys, updateTails } from "./actions.ts";
import { conditionWords, mailFlags } from "./conditions.ts";
import { guaranteeEntries, outcomes } from "./guarantees.ts";
import { authenticationWords, operators, pecWords } from "./operators.ts";
import {
  callEntries,
  processActions,
  processEntries,
  processEvents,
  sendMailEntries,
} from "./processes.ts";
import { ticketEntries } from "./ticketBlock.ts";
import { durationUnits, sizeUnits } from "./units.ts";
import { agentSettings, calendarSettings, helpdeskSettings } from "./helpdesk.ts";
import { declarations, type DeclarationWord } from "./declarations.ts";
import { elementNames, mailFields, processFields, sentMailFields, ticketFields } from "./fields.ts";
import { mailboxSettings, settingTails } from "./mailbox.ts";
import { expectations, givenTicketSettings, givenWords, testEntries } from "./tests.ts";

/** The words that may stand where a name of the kind is used. */
const wordsBeside: Readonly<Partial<Record<DeclarationWord, readonly string[]>>> = {
  // Behind `in`.
  list: registryKinds,
};

/** Whether a declaration of the kind cannot bear the name, since the language has it at that place. */
export function isReserved(kind: DeclarationWord, name: string): boolean {
  if (kind === "condition") return isWordOfTheLanguage(name);
  return wordsBeside[kind]?.includes(name) ?? false;
}

/** Whether the language has the word anywhere: no condition may be called so. */
export function isWordOfTheLanguage(word: string): boolean {
  return allTables.some((table) =>
    Object.keys(table).some((phrase) => phrase.split(/[ .]/).includes(word)),
  );
}

const allTables: readonly object[] = [
  declarations,
  helpdeskSettings,
  agentSettings,
  calendarSettings,
  mailboxSettings,
  settingTails,
  testEntries,
  givenWords,
  givenTicketSettings,
  expectations,
  mailFields,
  processFields,
  ticketFields,
  sentMailFields,
  conditionWords,
  mailFlags,
  operators,
  ruleEntries,
  actions,
  ticketKeys,
  updateTails,
  ticketEntries,
  processEntries,
  processEvents,
  processActions,
  sendMailEntries,
  callEntries,
  guaranteeEntries,
  outcomes,
  durationUnits,
  sizeUnits,
  Object.fromEntries(
    [...elementNames, ...registryKinds, ...authenticationWords, ...pecWords].map((word) => [
      word,
      true,
    ]),
  ),
];
