import { describe, expect, test } from "vitest";
import { checkFixture, readFixture, type Fixture } from "../fixture.ts";
import { renderDiagnostic } from "./render.ts";
import type { DiagnosticRow } from "./report.ts";
import { diagnosticTable } from "./table.ts";

/**
 * The wrong example of each row behind tabs, an emoji and line ends of Windows: whoever counts bytes
 * or code points where UTF-16 units or columns are meant shows another place.
 */
function behindWideLines({ files, ...rest }: Fixture): Fixture {
  const wide = (text: string): string =>
    `# 🔥\tthe fire\n${text}`
      .replaceAll(/^(?: {2})+/gm, (blanks) => "\t".repeat(blanks.length / 2))
      .replaceAll("\n", "\r\n");
  return {
    ...rest,
    files: new Map(
      [...files].map(([path, text]) => [path, path.endsWith(".mcrules") ? wide(text) : text]),
    ),
  };
}

/** What a person sees, and what a program reads. */
function shown(fixture: Fixture): string {
  const { diagnostics } = checkFixture(fixture);
  const options = { colour: false, width: 80 };
  return diagnostics
    .map((one) => {
      const text = renderDiagnostic(one, (file) => fixture.files.get(file), options);
      return `${text}${JSON.stringify(one, undefined, 1)}`;
    })
    .join("\n");
}

const rows: readonly (readonly [string, DiagnosticRow])[] = Object.entries(diagnosticTable);

describe("each finding as people and programs see it", () => {
  // What is proved of all mails is found by the compiler.
  const here = rows.filter(([code, { wrong }]) => wrong !== "" && !code.startsWith("MC32"));

  test.each(here)("%s", (code, { wrong }) => {
    const fixture = behindWideLines(readFixture(wrong));
    const codes = checkFixture(fixture).diagnostics.map((one) => one.code);
    expect([...new Set(codes)]).toEqual([code]);
    expect(shown(fixture)).toMatchSnapshot();
  });
});
