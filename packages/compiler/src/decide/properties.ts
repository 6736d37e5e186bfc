import type { Instant } from "@mcrules/mail";
import type { ProgramBlock, ProgramFieldValue, ProgramPicklistValue } from "../program/action.ts";
import { canonical } from "../text/folding.ts";
import { addOpenTime, addTime } from "../time/calendar.ts";
import { formatDay } from "../time/zone.ts";
import type { StoredFieldValue, TicketProperties } from "./decision.ts";
import type { Desk } from "./desk.ts";
import {
  filled,
  looksAtContent,
  onOneLine,
  textLooksAtContent,
  valuesOf,
  wordsOf,
} from "./texts.ts";
import type { Speaking } from "./texts.ts";

export const noProperties: TicketProperties = { tags: [], fields: [] };

/** The word of the list that a picklist value names; undefined where a capture names none of them. */
function wordOf(
  value: ProgramPicklistValue | undefined,
  words: readonly string[],
  speaking: Speaking,
): string | undefined {
  if (value === undefined) return undefined;
  if (value.kind === "word") return value.word;
  const capture = speaking.captures.get(value.name);
  if (capture === undefined) return undefined;
  const wanted = canonical(capture);
  return words.find((word) => word === capture) ?? words.find((word) => canonical(word) === wanted);
}

/**
 * The properties that a block gives. `from` is when the mail was received: `in 2 days` counts from
 * there. What the texts need of the mail's content has to be known.
 */
export function propertiesOf(
  block: ProgramBlock,
  desk: Desk,
  speaking: Speaking,
  from: Instant,
): TicketProperties {
  const { helpdesk } = desk.program;
  const priority = wordOf(block.priority, helpdesk.priority, speaking);
  const severity = wordOf(block.severity, helpdesk.severity, speaking);
  const category = wordOf(block.category, helpdesk.category, speaking);
  const status = wordOf(block.status, helpdesk.status, speaking);
  const assigned = assigneeOf(block, desk, speaking);
  return {
    ...(priority === undefined ? {} : { priority }),
    ...(severity === undefined ? {} : { severity }),
    ...(category === undefined ? {} : { category }),
    ...(status === undefined ? {} : { status }),
    ...(assigned === undefined ? {} : { assigned }),
    tags: withoutDoubles(block.tags.map((tag) => onOneLine(filled(tag, speaking)))),
    fields: block.fields.flatMap(({ name, value }) => {
      const stored = storedValue(name, value, desk, speaking, from);
      return stored === undefined ? [] : [{ name, value: stored }];
    }),
  };
}

function assigneeOf(
  block: ProgramBlock,
  desk: Desk,
  speaking: Speaking,
): TicketProperties["assigned"] {
  if (block.assign === undefined) return undefined;
  const { kind, value } = block.assign;
  const { groups } = desk.program.helpdesk;
  const names = kind === "group" ? groups : desk.program.agents.map((agent) => agent.address);
  const name = wordOf(value, names, speaking);
  if (name === undefined) return undefined;
  return { kind, name: kind === "agent" ? (desk.agent(name) ?? name) : name };
}

/** Each once, in the order of their first place; empty ones are none. */
export function withoutDoubles(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter((text) => text !== ""))];
}

/** `higher` wins; tags add up. */
export function joinedProperties(
  higher: TicketProperties,
  lower: TicketProperties,
): TicketProperties {
  const named = new Set(higher.fields.map((field) => field.name));
  return {
    ...lower,
    ...higher,
    tags: withoutDoubles([...higher.tags, ...lower.tags]),
    fields: [...higher.fields, ...lower.fields.filter((field) => !named.has(field.name))],
  };
}

const wholeNumeral = /^[+-]?\d+(?:\.\d+)?$/;
const isoDate = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** A value in the form in which a field of that type is stored; undefined where it is none of that type. */
function storedValue(
  name: string,
  value: ProgramFieldValue,
  desk: Desk,
  speaking: Speaking,
  from: Instant,
): StoredFieldValue | undefined {
  const { zone } = desk;
  switch (value.kind) {
    case "number":
      return value.value;
    case "when":
      return value.value.kind === "day" ? formatDay(value.value) : zone.format(value.value.instant);
    case "in": {
      const { amount, unit } = value;
      const due =
        value.calendar === undefined
          ? addTime(zone, from, amount, unit)
          : addOpenTime(desk.tables.calendar(value.calendar), zone, from, amount, unit);
      return zone.format(due);
    }
    case "text":
      return storedText(name, filled(value.text, speaking), desk);
    case "expression": {
      const field = desk.program.helpdesk.fields.find((one) => one.name === name);
      const [first] = valuesOf(value.expression, speaking);
      if (field?.type === "number" && typeof first === "number") return first;
      const words =
        field?.type === "date"
          ? wordsOf(value.expression, speaking).slice(0, 1)
          : wordsOf(value.expression, speaking);
      return storedText(name, words.join(", "), desk);
    }
    default: {
      const unknown: never = value;
      throw new TypeError(`No such value: ${JSON.stringify(unknown)}`);
    }
  }
}

function storedText(name: string, text: string, desk: Desk): StoredFieldValue | undefined {
  const field = desk.program.helpdesk.fields.find((one) => one.name === name);
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  switch (field?.type) {
    case "number":
      return wholeNumeral.test(trimmed) ? Number(trimmed) : undefined;
    case "date":
      return isoDate.test(trimmed) && !Number.isNaN(Date.parse(trimmed)) ? trimmed : undefined;
    case "words": {
      const wanted = canonical(trimmed);
      return field.words.find((word) => canonical(word) === wanted);
    }
    case "text":
    case undefined:
      return text;
  }
}

/** Whether filling the block needs the content of the mail. */
export function blockLooksAtContent(block: ProgramBlock): boolean {
  const texts = [block.title, block.description, block.code, block.contact, ...block.tags];
  return (
    texts.some((text) => text !== undefined && textLooksAtContent(text)) ||
    block.fields.some(
      ({ value }) =>
        (value.kind === "text" && textLooksAtContent(value.text)) ||
        (value.kind === "expression" && looksAtContent(value.expression)),
    )
  );
}
