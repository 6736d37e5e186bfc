import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  checkProject,
  defaultConfiguration,
  lineIndex,
  positionOf,
  type Diagnostic,
  type ProjectFiles,
  type Position,
} from "../../packages/language/src/index.ts";
import { mutantsOf, type Mutant } from "./mutants.ts";

const examples = join(import.meta.dirname, "../../examples");
/** Set for a run over every mutant, not only over some of them. */
const long = process.env["MCRULES_LONG"] === "1";
/** Where the sample begins: each day has its own. */
const seed = Number(process.env["MCRULES_SEED"] ?? Math.floor(Date.now() / 86_400_000));
const mostOfAFile = 8;
const mostMessages = 3;

type Fix = NonNullable<Diagnostic["fixes"]>[number];
type FileContent = ReturnType<ProjectFiles["read"]>;

/** The files of an example, each read once. */
function exampleAt(folder: string) {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const known = new Map<string, FileContent>();
  const read = (path: string): FileContent => {
    const content =
      known.get(path) ??
      (existsSync(join(folder, path))
        ? new Uint8Array(readFileSync(join(folder, path)))
        : { missing: true as const });
    known.set(path, content);
    return content;
  };
  return {
    sources: paths.filter((path) => path.endsWith(".mcrules")),
    read,
    exists: (path: string) => existsSync(join(folder, path)),
  };
}

function sample<T>(all: readonly T[]): readonly T[] {
  if (long) return all;
  const even = Math.max(1, Math.floor(all.length / mostOfAFile));
  // Kinds of mistakes follow each other by threes: each of them is to come up.
  const step = even % 3 === 0 ? even - 1 : even;
  return all.filter((_, index) => index % step === seed % step);
}

/** Whether a finding, what it points to or what it would change stands within a line of the mistake. */
function isNear(finding: Diagnostic, mutant: Mutant, path: string): boolean {
  const index = lineIndex(mutant.text);
  const near = ({ file, line, endLine }: Position): boolean =>
    file === path && endLine >= mutant.firstLine - 1 && line <= mutant.lastLine + 1;
  const edits = (finding.fixes ?? []).flatMap((fix) => fix.edits);
  return [
    finding,
    ...(finding.related ?? []),
    ...edits.filter(({ file }) => file === path).map((edit) => positionOf(edit, index)),
  ].some(near);
}

/** What is wrong with the findings of a mutant, for a person; nothing where all is well. */
function troubleWith(
  findings: readonly Diagnostic[],
  mutant: Mutant,
  path: string,
): readonly string[] {
  const { kind, image, firstLine } = mutant;
  const strange = findings.some((one) => !isNear(one, mutant, path));
  if (findings.length <= mostMessages && !strange) return [];
  const list = findings.map(
    ({ file, line, code, message }) => `${file}:${line} ${code} ${message}`,
  );
  return [`line ${firstLine}, ${kind} ${image}: ${list.join("; ")}`];
}

function isSame(one: Diagnostic, other: Diagnostic): boolean {
  const { file, line, column, message } = other;
  return one.file === file && one.line === line && one.column === column && one.message === message;
}

/** The text with the edits of the fix, all of which are of this file. */
function mended(text: string, { edits }: Fix): string {
  return edits
    .toSorted((one, other) => other.start - one.start || other.end - one.end)
    .reduce(
      (left, { start, end, text: put }) => left.slice(0, start) + put + left.slice(end),
      text,
    );
}

describe("any one token deleted, doubled or swapped is told within a line of it, in three messages at most", () => {
  if (!long) {
    console.log(
      `mutations: about ${mostOfAFile} of each file, MCRULES_SEED=${seed}; all of them with MCRULES_LONG=1`,
    );
  }
  const files = readdirSync(examples).flatMap((example) => {
    const project = exampleAt(join(examples, example));
    return project.sources.map((path) => [`${example}/${path}`, project, path] as const);
  });

  test.each(files)(
    "examples/%s: each fix takes its finding away",
    { timeout: long ? 3_600_000 : 120_000 },
    (_, project, path) => {
      const content = project.read(path);
      if (!(content instanceof Uint8Array)) throw new Error(`${path} cannot be read`);
      const check = (text: string) => {
        const bytes = new TextEncoder().encode(text);
        const read = (one: string) => (one === path ? bytes : project.read(one));
        return checkProject({ ...project, read }, defaultConfiguration).diagnostics;
      };
      const trouble = sample(mutantsOf(new TextDecoder().decode(content))).flatMap((mutant) =>
        check(mutant.text).flatMap((finding) =>
          (finding.fixes ?? [])
            .filter(({ edits }) => edits.every(({ file }) => file === path))
            .filter((fix) => check(mended(mutant.text, fix)).some((left) => isSame(left, finding)))
            .map(
              ({ title }) =>
                `line ${mutant.firstLine}, ${mutant.kind} ${mutant.image}: ${finding.message}: ${title}`,
            ),
        ),
      );
      expect(trouble).toEqual([]);
    },
  );

  test.each(files)("examples/%s", { timeout: long ? 3_600_000 : 60_000 }, (_, project, path) => {
    const content = project.read(path);
    if (!(content instanceof Uint8Array)) throw new Error(`${path} cannot be read`);
    const mutants = mutantsOf(new TextDecoder().decode(content));
    const trouble = sample(mutants).flatMap((mutant) => {
      const bytes = new TextEncoder().encode(mutant.text);
      const changed = {
        ...project,
        read: (one: string) => (one === path ? bytes : project.read(one)),
      };
      return troubleWith(checkProject(changed, defaultConfiguration).diagnostics, mutant, path);
    });
    expect(trouble).toEqual([]);
  });
});
