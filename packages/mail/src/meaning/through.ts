import type { HeaderField } from "../mail.ts";
import { fieldsNamed } from "./fields.ts";

/** Which marks of a mail are only those of lists and redirects of ours that it passed. */
export interface Passage {
  /** Precedence, List-* and Return-Path are the list's. */
  readonly list: boolean;
  /** A Return-Path says nothing of the sender. */
  readonly returnPath: boolean;
}

const longestValue = 2000;

/** Whether a list id or host is one of those named, or below it. */
function isUnder(name: string, through: readonly string[]): boolean {
  return through.some((own) => name === own || name.endsWith(`.${own}`));
}

function hosts(value: string): readonly string[] {
  return [...value.slice(0, longestValue).matchAll(/@([A-Za-z0-9.-]{1,253})/gu)].map((found) =>
    (found[1] ?? "").toLowerCase(),
  );
}

function listId(field: HeaderField): string {
  const value = field.value.slice(0, longestValue).toLowerCase();
  return (/<([^<>]*)>[^<>]*$/u.exec(value)?.[1] ?? value).replace(/\s/gu, "");
}

/**
 * Looks for the mailbox's own lists and redirects (setting `through`) in a mail's header. A second
 * list that is not ours keeps all marks: then they may be that list's.
 */
export function passage(fields: readonly HeaderField[], through: readonly string[]): Passage {
  if (through.length === 0) return { list: false, returnPath: false };
  const own = through.map((name) =>
    name.trim().toLowerCase().replace(/^<|>$/gu, "").replace(/^.*@/u, ""),
  );
  const whole = through.map((name) => name.trim().toLowerCase());
  const passes = (name: string): boolean =>
    fieldsNamed(fields, name).some(
      (field) =>
        hosts(field.raw).some((host) => isUnder(host, own)) ||
        whole.some((address) => address.includes("@") && field.raw.toLowerCase() === address),
    );
  const ids = fieldsNamed(fields, "List-Id").map(listId);
  const isOurs = (id: string): boolean => isUnder(id, own) || whole.includes(id);
  const list =
    ids.length > 0
      ? ids.every(isOurs)
      : ["List-Post", "X-BeenThere", "Sender", "Return-Path", "Mailing-List"].some(passes);
  const redirect = [
    "Resent-From",
    "Resent-Sender",
    "X-Forwarded-To",
    "X-Forwarded-For",
    "X-Original-To",
    "Delivered-To",
  ];
  return { list, returnPath: list || redirect.some(passes) };
}
