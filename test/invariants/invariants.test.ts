import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageSources, repository } from "./sources.ts";

const sources = packageSources();
const production = sources.filter(({ isTest }) => !isTest);

/** Who may import whom. `types` stands for imports of types alone. */
const mayImport: Readonly<
  Record<string, { readonly values: readonly string[]; readonly types?: readonly string[] }>
> = {
  language: { values: [] },
  mail: { values: [] },
  helpdesk: { values: [] },
  compiler: { values: ["language"], types: ["mail"] },
  handling: { values: ["compiler", "helpdesk", "mail"], types: ["language"] },
  runtime: { values: ["compiler", "handling", "helpdesk", "mail"], types: ["language"] },
  testing: { values: ["compiler", "handling", "helpdesk", "language", "mail"] },
  "prettier-plugin": { values: ["language"] },
  cli: {
    values: [
      "compiler",
      "handling",
      "helpdesk",
      "language",
      "mail",
      "prettier-plugin",
      "runtime",
      "testing",
    ],
  },
};

function findings(
  check: (source: (typeof sources)[number]) => readonly string[],
): readonly string[] {
  return production.flatMap((source) => check(source).map((what) => `${source.path}: ${what}`));
}

describe("invariant 1, text and meaning", () => {
  const pure = production.filter(({ package: name }) => name === "language" || name === "compiler");

  test("language and compiler import no file system, network or database", () => {
    const impure = pure.flatMap(({ path, imports }) =>
      imports.filter(({ from }) => from.startsWith("node:")).map(({ from }) => `${path}: ${from}`),
    );
    expect(impure).toEqual([]);
  });

  test("language and compiler ask no clock and roll no dice", () => {
    const effects =
      /\b(Date\.now|new Date\(\)|Math\.random|performance\.now|process\.(?:env|argv|exit|cwd|hrtime|stdout)|crypto\.|setTimeout|fetch)\b/;
    expect(
      pure.filter(({ text }) => effects.test(withoutComments(text))).map(({ path }) => path),
    ).toEqual([]);
  });
});

test("invariant 3, one judge: only handling asks it, so that no command can tell another story", () => {
  const judges = findings(({ package: name, text }) =>
    name !== "compiler" && name !== "handling" && /\.decide\(/.test(text) ? ["calls decide"] : [],
  );
  expect(judges).toEqual([]);
});

test("invariant 6, one vocabulary: the binder reads no word that it writes down itself", () => {
  const written = findings(({ path, text }) =>
    path.startsWith("packages/language/src/bind/")
      ? [...text.matchAll(/\.(?:takePhrase|isPhrase|takeOneOf)\(\s*\[?\s*"[^"]*"/g)].map(
          ([match]) => match,
        )
      : [],
  );
  expect(written).toEqual([]);
});

describe("invariant 8, who imports whom", () => {
  test("packages import only what stands below them", () => {
    const wrong = findings(({ package: name, imports }) => {
      const allowed = mayImport[name];
      return imports
        .map(({ from, typeOnly }) => ({
          to: /^@mcrules\/([a-z-]+)/.exec(from)?.[1],
          typeOnly,
          from,
        }))
        .filter(({ to, typeOnly }) => {
          if (to === undefined || to === name) return false;
          if (allowed === undefined) return true;
          return !(allowed.values.includes(to) || (typeOnly && (allowed.types ?? []).includes(to)));
        })
        .map(({ from }) => `imports ${from}`);
    });
    expect(wrong).toEqual([]);
  });

  test("a package is entered through its index alone", () => {
    const deep = findings(({ imports }) =>
      imports
        .filter(
          ({ from }) => /^@mcrules\/[a-z-]+\//.test(from) || /\.\.\/[a-z-]+\/src\//.test(from),
        )
        .map(({ from }) => `imports ${from}`),
    );
    expect(deep).toEqual([]);
  });
});

describe("the house", () => {
  test("no file is called util, helper, common, manager or misc", () => {
    const named = sources.filter(({ path }) =>
      /(^|[/.-])(utils?|helpers?|common|manager|misc)([/.-]|$)/i.test(path),
    );
    expect(named.map(({ path }) => path)).toEqual([]);
  });

  test("no type is silenced", () => {
    const silenced = findings(({ text }) => {
      const code = withoutComments(text);
      return [...code.matchAll(/\bas unknown as\b|@ts-(?:ignore|expect-error)/g)].map(
        ([match]) => match,
      );
    });
    expect(silenced).toEqual([]);
  });

  test("nothing stands at the top but what belongs there", () => {
    const there = readdirSync(repository).filter(
      (name) => !name.startsWith(".") && name !== "node_modules",
    );
    expect(there.toSorted()).toEqual(
      [
        "README.md",
        "docs",
        "examples",
        "grammar",
        "package-lock.json",
        "package.json",
        "packages",
        "test",
        "tsconfig.json",
        "vitest.config.ts",
        "vscode-extension",
      ].toSorted(),
    );
  });

  test("the lock file names no download address", () => {
    const lock = readFileSync(join(repository, "package-lock.json"), "utf8");
    expect(lock.match(/"resolved": "https?:[^"]*"/g) ?? []).toEqual([]);
  });

  test("every dependency has its line of reason", () => {
    const reasons = readFileSync(join(repository, "docs/dependencies.md"), "utf8");
    const manifests = [
      "package.json",
      ...Object.keys(mayImport).map((name) => `packages/${name}/package.json`),
    ];
    const names = new Set(manifests.flatMap(dependenciesOf));
    const without = [...names].filter(
      (name) => !name.startsWith("@mcrules/") && !reasons.includes(`\`${name}\``),
    );
    expect(without).toEqual([]);
  });
});

function dependenciesOf(manifest: string): readonly string[] {
  const value: unknown = JSON.parse(readFileSync(join(repository, manifest), "utf8"));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => key === "dependencies" || key === "devDependencies")
    .flatMap(([, list]) => (typeof list === "object" && list !== null ? Object.keys(list) : []));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}
