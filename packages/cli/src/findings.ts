import { resolve } from "node:path";
import type { Diagnostic } from "@mcrules/language";
import { contains, shownIn, type LoadedProject } from "./project.ts";

/**
 * The findings of a project with their files as they are shown; `only` limits them to absolute
 * paths, none: all.
 */
export function shownFindings(
  project: LoadedProject,
  only: readonly string[] = [],
): readonly Diagnostic[] {
  const shownFile = <T extends { readonly file: string }>(place: T): T => ({
    ...place,
    file: shownIn(project.root, place.file),
  });
  return project.diagnostics
    .filter(
      ({ file }) =>
        only.length === 0 || only.some((path) => contains(path, resolve(project.root, file))),
    )
    .map((diagnostic) => ({
      ...shownFile(diagnostic),
      ...(diagnostic.related === undefined ? {} : { related: diagnostic.related.map(shownFile) }),
    }));
}

/** The texts of projects by their files as they are shown, for the excerpts of findings. */
export function sourceTexts(projects: readonly LoadedProject[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const project of projects) {
    for (const file of project.checked.files) {
      texts.set(shownIn(project.root, file.path), file.text);
    }
  }
  return texts;
}
