#!/usr/bin/env node
// Plain JavaScript that any Node can read: it has to say what is wrong where the Node is too old.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import module, { createRequire } from "node:module";
import process from "node:process";

const needed = 24;

if (Number(process.versions.node.split(".")[0]) >= needed) {
  // What was compiled once is read the next time: half of a short run is compiling.
  module.enableCompileCache();
  const { main } = await import(code());
  process.exitCode = await main(process.argv.slice(2));
} else {
  const node = installedNode();
  if (node === undefined) {
    process.stderr.write(
      `mcrules needs Node ${needed} or later; this is ${process.versions.node}.\n` +
        `Install it, or run mcrules through npm in a project that depends on the package "node".\n`,
    );
    process.exitCode = 2;
  } else {
    const child = spawn(node, process.argv.slice(1), { stdio: "inherit" });
    const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    process.on("SIGINT", pass);
    process.on("SIGTERM", pass);
    child.on("exit", (code, signal) => {
      process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
    });
    child.on("error", (error) => {
      process.stderr.write(`mcrules could not start ${node}: ${error.message}\n`);
      process.exitCode = 2;
    });
  }
}

/**
 * The bundle, which starts fastest. In the repository what `tsc` compiled, where any package of it was
 * compiled after the bundle was made: nobody runs a program that is older than what they built last.
 */
function code() {
  const bundle = new URL("../bundle/main.js", import.meta.url);
  const compiled = new URL("../dist/main.js", import.meta.url);
  if (!existsSync(compiled)) return bundle.href;
  const made = changed(bundle);
  const packages = new URL("../../", import.meta.url);
  const newest = readdirSync(packages)
    .map((name) => changed(new URL(`${name}/dist/tsconfig.tsbuildinfo`, packages)))
    .reduce((latest, time) => Math.max(latest, time));
  return (newest < made ? bundle : compiled).href;
}

/** When a file was last written; 0 where there is none. */
function changed(/** @type {URL} */ file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The Node that the npm package `node` installed beside mcrules, where there is one. */
function installedNode() {
  try {
    return createRequire(import.meta.url).resolve("node/bin/node");
  } catch {
    return undefined;
  }
}
