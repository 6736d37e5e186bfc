import { report, type ReportExtras } from "../diagnostics/report.ts";
import { compiledSize, mostInstructions } from "../pattern/compiled.ts";
import { namedGroups } from "../pattern/groups.ts";
import { parsePattern } from "../pattern/parse.ts";
import type { PatternProblem } from "../pattern/problem.ts";
import type { PatternSpan } from "../pattern/tree.ts";
import type { PatternItem } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import type { Pattern } from "../tree/index.ts";
import type { BindContext } from "./context.ts";
import { replacement } from "./suggestions.ts";

/** Binds a regular expression: RE2 syntax within the bound of size. What is wrong is reported where it stands. */
export function bindPattern(item: PatternItem, context: BindContext): Pattern | undefined {
  const flags = {
    i: item.flags.includes("i"),
    m: item.flags.includes("m"),
    s: item.flags.includes("s"),
  };
  if (item.source === "") {
    context.add(report("MC1307", item.span, {}));
    return undefined;
  }
  const hole = /(?<=^|[^\\])\$\{\$?\p{L}[^{}]*\}/u.exec(item.source);
  if (hole !== null) {
    const span = placeIn(item, { start: hole.index, end: hole.index + hole[0].length });
    context.add(report("MC1504", span, {}, { help: literalSigns }));
    return undefined;
  }
  const { tree, problem } = parsePattern(item.source, flags);
  if (problem !== undefined) {
    reportProblem(problem, item, context);
    return undefined;
  }
  const compiled = compiledSize(item.source, flags);
  if (compiled.kind === "refused") {
    const tooLarge = /repeat/.test(compiled.reason);
    const at = compiled.part === undefined ? -1 : item.source.indexOf(compiled.part);
    const span =
      at < 0 ? item.span : placeIn(item, { start: at, end: at + (compiled.part?.length ?? 0) });
    context.add(
      tooLarge
        ? report("MC1305", span, { size: "far more", most: mostInstructions })
        : report("MC1301", span, { problem: compiled.reason }),
    );
    return undefined;
  }
  if (compiled.instructions > mostInstructions) {
    const holes = { size: compiled.instructions, most: mostInstructions };
    context.add(report("MC1305", item.span, holes));
    return undefined;
  }
  return {
    kind: "pattern",
    span: item.span,
    source: item.source.replace(/\\([^])/g, (escape, character: string) =>
      character === "/" ? "/" : escape,
    ),
    flags,
    captures: namedGroups(tree).map((group) => ({
      value: group.name,
      span: placeIn(item, group.nameSpan),
      end: placeIn(item, group.span).end,
    })),
  };
}

const literalSigns = "Write the value out; the signs themselves are written \\$\\{.";

/** Where a part of a pattern's source stands in the file. */
function placeIn(item: PatternItem, span: PatternSpan): Span {
  const start = item.span.start + 1;
  return { file: item.span.file, start: start + span.start, end: start + span.end };
}

function reportProblem(problem: PatternProblem, item: PatternItem, context: BindContext): void {
  const span = placeIn(item, problem.span);
  const extras: ReportExtras = {
    ...(problem.help === undefined ? {} : { help: problem.help }),
    fixes:
      problem.instead === undefined
        ? []
        : [replacement(`Write ${problem.instead}`, span, problem.instead)],
  };
  switch (problem.kind) {
    case "look-around":
      context.add(report("MC1302", span, { what: problem.what }, extras));
      return;
    case "back-reference":
      context.add(report("MC1303", span, { what: problem.what }, extras));
      return;
    case "escape":
      context.add(report("MC1304", span, { escape: problem.what }, extras));
      return;
    case "python group":
      context.add(report("MC1306", span, {}, extras));
      return;
    case "syntax":
      context.add(report("MC1301", span, { problem: problem.what }, extras));
      return;
  }
}
