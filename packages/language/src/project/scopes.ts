import type { BareNameKind } from "../bind/context.ts";
import { report, type RawDiagnostic } from "../diagnostics/report.ts";
import type { Span } from "../span.ts";
import type { Placed } from "../tree/index.ts";
import { declarations, ruleWord } from "../vocabulary/declarations.ts";
import type { Entry, FileIndex } from "./declared.ts";
import type { Import } from "./imports.ts";

/** A declaration that is used by a bare name. */
export type BareEntry = Entry & {
  readonly kind: BareNameKind;
  readonly name: Placed<string>;
};

export function isBare(entry: Entry): entry is BareEntry {
  return declarations[entry.kind].named === "bare" && entry.name !== undefined;
}

/** Which bare names each file sees: its own, and the own ones of what it imports. */
export class Scopes {
  readonly #own = new Map<string, readonly BareEntry[]>();
  readonly #visible = new Map<string, ReadonlyMap<string, readonly BareEntry[]>>();

  constructor(indexes: readonly FileIndex[], imports: ReadonlyMap<string, readonly Import[]>) {
    for (const { file, entries } of indexes) this.#own.set(file.path, entries.filter(isBare));
    for (const { file } of indexes) {
      const names = new Map<string, BareEntry[]>();
      const paths = [file.path, ...(imports.get(file.path) ?? []).map(({ path }) => path)];
      for (const entry of paths.flatMap((path) => this.own(path))) {
        const same = names.get(entry.name.value);
        if (same === undefined) names.set(entry.name.value, [entry]);
        else same.push(entry);
      }
      this.#visible.set(file.path, names);
    }
  }

  own(file: string): readonly BareEntry[] {
    return this.#own.get(file) ?? [];
  }

  /** What the file sees under the name; several where that was reported. */
  find(file: string, name: string): readonly BareEntry[] {
    return this.#visible.get(file)?.get(name) ?? [];
  }

  namesOf(file: string, kind: BareNameKind): readonly string[] {
    const names: string[] = [];
    for (const [name, entries] of this.#visible.get(file) ?? []) {
      if (entries.some((entry) => entry.kind === kind)) names.push(name);
    }
    return names;
  }

  /** A declaration of that name in a file that this one does not import. */
  elsewhere(file: string, name: string): BareEntry | undefined {
    if (this.find(file, name).length > 0) return undefined;
    for (const entries of this.#own.values()) {
      const found = entries.find((entry) => entry.name.value === name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** Reports names that stand for two things: in a file, over imports, and in the whole project. */
export function reportDoubles(
  indexes: readonly FileIndex[],
  imports: ReadonlyMap<string, readonly Import[]>,
  scopes: Scopes,
  add: (finding: RawDiagnostic) => void,
): void {
  for (const { file } of indexes) {
    const seen = new Map<string, BareEntry>();
    for (const entry of scopes.own(file.path)) {
      const first = seen.get(entry.name.value);
      if (first === undefined) seen.set(entry.name.value, entry);
      else add(twice(first.name, entry.name, entry.kind));
    }
    for (const { path, span } of imports.get(file.path) ?? []) {
      const inFile = new Set<string>();
      for (const entry of scopes.own(path)) {
        const name = entry.name.value;
        const first = seen.get(name);
        if (inFile.has(name)) continue;
        inFile.add(name);
        if (first === undefined) seen.set(name, entry);
        else if (first.kind !== "mailbox" || entry.kind !== "mailbox") {
          add(seenTwice(name, span, first.name.span, entry.name.span));
        }
      }
    }
  }
  const entries = indexes.flatMap((index) => index.entries);
  for (const kind of ["agent", "process", "guarantee", "test"] as const) {
    const named = entries.filter((entry) => entry.kind === kind);
    const fold = kind === "agent";
    reportSame(
      named.flatMap(({ name }) => (name === undefined ? [] : [name])),
      kind,
      fold,
      add,
    );
  }
  // Of one file that was told above.
  const mailboxes = entries.filter((entry) => entry.kind === "mailbox");
  const firsts = new Map<string, Placed<string>>();
  for (const { name } of mailboxes) {
    if (name === undefined) continue;
    const first = firsts.get(name.value);
    if (first === undefined) firsts.set(name.value, name);
    else if (first.span.file !== name.span.file) add(twice(first, name, "mailbox"));
  }
  reportSame(
    indexes.flatMap(({ rules }) => rules),
    ruleWord,
    false,
    add,
  );
  const [first, ...more] = entries.filter((entry) => entry.kind === "helpdesk");
  for (const { line } of more) {
    const related = [
      { span: wordOf(first?.line.items[0]?.span, line.span), message: "the first stands here" },
    ];
    add(report("MC2018", wordOf(line.items[0]?.span, line.span), {}, { related }));
  }
}

function wordOf(word: Span | undefined, otherwise: Span): Span {
  return word ?? otherwise;
}

function reportSame(
  names: readonly Placed<string>[],
  kind: string,
  fold: boolean,
  add: (finding: RawDiagnostic) => void,
): void {
  const firsts = new Map<string, Placed<string>>();
  for (const name of names) {
    const key = fold ? name.value.toLowerCase() : name.value;
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, name);
    else add(twice(first, name, kind));
  }
}

function twice(first: Placed<string>, later: Placed<string>, kind: string): RawDiagnostic {
  const related = [{ span: first.span, message: "it is declared here first" }];
  return report("MC2002", later.span, { kind, name: later.value }, { related });
}

function seenTwice(name: string, at: Span, first: Span, second: Span): RawDiagnostic {
  const related = [
    { span: first, message: "one is declared here" },
    { span: second, message: "the other is declared here" },
  ];
  return report("MC2003", at, { name }, { related });
}
