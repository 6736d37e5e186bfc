import type { Outcome } from "./scanning.ts";

/** What is otherwise in an outcome than it should be, in a line each; empty where it is the same. */
export function difference(expected: Outcome, found: Outcome): readonly string[] {
  const inFiles = listDifference(expected.files, found.files);
  return [
    ...inFiles.missing.map((file) => `missing file ${file}`),
    ...inFiles.surplus.map((file) => `surplus file ${file}`),
    ...Object.entries(expected.store).flatMap(([table, rows]) => {
      const { missing, surplus } = listDifference(rows, found.store[table] ?? []);
      return rowsInWords(table, missing, surplus);
    }),
  ];
}

function listDifference(
  expected: readonly string[],
  found: readonly string[],
): { readonly missing: readonly string[]; readonly surplus: readonly string[] } {
  return { missing: without(expected, found), surplus: without(found, expected) };
}

/** The members of a list that are not in another, each as often as it is there more. */
function without(list: readonly string[], other: readonly string[]): readonly string[] {
  const left = [...other];
  return list.filter((one) => {
    const at = left.indexOf(one);
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}

/** A row that is missing, held against that surplus one that is most like it. */
function rowsInWords(
  table: string,
  missing: readonly string[],
  surplus: readonly string[],
): readonly string[] {
  const left = [...surplus];
  const lines = missing.map((row) => {
    const [nearest] = left
      .map((other) => ({ other, columns: columnsDifferent(row, other) }))
      .toSorted((one, two) => one.columns.length - two.columns.length);
    if (nearest === undefined) return `${table}: missing ${short(row)}`;
    left.splice(left.indexOf(nearest.other), 1);
    return `${table}: ${nearest.columns.join("; ")}`;
  });
  return [...lines, ...left.map((row) => `${table}: surplus ${short(row)}`)];
}

function columnsDifferent(expected: string, found: string): readonly string[] {
  const other = new Map(columnsOf(found));
  return columnsOf(expected).flatMap(([column, value]) => {
    const there = other.get(column) ?? "nothing";
    if (there === value) return [];
    const at = [...value].findIndex((character, index) => there[index] !== character);
    const from = Math.max(0, at - 60);
    return [`${column} is ${short(there.slice(from))}, not ${short(value.slice(from))}`];
  });
}

function columnsOf(row: string): readonly (readonly [string, string])[] {
  const value: unknown = JSON.parse(row);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).map(([column, one]) => [column, JSON.stringify(one)]);
}

function short(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 160)}…`;
}
