import { report } from "../diagnostics/report.ts";
import type { MailboxDeclaration, Placed } from "../tree/index.ts";
import { exceptWord } from "../vocabulary/mailbox.ts";
import type { BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import type { SettingEntry } from "./settings.ts";
import { takeText, takeTexts } from "./values.ts";

/** `"INBOX"`, or a list, with `*` in the names; optional `except`. */
export function takeFolders(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): MailboxDeclaration["folders"] {
  const names = takeTexts(cursor, context, entry, "names of folders");
  const out = cursor.takePhrase(exceptWord);
  const except =
    out === undefined ? [] : (takeTexts(cursor, context, entry, "names of folders") ?? []);
  if (names === undefined) return undefined;
  if (names.length === 0) {
    context.add(report("MC2111", entry.span, { place: `"${entry.word}"` }));
  }
  const good = names.filter((name) => isFolder(name, context));
  const left = except.filter((name) => isFolder(name, context));
  for (const folder of left) {
    if (good.some((name) => mayMeet(name.value, folder.value))) continue;
    if (good.length < names.length) continue;
    context.add(report("MC2144", folder.span, { folder: folder.value }));
  }
  return { names: good, except: left };
}

/** The name of one folder, without `*`. */
export function takeFolder(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): string | undefined {
  const name = takeText(cursor, context, entry, "the name of a folder");
  if (name === undefined || !isFolder(name, context)) return undefined;
  if (!name.value.includes("*")) return name.value;
  const reason = "* names many folders, and one is wanted";
  context.add(report("MC2141", name.span, { folder: name.value, reason }));
  return undefined;
}

function isFolder(name: Placed<string>, context: BindContext): boolean {
  const reason = folderProblem(name.value);
  if (reason !== undefined) {
    context.add(report("MC2141", name.span, { folder: name.value, reason }));
  }
  return reason === undefined;
}

function folderProblem(name: string): string | undefined {
  if (/[\u0000-\u001f\u007f]/.test(name)) return "it holds a control character";
  if (name !== name.trim()) return "it begins or ends with white space";
  if (name.startsWith("/") || name.endsWith("/")) return "it begins or ends with /";
  if (name.includes("//")) return "a part between two / is empty";
  return undefined;
}

/** Whether a folder could be named by both patterns; `*` stands for any text. */
function mayMeet(one: string, other: string): boolean {
  const fold = (name: string) => name.replace(/^inbox(?=\/|$)/i, "INBOX");
  return meet(fold(one), fold(other), 0, 0, new Set());
}

function meet(one: string, other: string, at: number, otherAt: number, seen: Set<string>): boolean {
  const place = `${at},${otherAt}`;
  if (seen.has(place)) return false;
  seen.add(place);
  const a = one[at];
  const b = other[otherAt];
  if (a === undefined && b === undefined) return true;
  if (a === "*" && meet(one, other, at + 1, otherAt, seen)) return true;
  if (b === "*" && meet(one, other, at, otherAt + 1, seen)) return true;
  if (a === undefined || b === undefined) return false;
  if (a === "*") return meet(one, other, at, otherAt + 1, seen);
  if (b === "*") return meet(one, other, at + 1, otherAt, seen);
  return a === b && meet(one, other, at + 1, otherAt + 1, seen);
}
