import type { Value } from "./database.ts";

/** A statement and its values. */
export interface Statement {
  readonly text: string;
  readonly values: readonly Value[];
}

/**
 * `INSERT INTO table (…) VALUES (…) tail`. The names of columns are ours, never a mail's.
 */
export function insertion(
  table: string,
  columns: Readonly<Record<string, Value>>,
  tail = "",
): Statement {
  const names = Object.keys(columns);
  return {
    text: `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")}) ${tail}`,
    values: Object.values(columns),
  };
}

/** `UPDATE table SET … tail`; columns without a value (`undefined`) stay. */
export function change(
  table: string,
  columns: Readonly<Record<string, Value | undefined>>,
  tail: string,
  tailValues: readonly Value[],
): Statement {
  const names: string[] = [];
  const values: Value[] = [];
  for (const [name, value] of Object.entries(columns)) {
    if (value !== undefined) {
      names.push(`${name} = ?`);
      values.push(value);
    }
  }
  return {
    text: `UPDATE ${table} SET ${names.join(", ")} ${tail}`,
    values: [...values, ...tailValues],
  };
}
