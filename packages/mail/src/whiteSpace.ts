const needsWork =
  /[\u0000-\u001f\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]| {2}|^ | $/;
const runs = /[\p{White_Space}\p{Cc}]+/gu;

/** Each run of white space and control characters as one space, none at the ends. */
export function normaliseWhiteSpace(text: string): string {
  return needsWork.test(text) ? text.replace(runs, " ").trim() : text;
}

/** CRLF and CR become LF. */
export function lineFeedsOnly(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}
