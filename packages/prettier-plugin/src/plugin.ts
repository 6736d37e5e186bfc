import type { Parser, Plugin, Printer, SupportLanguage } from "prettier";
import * as doc from "prettier/doc";
import { formatNow } from "./format.ts";

/** What Prettier hands from the parser to the printer: the whole file, formatted. */
interface Formatted {
  readonly kind: "formatted";
  readonly text: string;
  readonly end: number;
}

export const languages: SupportLanguage[] = [
  {
    name: "mcrules",
    parsers: ["mcrules"],
    extensions: [".mcrules"],
    vscodeLanguageIds: ["mcrules"],
  },
];

const parser: Parser<Formatted> = {
  astFormat: "mcrules",
  locStart: () => 0,
  locEnd: (node) => node.end,
  parse: (text, options) => {
    const result = formatNow(text, options.filepath ?? "text");
    switch (result.kind) {
      case "formatted":
        return { kind: "formatted", text: result.text, end: text.length };
      case "syntax errors":
        throw syntaxError(result.diagnostics[0]);
      case "refused":
        throw new Error(`left as it is: ${result.reason}`);
      default:
        return result satisfies never;
    }
  },
};

/** Prettier shows the place of an error that has a `loc`. */
function syntaxError(
  diagnostic:
    | {
        readonly message: string;
        readonly line: number;
        readonly column: number;
        readonly endLine: number;
        readonly endColumn: number;
      }
    | undefined,
): SyntaxError {
  if (diagnostic === undefined) return new SyntaxError("the file cannot be read");
  const { message, line, column, endLine, endColumn } = diagnostic;
  const error = new SyntaxError(`${message} (${line}:${column})`);
  return Object.assign(error, {
    loc: { start: { line, column }, end: { line: endLine, column: endColumn } },
  });
}

const { hardline, literalline } = doc.builders;

const printer: Printer<Formatted> = {
  print: (path) => {
    const lines = path.node.text.split("\n");
    // A hard line takes blanks at the end of the line before away, which may belong to a text.
    return lines.map((line, index) => {
      const before = lines[index - 1];
      if (before === undefined) return line;
      return [/[ \t]$/.test(before) ? literalline : hardline, line];
    });
  },
};

export const parsers: NonNullable<Plugin["parsers"]> = { mcrules: parser };
export const printers: NonNullable<Plugin["printers"]> = { mcrules: printer };
