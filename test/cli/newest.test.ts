import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const command = join(import.meta.dirname, "../../packages/cli/bin/mcrules.js");
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mcrules-newest-"));
  write("package.json", '{ "type": "module" }\n', 0);
  mkdirSync(join(folder, "packages/cli/bin"), { recursive: true });
  cpSync(command, join(folder, "packages/cli/bin/mcrules.js"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file that was written that many seconds after the first. */
function write(path: string, text: string, second: number): void {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text);
  utimesSync(whole, 1_700_000_000 + second, 1_700_000_000 + second);
}

function program(path: string, second: number): void {
  const name = JSON.stringify(path.split("/")[2]);
  write(path, `export function main() {\n  console.log(${name});\n  return 0;\n}\n`, second);
}

function run(): string {
  const bin = join(folder, "packages/cli/bin/mcrules.js");
  return spawnSync(process.execPath, [bin], { encoding: "utf8" }).stdout.trim();
}

describe("the command runs", () => {
  it("the bundle, where nothing else is there, as in the package", () => {
    program("packages/cli/bundle/main.js", 0);
    expect(run()).toBe("bundle");
  });

  it("what was compiled, where there is no bundle", () => {
    program("packages/cli/dist/main.js", 0);
    expect(run()).toBe("dist");
  });

  it("the bundle, where it was made after everything was compiled", () => {
    program("packages/cli/dist/main.js", 1);
    write("packages/cli/dist/tsconfig.tsbuildinfo", "{}", 1);
    write("packages/mail/dist/tsconfig.tsbuildinfo", "{}", 2);
    program("packages/cli/bundle/main.js", 3);
    expect(run()).toBe("bundle");
  });

  it("what was compiled, where any package was compiled after the bundle was made", () => {
    program("packages/cli/dist/main.js", 1);
    write("packages/cli/dist/tsconfig.tsbuildinfo", "{}", 1);
    program("packages/cli/bundle/main.js", 2);
    write("packages/mail/dist/tsconfig.tsbuildinfo", "{}", 3);
    expect(run()).toBe("dist");
  });
});
