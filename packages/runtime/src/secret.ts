import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { inspect } from "node:util";
import { SourceOutage } from "@mcrules/handling";
import { fileReason } from "./files/trouble.ts";

const masked = "•••";

/** A value that nobody may see: however it is printed, it comes out as `•••`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** Hands the value to the one function that needs it. */
  use<T>(work: (value: string) => T): T {
    return work(this.#value);
  }

  toString(): string {
    return masked;
  }

  toJSON(): string {
    return masked;
  }

  [inspect.custom](): string {
    return masked;
  }
}

/** Where a secret is found. */
export type SecretPlace =
  | { readonly kind: "env"; readonly name: string }
  | { readonly kind: "file"; readonly path: string };

/**
 * Reads a secret at the moment of its use. Paths are relative to the project's root. Throws SourceOutage, with
 * the name of what is missing and never a value. `whose` says what it is for: `the password of mailbox "support"`.
 */
export function readSecret(root: string, place: SecretPlace, whose: string): Secret {
  switch (place.kind) {
    case "env": {
      const value = process.env[place.name];
      if (value === undefined || value === "") {
        throw new SourceOutage(
          `The environment's variable ${place.name} is ${value === undefined ? "not set" : "empty"}: ` +
            `it holds ${whose}.`,
        );
      }
      return new Secret(value);
    }
    case "file":
      return new Secret(secretFile(root, place.path, whose));
  }
}

function secretFile(root: string, path: string, whose: string): string {
  let text: string;
  try {
    text = readFileSync(isAbsolute(path) ? path : join(root, path), "utf8");
  } catch (error) {
    throw new SourceOutage(
      `The file ${path} cannot be read: ${fileReason(error)}. It holds ${whose}.`,
      { cause: error },
    );
  }
  const value = text.replace(/\r?\n$/, "");
  if (value === "") throw new SourceOutage(`The file ${path} is empty: it holds ${whose}.`);
  return value;
}
