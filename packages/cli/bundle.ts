/**
 * Makes what `npm pack` packs: the command line, the thread that reads mail, and all they stand on in
 * a few files, so that the package has no dependencies and installs without a network.
 */
import { build, type Metafile } from "esbuild";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const folder = join(here, "bundle");

rmSync(folder, { recursive: true, force: true });
const { metafile } = await build({
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
  logLevel: "warning",
});
writeFileSync(join(folder, "THIRD-PARTY-LICENSES.txt"), licences(metafile));

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
