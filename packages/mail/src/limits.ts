import type { MailLimits } from "./mail.ts";

/** Far above what people send, and small enough that one mail never holds up the others. */
export const defaultLimits: MailLimits = {
  bytes: 64 * 1024 * 1024,
  headerBytes: 256 * 1024,
  headerFields: 2_000,
  addresses: 1_000,
  references: 200,
  parts: 1_000,
  depth: 32,
  textCharacters: 2_000_000,
  milliseconds: 10_000,
  megabytes: 256,
};
