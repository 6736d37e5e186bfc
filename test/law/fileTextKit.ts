import { expect } from "vitest";
import { raw, told } from "./kit.ts";

export const hello = raw(
  "From: anna@cliente.example\nTo: info@example.it\nSubject: Hello 42\n\nHi.\n",
);

/** Each program with the only thing said of it. */
export type Told = readonly [what: string, text: string, expected: RegExp];

/** The only thing that is said of a program. */
export function one(text: string | Uint8Array): string {
  const lines = told(text);
  expect(lines).toEqual([expect.any(String)]);
  return lines[0] ?? "";
}

export const mailbox = `mailbox support {
  files "mail"
  address "info@example.it"
  apply incoming
}
`;

/** A program with one rule of these lines. */
export function rule(lines: string): string {
  return `${mailbox}rules incoming {
  rule "It" {
${lines}
  }
}
`;
}
