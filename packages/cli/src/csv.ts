import { readFileSync } from "node:fs";
import { CsvError, parse } from "csv-parse/sync";
import { CannotRun, fileTrouble } from "./failure.ts";

/**
 * The rows of a CSV file (RFC 4180; comma, semicolon or tab) with a heading, as maps from column to value.
 * @throws CannotRun with the line where it is not as it must be, or a wanted column is missing.
 */
export function readCsv(
  path: string,
  wanted: readonly string[],
): readonly ReadonlyMap<string, string>[] {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError) {
      throw new CannotRun(`${path} is no text in UTF-8`, "Save it as CSV in UTF-8 and try again.");
    }
    throw fileTrouble(error, path) ?? error;
  }
  let rows: readonly (readonly string[])[];
  try {
    rows = parse(text, {
      bom: true,
      delimiter: [",", ";", "\t"],
      trim: true,
      skip_empty_lines: true,
      relax_column_count_less: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CannotRun(`${path} is no CSV: ${error.message}`);
  }
  const heading = (rows[0] ?? []).map((name) => name.toLowerCase());
  const missing = wanted.find((name) => !heading.includes(name));
  if (missing !== undefined) {
    throw new CannotRun(
      `${path} has no column "${missing}"`,
      `The first line names the columns: ${wanted.join(",")}.`,
    );
  }
  return rows
    .slice(1)
    .map((row) => new Map(heading.map((name, index) => [name, row[index] ?? ""])));
}
