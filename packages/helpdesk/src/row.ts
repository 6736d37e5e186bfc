import type { Row, Value } from "./database.ts";
import { RecordError } from "./errors.ts";
import type { MailInformation, Person } from "./ticket.ts";

/** Ids have at most 15 digits. */
const LARGEST_ID = 999_999_999_999_999;
/** The range of a date in ECMAScript. */
const LAST_INSTANT = 8.64e15;

function wrongColumn(column: string): RecordError {
  return new RecordError(
    "out of bounds",
    `The store holds a value in the column "${column}" that cannot be there. ` +
      "It was written by another program, or the file is damaged.",
  );
}

/** The text of a column. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") {
    throw wrongColumn(column);
  }
  return value;
}

/** The text of a column that may be empty. */
export function optionalText(row: Row, column: string): string | undefined {
  return row[column] === null || row[column] === undefined ? undefined : text(row, column);
}

/** The whole number of a column. */
export function integer(row: Row, column: string): number {
  const value = row[column];
  const number = typeof value === "string" || typeof value === "bigint" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isSafeInteger(number)) {
    throw wrongColumn(column);
  }
  return number;
}

/** The whole number of a column that may be empty. */
export function optionalInteger(row: Row, column: string): number | undefined {
  return row[column] === null || row[column] === undefined ? undefined : integer(row, column);
}

/** The bytes of a column. */
export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) {
    throw wrongColumn(column);
  }
  return value;
}

/** The value of a column that has to be one of these words. */
export function word<const W extends string>(row: Row, column: string, words: readonly W[]): W {
  const value = text(row, column);
  const found = words.find((known) => known === value);
  if (found === undefined) {
    throw wrongColumn(column);
  }
  return found;
}

/** The first row of a statement that always gives one. */
export function only(rows: readonly Row[], what: string): Row {
  const row = rows[0];
  if (row === undefined) {
    throw new RecordError("no such record", what);
  }
  return row;
}

/** What is bound where there may be nothing. */
export function orNull<V extends Value>(value: V | undefined): V | null {
  return value === undefined ? null : value;
}

/** Whether a number can be an id of this store. */
export function isId(id: number): boolean {
  return Number.isSafeInteger(id) && id >= 1 && id <= LARGEST_ID;
}

/** A moment as it is stored: whole milliseconds, within the range of a date. */
export function moment(instant: number): number {
  if (Number.isNaN(instant)) {
    throw new RecordError("out of bounds", "A moment was given that is not a number.");
  }
  return Math.round(Math.min(Math.max(instant, -LAST_INSTANT), LAST_INSTANT));
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asPersons(value: unknown): readonly Person[] {
  return asList(value).map((person) => ({
    address: asText(property(person, "address")),
    name: asText(property(person, "name")),
  }));
}

/** A column that holds a JSON list of texts. */
export function textList(row: Row, column: string): readonly string[] {
  const value: unknown = JSON.parse(text(row, column));
  return asList(value).filter((item) => typeof item === "string");
}

/** A column that holds the own fields of a ticket as a JSON object. */
export function fieldValues(row: Row, column: string): ReadonlyMap<string, string | number> {
  const value: unknown = JSON.parse(text(row, column));
  const fields = new Map<string, string | number>();
  if (typeof value === "object" && value !== null) {
    for (const [name, field] of Object.entries(value)) {
      if (typeof field === "string" || typeof field === "number") {
        fields.set(name, field);
      }
    }
  }
  return fields;
}

/** A column that holds Mail Information as JSON, or nothing. */
export function mailInformation(row: Row, column: string): MailInformation | undefined {
  const json = optionalText(row, column);
  if (json === undefined) {
    return undefined;
  }
  const value: unknown = JSON.parse(json);
  return {
    from: asPersons(property(value, "from")),
    to: asPersons(property(value, "to")),
    cc: asPersons(property(value, "cc")),
    bcc: asPersons(property(value, "bcc")),
    fromName: asText(property(value, "fromName")),
    sender: asText(property(value, "sender")),
    date: asText(property(value, "date")),
  };
}
