/** A folder setting: names as people read them, `*` for anything. */
export interface FolderSetting {
  readonly names: readonly { readonly value: string }[];
  readonly except: readonly { readonly value: string }[];
}

/** What a folder setting comes to. */
export interface SelectedFolders {
  readonly selected: readonly string[];
  /** Names in the setting that are not there. */
  readonly missing: readonly string[];
  /** Names with `*` in the setting that name nothing at present: a folder may yet be made. */
  readonly unmatched: readonly string[];
}

/** Which of a mailbox's folders are read, and which of the names written there name none. */
export function selectFolders(
  folders: readonly string[],
  setting: FolderSetting | undefined,
): SelectedFolders {
  if (setting === undefined) return { selected: folders, missing: [], unmatched: [] };
  const wanted = setting.names.map((name) => ({ ...name, pattern: folderPattern(name.value) }));
  const unwanted = setting.except.map((name) => folderPattern(name.value));
  const selected = folders.filter(
    (folder) =>
      wanted.some(({ pattern }) => pattern(folder)) && !unwanted.some((pattern) => pattern(folder)),
  );
  const none = wanted.flatMap(({ value, pattern }) => (folders.some(pattern) ? [] : [value]));
  return {
    selected,
    missing: none.filter((name) => !name.includes("*")),
    unmatched: none.filter((name) => name.includes("*")),
  };
}

/**
 * Matches a folder's name against a pattern as IMAP LIST does: `*` stands for anything, `/` too. INBOX is
 * one in any letter case; otherwise case counts. Names compare in NFC. Takes linear time but for one
 * factor: the number of stars.
 */
export function folderPattern(pattern: string): (folder: string) => boolean {
  const parts = inboxUpper(pattern.normalize("NFC")).split("*");
  return (folder) => matches(inboxUpper(folder.normalize("NFC")), parts);
}

function matches(name: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? "";
  if (parts.length === 1) return name === first;
  const last = parts[parts.length - 1] ?? "";
  if (name.length < first.length + last.length) return false;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  const end = name.length - last.length;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** RFC 9051: the name INBOX has no letter case, also where it begins a longer one. */
function inboxUpper(name: string): string {
  return /^inbox(?=$|\/|\*)/i.test(name) ? `INBOX${name.slice(5)}` : name;
}
