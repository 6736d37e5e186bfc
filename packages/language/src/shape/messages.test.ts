import { expect, test } from "vitest";
import { textTable } from "../diagnostics/text.ts";
import { finished } from "../finished.ts";
import { lineIndex } from "../positions.ts";
import { renderDiagnostic } from "../diagnostics/render.ts";
import { parseFile } from "./parse.ts";

test("each finding about text, as a person sees it", () => {
  const rows = Object.entries(textTable).filter(([code]) => code !== "MC1060" && code !== "MC1020");
  const shown = rows.map(([, row]) => {
    const file = parseFile("support.mcrules", row.wrong);
    const index = lineIndex(file.text);
    return file.diagnostics
      .map((finding) =>
        renderDiagnostic(
          finished(finding, () => index),
          file.text,
          { colour: false, width: 80 },
        ),
      )
      .join("");
  });
  expect(shown.join("\n")).toMatchSnapshot();
});
