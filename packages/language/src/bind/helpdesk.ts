import { report } from "../diagnostics/report.ts";
import type { Line, TextItem } from "../shape/shape.ts";
import { placeOf } from "../paths.ts";
import type { Span } from "../span.ts";
import { nearest } from "../suggest.ts";
import type { Duration, HelpdeskSettings, OwnFieldType, Placed } from "../tree/index.ts";
import {
  answerKinds,
  helpdeskDefaults,
  helpdeskSettings,
  keepKinds,
  numberHole,
  ownFieldTypes,
  limitWithin,
  storeKinds,
} from "../vocabulary/helpdesk.ts";
import { declarations } from "../vocabulary/declarations.ts";
import type { BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { readHead, takeBlock } from "./head.ts";
import { quoted, replacement } from "./suggestions.ts";
import { takeSecret } from "./secret.ts";
import { bindSettings, type SettingEntry } from "./settings.ts";
import { Slot } from "./slot.ts";
import {
  listed,
  takeNumber,
  takeOneOf,
  takeText,
  takeTexts,
  takeTime,
  unknownWord,
  wrongValue,
} from "./values.ts";

/** The settings of a project that declares none. */
export const defaultHelpdesk: HelpdeskSettings = {
  span: undefined,
  store: undefined,
  fields: new Map(),
  places: new Map(),
  ...helpdeskDefaults,
};

/** Binds `helpdesk { … }`; what it leaves out is filled in. */
export function bindHelpdesk(line: Line, context: BindContext): HelpdeskSettings {
  const head = readHead(line, context, "helpdesk");
  const block = takeBlock(head, context);
  if (block === undefined) return { ...defaultHelpdesk, span: line.span };

  const store = new Slot<NonNullable<HelpdeskSettings["store"]>>();
  const zone = new Slot<string>();
  const number = new Slot<HelpdeskSettings["number"]>();
  const sendLimit = new Slot<HelpdeskSettings["sendLimit"]>();
  const ticketLimit = new Slot<HelpdeskSettings["sendLimit"]>();
  const answer = new Slot<HelpdeskSettings["answer"]>();
  const keep = new Slot<HelpdeskSettings["keep"]>();
  const status = new Slot<readonly Placed<string>[]>();
  const closed = new Slot<readonly Placed<string>[]>();
  const waiting = new Slot<Placed<string>>();
  const answered = new Slot<Placed<string>>();
  const priority = new Slot<readonly Placed<string>[]>();
  const severity = new Slot<readonly Placed<string>[]>();
  const category = new Slot<readonly Placed<string>[]>();
  const groups = new Slot<readonly Placed<string>[]>();
  const fields = new Map<string, OwnFieldType>();
  const fieldSpans = new Map<string, Span>();
  const places = new Map<string, Span>();

  const words = (slot: Slot<readonly Placed<string>[]>) => (cursor: Cursor, entry: SettingEntry) =>
    slot.set(entry.span, takeWords(cursor, context, entry));

  // A helpdesk may do without priorities or groups, but not without a status.
  const mayBeNone =
    (slot: Slot<readonly Placed<string>[]>) => (cursor: Cursor, entry: SettingEntry) =>
      slot.set(entry.span, takeTexts(cursor, context, entry));

  bindSettings(block, context, declarations.helpdesk.one, helpdeskSettings, {
    store: (cursor, entry) => store.set(entry.span, takeStore(cursor, context, entry)),
    zone: (cursor, entry) => zone.set(entry.span, takeZone(cursor, context, entry)),
    status: words(status),
    closed: words(closed),
    waiting: (cursor, entry) => waiting.set(entry.span, takeText(cursor, context, entry)),
    answered: (cursor, entry) => answered.set(entry.span, takeText(cursor, context, entry)),
    priority: mayBeNone(priority),
    severity: mayBeNone(severity),
    category: mayBeNone(category),
    groups: mayBeNone(groups),
    field: (cursor, entry) => {
      const from = cursor.index;
      const field = takeField(cursor, context, entry);
      if (field === undefined) return;
      const first = fieldSpans.get(field.name.value);
      if (first === undefined) {
        fieldSpans.set(field.name.value, field.name.span);
        places.set(`field ${quoted(field.name.value)}`, {
          ...entry.span,
          end: cursor.spanFrom(from).end,
        });
        fields.set(field.name.value, field.type);
      } else {
        context.add(
          report(
            "MC2102",
            field.name.span,
            { word: `field "${field.name.value}"`, place: declarations.helpdesk.one },
            { related: [{ span: first, message: "it stands here first" }] },
          ),
        );
      }
    },
    number: (cursor, entry) => number.set(entry.span, takeNumberForm(cursor, context, entry)),
    "send limit": (cursor, entry) =>
      sendLimit.set(entry.span, takeLimit(cursor, context, entry, "how many mails")),
    "ticket limit": (cursor, entry) =>
      ticketLimit.set(entry.span, takeLimit(cursor, context, entry, "how many tickets")),
    answer: (cursor, entry) => answer.set(entry.span, takeAnswer(cursor, context, entry)),
    keep: (cursor, entry) => keep.set(entry.span, takeKeep(cursor, context, entry)),
  });

  for (const [word, { span, value }] of Object.entries({
    status,
    priority,
    severity,
    category,
    groups,
  })) {
    if (span !== undefined) places.set(word, { ...span, end: value?.at(-1)?.span.end ?? span.end });
  }
  const statuses = values(status) ?? defaultHelpdesk.status;
  const states = new Statuses(status, statuses, context);
  return {
    span: line.span,
    store: store.value,
    zone: zone.value ?? defaultHelpdesk.zone,
    status: statuses,
    closed: states.list("closed", closed),
    waiting: states.one("waiting", waiting, "A reply of ours would set the first status."),
    answered: states.one("answered", answered, "An answer to us would set the first status."),
    priority: values(priority) ?? defaultHelpdesk.priority,
    severity: values(severity) ?? defaultHelpdesk.severity,
    category: values(category) ?? defaultHelpdesk.category,
    groups: values(groups) ?? defaultHelpdesk.groups,
    fields,
    number: number.value ?? defaultHelpdesk.number,
    sendLimit: sendLimit.value ?? defaultHelpdesk.sendLimit,
    ...(ticketLimit.value === undefined ? {} : { ticketLimit: ticketLimit.value }),
    answer: answer.value ?? defaultHelpdesk.answer,
    keep: keep.value ?? defaultHelpdesk.keep,
    places,
  };
}

function values(slot: Slot<readonly Placed<string>[]>): readonly string[] | undefined {
  return slot.value?.map(({ value }) => value);
}

/** Holds what `closed`, `waiting` and `answered` name against the list of statuses. */
class Statuses {
  readonly #given: Slot<readonly Placed<string>[]>;
  readonly #statuses: readonly string[];
  readonly #context: BindContext;

  constructor(
    given: Slot<readonly Placed<string>[]>,
    statuses: readonly string[],
    context: BindContext,
  ) {
    this.#given = given;
    this.#statuses = statuses;
    this.#context = context;
  }

  list(word: "closed", slot: Slot<readonly Placed<string>[]>): readonly string[] {
    if (slot.value !== undefined) {
      for (const status of slot.value) this.#check(status);
      return slot.value.map(({ value }) => value);
    }
    this.#checkDefault(word, helpdeskDefaults[word][0], slot, "No ticket would ever be closed.");
    return helpdeskDefaults[word];
  }

  one(word: "waiting" | "answered", slot: Slot<Placed<string>>, effect: string): string {
    if (slot.value !== undefined) {
      this.#check(slot.value);
      return slot.value.value;
    }
    const usual = helpdeskDefaults[word];
    this.#checkDefault(word, usual, slot, effect);
    return this.#statuses.includes(usual) ? usual : (this.#statuses[0] ?? usual);
  }

  #check(status: Placed<string>): void {
    // A list of statuses that could not be read proves nothing.
    if (this.#given.given && this.#given.value === undefined) return;
    if (this.#statuses.includes(status.value)) return;
    const guess = nearest(status.value, this.#statuses);
    const extras =
      guess === undefined
        ? {}
        : {
            help: `Do you mean "${guess}"?`,
            fixes: [
              { title: `Write "${guess}"`, edits: [{ span: status.span, text: `"${guess}"` }] },
            ],
          };
    const known = listed(this.#statuses);
    this.#context.add(report("MC2109", status.span, { word: status.value, known }, extras));
  }

  #checkDefault(word: string, value: string, slot: Slot<unknown>, effect: string): void {
    const { span } = this.#given;
    if (slot.given || span === undefined || this.#given.value === undefined) return;
    if (this.#statuses.includes(value)) return;
    this.#context.add(report("MC2115", span, { word, value, effect }));
  }
}

function takeWords(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): readonly Placed<string>[] | undefined {
  const words = takeTexts(cursor, context, entry);
  if (words?.length === 0) {
    context.add(report("MC2111", entry.span, { place: `"${entry.word}"` }));
    return undefined;
  }
  return words;
}

function takeStore(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): HelpdeskSettings["store"] {
  const kind = takeOneOf(cursor, context, entry, storeKinds);
  if (kind === undefined) return undefined;
  if (kind.value === "sqlite") {
    const path = takeText(cursor, context, entry, "the path of a file");
    return path === undefined
      ? undefined
      : { kind: "sqlite", path: placeOf(context.file, path.value) };
  }
  const secret = takeSecret(cursor, context, entry);
  return secret === undefined ? undefined : { kind: "postgres", secret };
}

function takeZone(cursor: Cursor, context: BindContext, entry: SettingEntry): string | undefined {
  const zone = takeText(cursor, context, entry, "the name of a time zone");
  if (zone === undefined || isZone(zone.value)) return zone?.value;
  const guess = nearest(zone.value, Intl.supportedValuesOf("timeZone"));
  context.add(
    report(
      "MC2107",
      zone.span,
      { zone: zone.value },
      guess === undefined
        ? {}
        : {
            help: `Do you mean "${guess}"?`,
            fixes: [
              { title: `Write "${guess}"`, edits: [{ span: zone.span, text: `"${guess}"` }] },
            ],
          },
    ),
  );
  return undefined;
}

/** An offset such as +01:00 is no zone: it knows no summer time. */
function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch (problem) {
    if (problem instanceof RangeError) return false;
    throw problem;
  }
}

function takeField(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): { readonly name: Placed<string>; readonly type: OwnFieldType } | undefined {
  const name = takeText(cursor, context, entry, "the name of a field");
  if (name === undefined) {
    cursor.skipRest();
    return undefined;
  }
  const { item } = cursor;
  if (item?.kind === "list" || item?.kind === "text") {
    const words = takeWords(cursor, context, entry);
    return { name, type: { kind: "words", words: (words ?? []).map(({ value }) => value) } };
  }
  const type = cursor.takeOneOf(ownFieldTypes);
  if (type !== undefined) return { name, type: { kind: type.phrase } };
  unknownWord(cursor, context, entry, "type of a field", ownFieldTypes);
  return { name, type: { kind: "text" } };
}

function takeNumberForm(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): HelpdeskSettings["number"] | undefined {
  const text = cursor.takeKind("text");
  if (text === undefined) return wrongValue(cursor, context, entry, "a text with ${n}");
  const form = aroundHole(text);
  if (form === undefined && text.closed) {
    const end = { ...text.span, start: text.span.end - 1, end: text.span.end - 1 };
    const holed = text.block || text.parts.some(({ kind }) => kind === "hole");
    const fixes = holed ? [] : [replacement("Write ${n} at its end", end, "${n}")];
    context.add(report("MC2112", text.span, {}, { fixes }));
  }
  return form;
}

/** What stands before and behind the one hole `${n}`. */
function aroundHole(text: TextItem): HelpdeskSettings["number"] | undefined {
  const around: string[] = [""];
  for (const part of text.parts) {
    if (part.kind === "string") around.push(`${around.pop() ?? ""}${part.value}`);
    else {
      const [item, ...more] = part.items;
      if (item?.kind !== "word" || item.text !== numberHole || more.length > 0) return undefined;
      around.push("");
    }
  }
  const [before, after, ...more] = around;
  if (before === undefined || after === undefined || more.length > 0) return undefined;
  return { before, after };
}

function takeLimit(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
  what: string,
): HelpdeskSettings["sendLimit"] | undefined {
  const here = cursor.here;
  const count = takeNumber(cursor, context, entry, what);
  if (count === undefined) return undefined;
  if (!Number.isSafeInteger(count.value) || count.value < 1) {
    const expected = "a whole number from 1 on";
    const found = `the number ${count.raw}`;
    context.add(report("MC2103", here, { word: entry.word, expected, found, form: entry.form }));
  }
  if (cursor.takePhrase(limitWithin) === undefined) {
    return wrongValue(cursor, context, entry, `${limitWithin} and a time`);
  }
  const within = takeTime(cursor, context, entry);
  return within === undefined ? undefined : { count: count.value, within: within.duration };
}

function takeAnswer(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): HelpdeskSettings["answer"] | undefined {
  const kind = takeOneOf(cursor, context, entry, answerKinds);
  if (kind === undefined) return undefined;
  if (kind.value === "always") return { kind: "always" };
  const duration = takeDuration(cursor, context, entry);
  return duration === undefined ? undefined : { kind: "within", duration };
}

function takeKeep(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): HelpdeskSettings["keep"] | undefined {
  const kind = takeOneOf(cursor, context, entry, keepKinds);
  if (kind === undefined) return undefined;
  if (kind.value !== "mails") return { kind: kind.value };
  const duration = takeDuration(cursor, context, entry);
  return duration === undefined ? undefined : { kind: "for", duration };
}

function takeDuration(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): Duration | undefined {
  return takeTime(cursor, context, entry)?.duration;
}
