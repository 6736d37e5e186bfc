#!/usr/bin/env node
// Plain JavaScript that any Node can read: it has to say what is wrong where the Node is too old.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
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

/** Where the repository has compiled it; else the bundle of the package. */
function code() {
  const compiled = new URL("../dist/main.js", import.meta.url);
  return (existsSync(compiled) ? compiled : new URL("../bundle/main.js", import.meta.url)).href;
}

/** The Node that the npm package `node` installed beside mcrules, where there is one. */
function installedNode() {
  try {
    return createRequire(import.meta.url).resolve("node/bin/node");
  } catch {
    return undefined;
  }
}
