import { conditions } from "./conditions.ts";
import { declarations } from "./declarations.ts";
import { guarantees } from "./guarantees.ts";
import { helpdesk } from "./helpdesk.ts";
import { mailbox } from "./mailbox.ts";
import { processes } from "./processes.ts";
import { rules } from "./rules.ts";
import { tests } from "./tests.ts";
import { values } from "./values.ts";
import type { Chapter, Rule } from "./rule.ts";

/** The grammar of entries: what may stand where, by the words of the vocabulary. */
export const chapters = {
  declarations,
  helpdesk,
  mailbox,
  conditions,
  rules,
  processes,
  guarantees,
  tests,
  values,
} as const satisfies Record<string, Chapter>;

/** Every part of the grammar by its name. */
export function grammarParts(): ReadonlyMap<string, Rule> {
  return new Map(Object.values<Chapter>(chapters).flatMap(({ parts }) => Object.entries(parts)));
}
