import type { Person } from "@mcrules/helpdesk";
import type { Address } from "@mcrules/mail";

/** An address as it is compared: case and composition do not count. */
export function foldAddress(address: string): string {
  return address.normalize("NFC").toLowerCase();
}

export function personOf(address: Address): Person {
  return { address: address.address, name: address.name };
}

/** White space and control characters become one space each run, so that no text opens a new header line. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, " ").trim();
}
