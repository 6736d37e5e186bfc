import type { ProgramBlock } from "../program/action.ts";
import type { ProgramText } from "../program/program.ts";
import type { Effect } from "./decision.ts";
import { documentsOf } from "./documents.ts";
import type { Asking } from "./mailCase.ts";
import { otherPeople, representedPerson } from "./people.ts";
import { joinedProperties, propertiesOf } from "./properties.ts";
import type { RuleRun } from "./run.ts";
import { filled, onOneLine } from "./texts.ts";
import type { Speaking } from "./texts.ts";

const untitled = "Untitled";

/** A text of one line that a block gives; undefined where it gives none or an empty one. */
export function lineOf(text: ProgramText | undefined, speaking: Speaking): string | undefined {
  if (text === undefined) return undefined;
  const line = onOneLine(filled(text, speaking));
  return line === "" ? undefined : line;
}

/** The ticket that a mail becomes. What `set` gave above stands over the block. */
export function* createdTicket(block: ProgramBlock, run: RuleRun): Asking<Effect> {
  const { mail, desk, speaking, given } = run;
  const content = yield* mail.content();
  const { headers } = content;
  const represented = representedPerson(block, content, desk, speaking);
  const code = lineOf(block.code, speaking);
  const contact = lineOf(block.contact, speaking);
  const title =
    block.title === undefined ? onOneLine(headers.subject) : lineOf(block.title, speaking);
  return {
    kind: "create ticket",
    rule: run.rule,
    title: title === undefined || title === "" ? untitled : title,
    description:
      block.description === undefined ? content.body : filled(block.description, speaking),
    ...(code === undefined ? {} : { code }),
    requester: represented ?? headers.from[0],
    onBehalf: represented !== undefined,
    ...(contact === undefined ? {} : { contact }),
    ...(block.register === undefined ? {} : { register: block.register }),
    properties: joinedProperties(
      given.properties,
      propertiesOf(block, desk, speaking, mail.input.arrival.received),
    ),
    participants: otherPeople([...given.participants, ...(block.addCc ? headers.cc : [])], desk),
    documents: yield* documentsOf(block, content, run),
    ...(run.linkedTo === undefined ? {} : { linkedTo: run.linkedTo }),
  };
}
