/**
 * Makes what `npm pack` packs and the repository's own `mcrules` runs: the command line, the thread
 * that reads mail, and all they stand on in a few files. So the package has no dependencies and
 * installs without a network, and a start loads a few files instead of hundreds.
 */
import { build, type Metafile } from "esbuild";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";

const here = import.meta.dirname;
const folder = join(here, "bundle");
const begun = new Date();

const { metafile, outputFiles } = await build({
  absWorkingDir: here,
  // The thread's file has to lie beside the code that starts it.
  entryPoints: { main: "src/main.ts", contentWorker: "../mail/src/contentWorker.ts" },
  outdir: folder,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node24",
  conditions: ["mcrules-source"],
  // Packages in CommonJS ask for Node's own modules by `require`.
  banner: {
    js: 'import { createRequire as mcrulesRequire } from "node:module"; const require = mcrulesRequire(import.meta.url);',
  },
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "warning",
});
const made = new Map<string, Uint8Array>(
  outputFiles.map(({ path, contents }) => [basename(path), contents]),
);
made.set("THIRD-PARTY-LICENSES.txt", new TextEncoder().encode(licences(metafile)));
mkdirSync(folder, { recursive: true });
// A file is whole at once, and the entries, which name the others, come last: they may be run in this moment.
for (const [name, contents] of [...made].toSorted(
  ([one], [other]) => Number(isEntry(one)) - Number(isEntry(other)),
)) {
  place(join(folder, name), contents);
}
for (const name of readdirSync(folder)) {
  if (!made.has(name)) rmSync(join(folder, name), { recursive: true });
}
// The command runs what is newer, this or what `tsc` compiled. What changed while this was made may not be in it.
utimesSync(join(folder, "main.js"), begun, begun);

function isEntry(name: string): boolean {
  return name === "main.js" || name === "contentWorker.js";
}

/** Writes a file where it is not there already, byte for byte. */
function place(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  const whole = `${path}.${process.pid}`;
  writeFileSync(whole, contents);
  renameSync(whole, path);
}

/** The licence texts of the packages that went into the bundle. */
function licences(meta: Metafile): string {
  const folders = new Set<string>();
  for (const output of Object.values(meta.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
      const found = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
      if (found !== undefined && bytesInOutput > 0) folders.add(join(here, found));
    }
  }
  return [...folders]
    .toSorted()
    .map(licenceOf)
    .join(`\n${"=".repeat(80)}\n\n`);
}

function licenceOf(packageFolder: string): string {
  const file = readdirSync(packageFolder).find((name) => /^licen[cs]e/i.test(name));
  const description: unknown = JSON.parse(
    readFileSync(join(packageFolder, "package.json"), "utf8"),
  );
  const [name, version, licence] = ["name", "version", "license"].map((key) =>
    textAt(description, key),
  );
  const text =
    file === undefined
      ? "The package holds no text of its licence.\n"
      : readFileSync(join(packageFolder, file), "utf8");
  return `${name} ${version} (${licence})\n\n${text}`;
}

function textAt(value: unknown, key: string): string {
  if (typeof value !== "object" || value === null) return "unknown";
  const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof found === "string" ? found : "unknown";
}
