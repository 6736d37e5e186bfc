import { readContentData } from "../content.ts";
import { readHeaders } from "../headers.ts";
import { defaultLimits } from "../limits.ts";
import type { MailHeaders, Reading } from "../mail.ts";

/** A mailbox without settings. */
export const plainReading: Reading = { pec: false, through: [], trusts: [] };

function bytes(mail: string): Uint8Array {
  return new TextEncoder().encode(mail.replace(/^\n/u, "").replace(/\n/gu, "\r\n"));
}

/** The headers of a mail written in a test, with LF line ends. */
export function headersOf(mail: string, reading: Partial<Reading> = {}): MailHeaders {
  return readHeaders(bytes(mail), { ...plainReading, ...reading });
}

/** All that is read of a mail written in a test. */
export function contentOf(
  mail: string,
  reading: Partial<Reading> = {},
): ReturnType<typeof readContentData> {
  return readContentData(bytes(mail), { ...plainReading, ...reading }, defaultLimits);
}
