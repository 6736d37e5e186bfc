import { compile, judge, type Judge } from "@mcrules/compiler";
import {
  checkProject,
  defaultConfiguration,
  renderDiagnostic,
  type CheckedProject,
  type ProjectFiles,
} from "@mcrules/language";

/** A project of one file that lies nowhere; whatever file it names is there. */
export function filesOf(text: string): ProjectFiles {
  const bytes = new TextEncoder().encode(text);
  return {
    sources: ["bench.mcrules"],
    read: (path) => (path === "bench.mcrules" ? bytes : { missing: true }),
    exists: () => true,
  };
}

/** Checks a project of one file. Throws where it has errors. */
export function checked(text: string): CheckedProject {
  const result = checkProject(filesOf(text), defaultConfiguration);
  const error = result.diagnostics.find(({ severity }) => severity === "error");
  if (error === undefined) return result;
  throw new Error(renderDiagnostic(error, () => text, { colour: false, width: 100 }));
}

/** The judge of a project of one file. */
export function judgeOf(text: string): Judge {
  const { project } = checked(text);
  if (project === undefined) throw new Error("The project of the benchmark has errors.");
  return judge(compile(project));
}
