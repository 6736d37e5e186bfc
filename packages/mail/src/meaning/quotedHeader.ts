import {
  type BlockLabel,
  blockLabels,
  forwardMarkers,
  originalMarkers,
} from "./quotedHeaderWords.ts";

/**
 * The block of header lines that Outlook and its like write above what they quote or pass on
 * ("From: … Sent: … To: … Subject: …"), and the line that announces one.
 */

const labelOf: ReadonlyMap<string, BlockLabel> = new Map(
  (["from", "date", "to", "cc", "subject", "reply-to"] as const).flatMap((kind) =>
    blockLabels[kind].map((word): [string, BlockLabel] => [word, kind]),
  ),
);

const longestLine = 2000;

export interface BlockLine {
  readonly label: BlockLabel;
  readonly value: string;
}

/** A line of such a block, with its label and what stands behind the colon. */
export function blockLine(line: string): BlockLine | undefined {
  if (line.length > longestLine || !/[:：]/u.test(line)) return undefined;
  const found =
    /^[\s>*_|]{0,20}([\p{L}\p{M}'.\- ]{1,20}?)\s{0,4}[*_]{0,2}\s?[:：]\s?[*_]{0,2}/u.exec(line);
  const word = found?.[1]?.trim().toLowerCase().normalize("NFC");
  if (found === null || word === undefined) return undefined;
  const label = labelOf.get(word);
  return label === undefined ? undefined : { label, value: line.slice(found[0].length).trim() };
}

export interface HeaderBlock {
  /** Lines from the first label to the last, wrapped values included. */
  readonly length: number;
  /** What stands behind the label of the sender. */
  readonly from: string;
}

const mostLines = 20;

/** Whether one of the next lines carries a label that the block does not have yet. */
function newLabelAhead(
  lines: readonly string[],
  at: number,
  known: ReadonlyMap<BlockLabel, string>,
  steps: number,
): boolean {
  for (let step = 1; step <= steps; step += 1) {
    const next = blockLine(lines[at + step] ?? "");
    if (next !== undefined) return !known.has(next.label);
  }
  return false;
}

/** Forms have such lines too; of a mail there is a date, and an address, a subject or a time of day. */
function isOfMail(values: ReadonlyMap<BlockLabel, string>): boolean {
  const value = (label: BlockLabel): string =>
    (values.get(label) ?? "").slice(0, 500).replace(/\p{Cf}/gu, "");
  if (!values.has("date")) return false;
  return (
    value("from").includes("@") ||
    value("to").includes("@") ||
    values.has("subject") ||
    /(?<!\d)\d{1,2}[:.]\d{2}(?!\d)/u.test(value("date"))
  );
}

/** The block that begins at `start`, if one does. `announced`: a line above said that one comes. */
export function headerBlock(
  lines: readonly string[],
  start: number,
  announced: boolean,
): HeaderBlock | undefined {
  const values = new Map<BlockLabel, string>();
  let end = start;
  // The label whose value has not been seen yet, since it stands on the next line.
  let open: BlockLabel | undefined;
  for (let at = start; at < lines.length && at < start + mostLines; at += 1) {
    const line = lines[at] ?? "";
    const found = blockLine(line);
    if (found !== undefined) {
      if (values.has(found.label) && found.label !== "cc" && found.label !== "reply-to") break;
      values.set(found.label, found.value);
      open = found.value === "" && found.label !== "cc" ? found.label : undefined;
      end = at + 1;
      continue;
    }
    if (at === start) return undefined;
    const bare = line.replace(/^[\s>|]+/u, "").trim();
    if (bare === "") {
      // Between two labels a blank line is what HTML left there.
      if (open !== undefined || newLabelAhead(lines, at, values, 1)) continue;
      break;
    }
    if (open !== undefined) {
      values.set(open, bare);
      open = undefined;
      end = at + 1;
      continue;
    }
    // The rest of a wrapped value: of many recipients, or of a subject. In a form it is another label.
    if (!announced && /^[\p{L}\p{M}' -]{1,30}[:：](?:\s|$)/u.test(bare)) break;
    const ahead = newLabelAhead(lines, at, values, /[@;,]/u.test(bare) ? 6 : 2);
    const wrapped = end === at && (lines[at - 1] ?? "").length >= 60;
    if (!ahead && !wrapped) break;
    end = at + 1;
  }
  const from = values.get("from");
  if (from === undefined) return undefined;
  const others = (["date", "to", "subject"] as const).filter((label) => values.has(label)).length;
  const told = announced ? others >= 1 : others >= 2 && isOfMail(values);
  return told ? { length: end - start, from } : undefined;
}

const markers: ReadonlyMap<string, "forwarded" | "original"> = new Map([
  ...forwardMarkers.map((words): [string, "forwarded"] => [words, "forwarded"]),
  ...originalMarkers.map((words): [string, "original"] => [words, "original"]),
]);

/**
 * What a line announces: a mail passed on, or the mail that is answered
 * ("---------- Forwarded message ---------", "-----Original Message-----").
 */
export function markerLine(line: string): "forwarded" | "original" | undefined {
  if (line.length > 200) return undefined;
  const announced = /^[\s>*|]{0,8}[-_=–—*]{2}/u.test(line);
  // The longest announcement has no more than sixty letters, and one that is longer has rules.
  if (!announced && line.length > 120) return undefined;
  const words = line
    .replace(/[’`]/gu, "'")
    .replace(/^[\s>*|_=\-–—]+/u, "")
    .replace(/[\s*_=\-–—:：.]+$/u, "")
    .toLowerCase()
    .normalize("NFC");
  if (words.length > 60) return undefined;
  const found = markers.get(words);
  if (found === "original" && !announced) return undefined;
  if (found !== undefined) return found;
  // "---------------------- Forwarded by Anna/Rome on 01/02/2026 ---------------------------"
  return /^[\s>*|]{0,8}-{5}/u.test(line) && words.startsWith("forwarded by ")
    ? "forwarded"
    : undefined;
}
