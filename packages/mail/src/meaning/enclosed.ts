import { headerFields } from "../headerField.ts";
import { readHeaderBlock } from "../headerBlock.ts";
import { defaultLimits } from "../limits.ts";
import type { HeaderField } from "../mail.ts";

/** The header fields at the start of an attached mail, or of the headers of one. */
export function enclosedFields(content: Uint8Array): readonly HeaderField[] {
  const { headerBytes, headerFields: fields } = defaultLimits;
  return headerFields(readHeaderBlock(content, headerBytes, fields, true));
}
