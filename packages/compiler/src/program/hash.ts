import type { Program } from "./program.ts";
import { sha256 } from "./sha256.ts";

/** Where something stands, and how it was written: they say nothing of what is meant. */
const unmeant: ReadonlySet<string> = new Set(["at", "span", "expected", "hash"]);

/** JSON in which the order of properties does not count, and places and spelling are left out. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const properties = Object.entries(value)
    .filter(([name, one]) => one !== undefined && !unmeant.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => `${JSON.stringify(name)}:${canonicalJson(one)}`);
  return `{${properties.join(",")}}`;
}

/** SHA-256 of what a program means: comments, spelling and positions do not count. */
export function hashOf(program: Omit<Program, "hash">): string {
  return sha256(canonicalJson(program));
}
