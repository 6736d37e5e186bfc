import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import promises from "node:fs/promises";
import type { Strike } from "./strike.ts";

/** Where files may break, and by what; undefined: nowhere. */
export interface Breaking {
  /** Only calls about files below it break. */
  readonly folder: string;
  readonly strike: Strike;
}

const reading = ["readdirSync", "realpathSync", "statSync", "lstatSync", "openSync"] as const;
const writing = ["mkdirSync", "renameSync", "copyFileSync", "unlinkSync"] as const;
const byFile = ["readSync", "fstatSync"] as const;

/**
 * Puts breaking calls in the place of those of node:fs, in this whole process: whoever imported them gets
 * these. `breaking` is asked at each call. Gives back how to undo it.
 */
export function breakFiles(breaking: () => Breaking | undefined): () => void {
  const undo: (() => void)[] = [];
  const replace = (
    owner: object,
    name: string,
    wrap: (original: (...given: readonly unknown[]) => unknown) => unknown,
  ): void => {
    const original: unknown = Reflect.get(owner, name);
    if (typeof original !== "function") throw new Error(`node:fs has no ${name}`);
    Reflect.set(
      owner,
      name,
      wrap((...given) => Reflect.apply(original, owner, given)),
    );
    undo.push(() => Reflect.set(owner, name, original));
  };
  const openFiles = new Set<unknown>();

  for (const name of reading) {
    replace(fs, name, (original) => (...given: readonly unknown[]) => {
      const found = concerned(breaking(), given);
      found?.pass(`${name} ${String(given[0])}`);
      const result = original(...given);
      if (name === "openSync" && found !== undefined) openFiles.add(result);
      return result;
    });
  }
  for (const name of writing) {
    replace(fs, name, (original) => (...given: readonly unknown[]) => {
      const found = concerned(breaking(), given);
      found?.pass(`before ${name} ${String(given[0])}`);
      const result = original(...given);
      found?.pass(`after ${name} ${String(given[0])}`);
      return result;
    });
  }
  for (const name of byFile) {
    replace(fs, name, (original) => (...given: readonly unknown[]) => {
      const strike = openFiles.has(given[0]) ? breaking()?.strike : undefined;
      strike?.pass(`${name} of a file`);
      return original(...given);
    });
  }
  replace(fs, "closeSync", (original) => (...given: readonly unknown[]) => {
    openFiles.delete(given[0]);
    return original(...given);
  });
  // It never throws: whatever is wrong, it says that nothing is there.
  replace(fs, "existsSync", (original) => (...given: readonly unknown[]) => {
    const found = concerned(breaking(), given);
    try {
      found?.pass(`existsSync ${String(given[0])}`);
    } catch {
      return false;
    }
    return original(...given);
  });
  replace(promises, "open", (original) => async (...given: readonly unknown[]) => {
    const found = concerned(breaking(), given);
    found?.pass(`open ${String(given[0])}`);
    const handle: unknown = await original(...given);
    if (found !== undefined && typeof handle === "object" && handle !== null) {
      for (const name of ["read", "stat"]) {
        replace(handle, name, (call) => async (...parameters: readonly unknown[]) => {
          found.pass(`${name} of a file`);
          return call(...parameters);
        });
      }
    }
    return handle;
  });
  syncBuiltinESMExports();
  return () => {
    for (const one of undo.toReversed()) one();
    syncBuiltinESMExports();
  };
}

function concerned(breaking: Breaking | undefined, given: readonly unknown[]): Strike | undefined {
  if (breaking === undefined) return undefined;
  const { folder, strike } = breaking;
  const inside = given
    .slice(0, 2)
    .some((path) => typeof path === "string" && path.startsWith(folder));
  return inside ? strike : undefined;
}
