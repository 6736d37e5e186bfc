/** Longest name in UTF-16 units. */
const LONGEST = 200;
/** Longest name in UTF-8 bytes: file systems take 255, and a download may add to it. */
const MOST_BYTES = 240;
const LONGEST_EXTENSION = 20;
const NAMELESS = "attachment";

/** Controls, line and paragraph separators, and everything that turns the direction of text or hides in it. */
const UNSEEN =
  /[\p{Cc}\u{00AD}\u{061C}\u{180E}\u{200B}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2060}-\u{206F}\u{FEFF}\u{FFF9}-\u{FFFB}\u{E0000}-\u{E007F}]/gu;
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\s*(?:\.|$))/iu;
const WHOLE_PATH = /^(?:[a-z]:[\\/]|[\\/]|\.{1,2}[\\/])/iu;

/** A name in two: `report.pdf` is `report` and `.pdf`. */
function parts(name: string): { readonly stem: string; readonly extension: string } {
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 ? name.slice(dot) : "";
  return extension.length > 1 && extension.length <= LONGEST_EXTENSION && !/\s/u.test(extension)
    ? { stem: name.slice(0, dot), extension }
    : { stem: name, extension: "" };
}

function fits(name: string): boolean {
  return name.length <= LONGEST && Buffer.byteLength(name, "utf8") <= MOST_BYTES;
}

/** `stem`, cut at a character's border so that the whole fits, and `ending` behind it. */
function joined(stem: string, ending: string): string {
  if (fits(stem + ending)) {
    return stem + ending;
  }
  const kept: string[] = [];
  let length = ending.length;
  let bytes = Buffer.byteLength(ending, "utf8");
  for (const character of stem) {
    length += character.length;
    bytes += Buffer.byteLength(character, "utf8");
    if (length > LONGEST || bytes > MOST_BYTES) {
      break;
    }
    kept.push(character);
  }
  return kept.join("").trimEnd() + ending;
}

/**
 * A name that can be shown and saved under on any system, from whatever a mail claims.
 *
 * A whole path gives its last part (RFC 2183, section 2.3); characters that a file system forbids
 * become `_`; what cannot be seen goes; the length is bounded and the extension kept.
 */
export function documentName(claimed: string | undefined): string {
  const seen = (claimed ?? "")
    .toWellFormed()
    .replace(/\s/gu, " ")
    .replace(UNSEEN, "")
    .replace(/ +/gu, " ")
    .trim();
  const last = WHOLE_PATH.test(seen) ? (seen.split(/[\\/]/u).at(-1) ?? "") : seen;
  const clean = last
    .replace(/[<>:"/\\|?*]/gu, "_")
    .normalize("NFC")
    .replace(/[\s.]+$/u, "")
    .trimStart();
  if (/^[\s._]*$/u.test(clean)) {
    return NAMELESS;
  }
  const { stem, extension } = parts(clean);
  const usable = joined(RESERVED.test(clean) ? `_${stem}` : stem, extension);
  return usable.replace(/[\s.]+$/u, "");
}

/** `report.pdf`, the second time: `report (2).pdf`. The name has to be a safe one. */
export function numberedName(name: string, number: number): string {
  const { stem, extension } = parts(name);
  return joined(stem, ` (${number})${extension}`);
}
