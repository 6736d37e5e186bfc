import type { HeaderField, PecKind } from "../mail.ts";
import { fieldsNamed, firstField } from "./fields.ts";
import { isPecReceipt } from "./pec.ts";

const mostReferences = 200;
const longestId = 998;

/**
 * The Message-IDs in a field's value, each with its `<>`, in the order written. White space inside
 * is what folding left there. Where no id stands in `<>`, words with an `@` are taken for ids.
 */
export function messageIds(value: string): readonly string[] {
  const ids: string[] = [];
  let at = value.indexOf("<");
  while (at !== -1) {
    const end = value.indexOf(">", at);
    if (end === -1) break;
    const start = value.lastIndexOf("<", end);
    const id = value.slice(start + 1, end).replace(/\s/gu, "");
    if (id !== "" && id.length <= longestId) ids.push(`<${id}>`);
    at = value.indexOf("<", end);
  }
  if (ids.length > 0) return ids;
  return value
    .split(/[\s,;]+/u)
    .filter((word) => /^[^@"()<>]+@[^@"()<>]+$/u.test(word) && word.length <= longestId)
    .map((word) => `<${word}>`);
}

/**
 * The mails that this one answers, each id with its `<>`: In-Reply-To, then References from the
 * last to the first, no doubles, at most 200. Of a PEC receipt: X-Riferimento-Message-ID.
 */
export function threadReferences(
  fields: readonly HeaderField[],
  kind: PecKind | undefined,
): string[] {
  if (isPecReceipt(kind)) {
    const about = firstField(fields, "X-Riferimento-Message-ID");
    if (about !== undefined) return [...messageIds(about.raw)].slice(0, 1);
  }
  const inReplyTo = fieldsNamed(fields, "In-Reply-To").flatMap((field) => messageIds(field.raw));
  const references = fieldsNamed(fields, "References").flatMap((field) => messageIds(field.raw));
  return [...new Set([...inReplyTo, ...references.toReversed()])].slice(0, mostReferences);
}
