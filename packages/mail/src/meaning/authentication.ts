import type { AuthenticationWord, HeaderField } from "../mail.ts";
import { fieldsNamed, withoutComments } from "./fields.ts";

/** The verdicts of the mailbox's own server. */
export interface Authentication {
  readonly spf: AuthenticationWord;
  readonly dkim: AuthenticationWord;
  readonly dmarc: AuthenticationWord;
}

const nothing: Authentication = { spf: "none", dkim: "none", dmarc: "none" };

// The result words of RFC 8601, section 2.7, and what older servers write instead.
const words: Readonly<Record<string, AuthenticationWord>> = {
  pass: "pass",
  fail: "fail",
  hardfail: "fail",
  softfail: "softfail",
  neutral: "neutral",
  policy: "neutral",
  none: "none",
  temperror: "temperror",
  error: "temperror",
  permerror: "permerror",
  invalid: "permerror",
};

interface Result {
  readonly method: string;
  readonly word: AuthenticationWord;
  readonly properties: string;
}

/** Splits at `;` outside of quoted text. */
function statements(value: string): readonly string[] {
  const found: string[] = [];
  let quoted = false;
  let start = 0;
  for (let at = 0; at < value.length; at += 1) {
    const character = value.charAt(at);
    if (character === "\\") at += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === ";" && !quoted) {
      found.push(value.slice(start, at));
      start = at + 1;
    }
  }
  found.push(value.slice(start));
  return found.map((statement) => statement.trim());
}

function resultOf(statement: string): Result | undefined {
  const found = /^([A-Za-z][\w-]*)\s*(?:\/\s*\d+\s*)?=\s*([A-Za-z]+)/u.exec(statement);
  const method = found?.[1]?.toLowerCase();
  const word = found?.[2]?.toLowerCase();
  if (found === null || method === undefined || word === undefined) return undefined;
  return {
    method,
    word: Object.hasOwn(words, word) ? (words[word] ?? "none") : "none",
    properties: statement.slice(found[0].length).toLowerCase(),
  };
}

function authservId(statement: string): string {
  const first = statement.split(/\s/u)[0] ?? "";
  return first.replace(/^"|"$/gu, "").toLowerCase();
}

function wordOf(results: readonly Result[], method: string): AuthenticationWord {
  const own = results.filter((result) => result.method === method);
  switch (method) {
    case "dkim":
      // One good signature is enough, whoever else signed.
      return own.some((result) => result.word === "pass") ? "pass" : (own[0]?.word ?? "none");
    case "spf":
      // A server may judge the HELO name as well; the envelope sender is the one that is meant.
      return (
        own.find((result) => result.properties.includes("smtp.mailfrom"))?.word ??
        own[0]?.word ??
        "none"
      );
    default:
      return own[0]?.word ?? "none";
  }
}

/**
 * What the mailbox's own server found (RFC 8601). Only the topmost Authentication-Results with one
 * of the authserv-ids in `trusts` counts: anybody can write such a field, and it then stands lower.
 * Everything is `none` without one.
 */
export function authentication(
  fields: readonly HeaderField[],
  trusts: readonly string[],
): Authentication {
  const trusted = new Set(trusts.map((id) => id.trim().toLowerCase()));
  if (trusted.size === 0) return nothing;
  for (const field of fieldsNamed(fields, "Authentication-Results")) {
    const [head, ...rest] = statements(withoutComments(field.raw));
    if (head === undefined || !trusted.has(authservId(head))) continue;
    const results = rest.flatMap((statement) => resultOf(statement) ?? []);
    return {
      spf: wordOf(results, "spf"),
      dkim: wordOf(results, "dkim"),
      dmarc: wordOf(results, "dmarc"),
    };
  }
  return nothing;
}
