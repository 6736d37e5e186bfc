import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format, inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SourceOutage } from "@mcrules/handling";
import { readSecret, Secret } from "./secret.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mcrules-secret-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

const whose = 'the password of mailbox "support"';
const value = (secret: Secret) => secret.use((text) => text);

describe("a secret", () => {
  it("is printed as dots, however it is printed", () => {
    const secret = new Secret("sesame");
    const printed = [
      String(secret),
      `it is ${secret.toString()}`,
      JSON.stringify({ secret }),
      inspect({ deep: [secret] }, { showHidden: true, depth: 9 }),
      format("%s %o %j", secret, secret, secret),
      new Error(`failed: ${secret.toString()}`).stack ?? "",
      JSON.stringify(Object.entries(secret)),
    ];
    expect(printed.filter((text) => text.includes("sesame"))).toEqual([]);
    expect(printed.slice(0, 3)).toEqual(["•••", "it is •••", '{"secret":"•••"}']);
    expect(value(secret)).toBe("sesame");
  });

  it("is read from the environment and from a file, without the last line end", () => {
    vi.stubEnv("MCRULES_TEST_SECRET", " sesame\n");
    expect(value(readSecret(root, { kind: "env", name: "MCRULES_TEST_SECRET" }, whose))).toBe(
      " sesame\n",
    );
    for (const [text, read] of [
      ["sesame\n", "sesame"],
      ["sesame\r\n", "sesame"],
      ["two\nlines\n\n", "two\nlines\n"],
      [" blank ", " blank "],
    ] as const) {
      writeFileSync(join(root, "password"), text);
      expect(value(readSecret(root, { kind: "file", path: "password" }, whose))).toBe(read);
    }
  });

  it("that is missing is told by its name and what it is for", () => {
    vi.stubEnv("MCRULES_TEST_SECRET", "");
    writeFileSync(join(root, "password"), "\n");
    const told = (place: Parameters<typeof readSecret>[1]) => {
      try {
        readSecret(root, place, whose);
      } catch (error) {
        return error instanceof SourceOutage ? error.message : "";
      }
      return "";
    };
    expect(told({ kind: "env", name: "MCRULES_TEST_SECRET" })).toBe(
      `The environment's variable MCRULES_TEST_SECRET is empty: it holds ${whose}.`,
    );
    expect(told({ kind: "env", name: "MCRULES_NO_SUCH" })).toContain("MCRULES_NO_SUCH is not set");
    expect(told({ kind: "file", path: "password" })).toContain("password is empty");
    expect(told({ kind: "file", path: "none" })).toContain("there is nothing at that path");
  });
});
