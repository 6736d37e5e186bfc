import { report, type RawDiagnostic } from "../diagnostics/report.ts";
import type { Placed } from "../tree/index.ts";
import type { FileProblem } from "./context.ts";

/** What is wrong with a file that a text names. */
export function fileProblem(problem: FileProblem, path: Placed<string>): RawDiagnostic {
  switch (problem.kind) {
    case "missing": {
      const { near } = problem;
      const extras = near === undefined ? {} : { help: `Do you mean "${near}"?` };
      return report("MC2014", path.span, { path: path.value }, extras);
    }
    case "outside":
      return report("MC2015", path.span, { path: path.value });
    case "unreadable":
      return report("MC2016", path.span, { path: path.value, reason: problem.reason });
    default: {
      const none: never = problem;
      return none;
    }
  }
}
