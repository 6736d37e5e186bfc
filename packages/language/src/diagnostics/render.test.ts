import { describe, expect, test } from "vitest";
import { finished } from "../finished.ts";
import { lineIndex } from "../positions.ts";
import { parseFile } from "../shape/parse.ts";
import { renderDiagnostic } from "./render.ts";

const plain = { colour: false, width: 80 };

/** All findings of a text, as a person sees them. */
function rendered(text: string, options = plain): string {
  const file = parseFile("rules/support.mcrules", text);
  const index = lineIndex(file.text);
  return file.diagnostics
    .map((finding) =>
      renderDiagnostic(
        finished(finding, () => index),
        file.text,
        options,
      ),
    )
    .join("\n");
}

describe("a finding for a person", () => {
  test("names code, place, line and help", () => {
    expect(rendered('list a = "x\n')).toMatchInlineSnapshot(`
      "error MC1001 unclosed-text
      This text is not closed: a \`"\` was expected before the end of the line.
       --> rules/support.mcrules:1:10
        |
      1 | list a = "x
        |          ^^
        |
        = help: Put a \`"\` where the text ends. A text over several lines stands
                between \`"""\` and \`"""\`.
      "
    `);
  });

  test("marks the place behind tabs, emoji and wide letters, with CRLF", () => {
    expect(rendered('a {\r\n\tb "🔥日本e\u0301" @\r\n}\r\n')).toMatchInlineSnapshot(`
      "error MC1050 stray-character
      \`@\` means nothing here.
       --> rules/support.mcrules:2:13
        |
      2 |     b "🔥日本é" @
        |                 ^
        |
        = help: A text stands in quotes; a comment begins with \`#\`.
      "
    `);
  });

  test("says what the fix does where nothing else says how to mend it", () => {
    const finding = finished(
      {
        code: "MC1124",
        severity: "error",
        span: { file: "a.mcrules", start: 9, end: 12 },
        message: "a text stands in quotes: Low does not",
        help: undefined,
        related: [],
        fixes: [
          {
            title: 'Write "Low"',
            edits: [{ span: { file: "a.mcrules", start: 9, end: 12 }, text: '"Low"' }],
          },
        ],
      },
      () => lineIndex("priority Low"),
    );
    expect(renderDiagnostic(finding, "priority Low", plain)).toContain('= help: Write "Low".');
    expect(renderDiagnostic({ ...finding, help: "Quote it." }, "priority Low", plain)).toContain(
      "= help: Quote it.",
    );
  });

  test("shows related places", () => {
    expect(rendered('mailbox a {\n  files "mail"\n\nmailbox b {\n  files "mail"\n}\n'))
      .toMatchInlineSnapshot(`
      "error MC1010 unclosed-brace
      This \`{\` is not closed: \`}\` was expected.
       --> rules/support.mcrules:1:11
        |
      1 | mailbox a {
        |           ^
       ::: rules/support.mcrules:2:15
      2 |   files "mail"
        |               - it is taken to end here
        |
        = help: Put a \`}\` on a line of its own, indented as the line that opens the
                block.
      "
    `);
  });

  test("cuts long lines around the place and wraps what it says", () => {
    const text = `a ${"word ".repeat(40)}; ${"word ".repeat(40)}\n`;
    expect(rendered(text, { colour: false, width: 50 })).toMatchInlineSnapshot(`
      "error MC1051 stray-separator
      \`;\` parts nothing in this language.
       --> rules/support.mcrules:1:203
        |
      1 | …word word word ; word word word word word wo…
        |                 ^
        |
        = help: Only a blank stands between a word and
                its value, and a line end ends an entry.
      "
    `);
  });

  test("shows control characters as pictures, so that a file cannot steer the terminal", () => {
    const shown = rendered('a "\u001b[2J\u202e" @\n', { colour: false, width: 80 });
    expect(shown).toContain("␛[2J");
    expect(shown).not.toMatch(/[\u001b\u202e]/);
  });

  test("has colours only where they are wanted", () => {
    expect(rendered("a @\n", { colour: true, width: 80 })).toContain("\u001b[1;31merror MC1050");
    expect(rendered("a @\n")).not.toContain("\u001b");
  });

  test("names places of files whose text is not at hand", () => {
    const place = { file: "a.mcrules", line: 3, column: 5, endLine: 3, endColumn: 8 };
    const finding = {
      ...place,
      code: "MC9999",
      severity: "warning",
      message: "one name twice",
      related: [{ ...place, file: "b.mcrules", line: 7, message: "first declared here" }],
    } as const;
    expect(renderDiagnostic(finding, undefined, plain)).toMatchInlineSnapshot(`
      "warning MC9999
      one name twice
       --> a.mcrules:3:5
       ::: b.mcrules:7:5: first declared here
      "
    `);
    const sources = (file: string) =>
      file === "b.mcrules" ? `${"\n".repeat(6)}list vip = []` : undefined;
    expect(renderDiagnostic(finding, sources, plain)).toMatchInlineSnapshot(`
      "warning MC9999
      one name twice
       --> a.mcrules:3:5
       ::: b.mcrules:7:5
      7 | list vip = []
        |     --- first declared here
      "
    `);
  });
});
