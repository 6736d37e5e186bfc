import type { AuthenticationWord, HeaderField } from "../mail.ts";
import { withoutComments } from "./fields.ts";

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
  success: "pass",
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

// What the same filters write beside their verdicts.
const beside: ReadonlySet<string> = new Set(["dkim-filter", "dmarc-filter", "received-spf"]);

/** The results of one field; undefined where another server wrote it. */
function resultsBy(
  field: HeaderField,
  trusted: ReadonlySet<string>,
): { readonly server: string; readonly results: readonly Result[] } | undefined {
  if (field.name.toLowerCase() !== "authentication-results") return undefined;
  const [head, ...rest] = statements(withoutComments(field.raw));
  const server = head === undefined ? "" : authservId(head);
  if (!trusted.has(server)) return undefined;
  return { server, results: rest.flatMap((statement) => resultOf(statement) ?? []) };
}

/**
 * What the mailbox's own server found (RFC 8601). The topmost Authentication-Results with one of
 * the authserv-ids in `trusts` counts, and those of the same server directly under it, since each
 * filter of a server may write its own. One that names a method again ends them, as anything else
 * does: what stands lower anybody can have written. A field in its own name that came with the mail
 * the server takes off (RFC 8601, section 5). Everything is `none` without one.
 */
export function authentication(
  fields: readonly HeaderField[],
  trusts: readonly string[],
): Authentication {
  const trusted = new Set(trusts.map((id) => id.trim().toLowerCase()));
  if (trusted.size === 0) return nothing;
  const top = fields.findIndex((field) => resultsBy(field, trusted) !== undefined);
  const first = fields[top];
  if (first === undefined) return nothing;
  const own = resultsBy(first, trusted);
  if (own === undefined) return nothing;
  const results = [...own.results];
  for (const field of fields.slice(top + 1)) {
    if (beside.has(field.name.toLowerCase())) continue;
    const more = resultsBy(field, new Set([own.server]));
    if (more === undefined) break;
    // Filters share the methods among them; what says one again was not written by one of them.
    const told = new Set(results.map((result) => result.method));
    if (more.results.some((result) => told.has(result.method))) break;
    results.push(...more.results);
  }
  return {
    spf: wordOf(results, "spf"),
    dkim: wordOf(results, "dkim"),
    dmarc: wordOf(results, "dmarc"),
  };
}
