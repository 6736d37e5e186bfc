import type { Position } from "@mcrules/language";
import type { ProgramBlock } from "../program/action.ts";
import type { ProgramText } from "../program/program.ts";
import type { Effect } from "./decision.ts";
import { documentsOf } from "./documents.ts";
import type { Asking } from "./mailCase.ts";
import { otherPeople, representedPerson } from "./people.ts";
import { floodOf } from "./flood.ts";
import { joinedProperties, noProperties, propertiesOf } from "./properties.ts";
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

/**
 * The ticket that a mail becomes. What `set` gave above stands over the block. Beyond the ticket limit it is a
 * comment on the requester's flood ticket, or becomes that one.
 */
export function* createdTicket(block: ProgramBlock, at: Position, run: RuleRun): Asking<Effect> {
  const { mail, desk, speaking, given } = run;
  const content = yield* mail.content();
  const { headers } = content;
  const represented = representedPerson(block, content, desk, speaking);
  const code = lineOf(block.code, speaking);
  const contact = lineOf(block.contact, speaking);
  const title =
    block.title === undefined ? onOneLine(headers.subject) : lineOf(block.title, speaking);
  const requester = represented ?? headers.from[0];
  const documents = yield* documentsOf(block, content, run);
  const flood = yield* floodOf(requester?.address ?? "", at, run);
  if (flood.kind === "goes on")
    return {
      kind: "update ticket",
      rule: run.rule,
      ticket: flood.ticket,
      internal: true,
      flood: true,
      properties: noProperties,
      participants: [],
      documents,
    };
  const properties = joinedProperties(
    given.properties,
    propertiesOf(block, desk, speaking, mail.input.arrival.received),
  );
  if (flood.kind === "begins")
    return {
      kind: "create ticket",
      rule: run.rule,
      title: onOneLine(`Flood of mails from ${requester?.address ?? "nobody"}`),
      description: content.body,
      requester,
      onBehalf: represented !== undefined,
      properties,
      participants: [],
      documents,
      flood: true,
    };
  return {
    kind: "create ticket",
    rule: run.rule,
    title: title === undefined || title === "" ? untitled : title,
    description:
      block.description === undefined ? content.body : filled(block.description, speaking),
    ...(code === undefined ? {} : { code }),
    requester,
    onBehalf: represented !== undefined,
    ...(contact === undefined ? {} : { contact }),
    ...(block.register === undefined ? {} : { register: block.register }),
    properties,
    participants: otherPeople([...given.participants, ...(block.addCc ? headers.cc : [])], desk),
    documents,
    ...(run.linkedTo === undefined ? {} : { linkedTo: run.linkedTo }),
  };
}
