import {
  createParser,
  entriesOfFile,
  finished,
  lineIndex,
  type Diagnostic,
  type Parser,
} from "@mcrules/language";
import { layout } from "./layout.ts";
import { difference } from "./sameness.ts";

export type FormatResult =
  | { readonly kind: "formatted"; readonly text: string }
  /** The text cannot be read as it was meant: nothing is formatted. */
  | { readonly kind: "syntax errors"; readonly diagnostics: readonly Diagnostic[] }
  /** The formatted text would not say the same: a fault of the formatter, and nothing is lost by it. */
  | { readonly kind: "refused"; readonly reason: string };

/**
 * The text of a file in the one format: LF line ends, UTF-8 without a byte-order mark, also where the file
 * had CRLF. What comes out is read again and compared; where it would not say the same, it is refused.
 * `path` is the file's name in messages; `parser` may be made once for many files.
 */
export function formatText(
  text: string,
  path: string,
  parser: Parser = createParser(),
): Promise<FormatResult> {
  return Promise.resolve(formatNow(text, path, parser));
}

/** As `formatText`, at once. */
export function formatNow(
  text: string,
  path: string,
  parser: Parser = createParser(),
): FormatResult {
  const file = parser.parse(path, text);
  const errors = file.diagnostics.filter((finding) => finding.severity === "error");
  if (errors.length > 0) {
    const index = lineIndex(file.text);
    return { kind: "syntax errors", diagnostics: errors.map((one) => finished(one, () => index)) };
  }
  const starts = entriesOfFile(file);
  const formatted = layout(file, starts);
  const again = parser.parse(path, formatted);
  const [broken] = again.diagnostics;
  const differs = broken?.message ?? difference(file, starts, again, entriesOfFile(again));
  return differs === undefined
    ? { kind: "formatted", text: formatted }
    : { kind: "refused", reason: differs };
}
