import type { HeaderField, PecKind } from "../mail.ts";
import { firstField } from "./fields.ts";

const receipts: Readonly<Record<string, PecKind>> = {
  accettazione: "acceptance",
  "non-accettazione": "refusal",
  "presa-in-carico": "takeover",
  "avvenuta-consegna": "delivery",
  "errore-consegna": "failure",
  "preavviso-errore-consegna": "delay",
  "rilevazione-virus": "virus",
};

const transports: Readonly<Record<string, PecKind>> = {
  "posta-certificata": "message",
  errore: "anomaly",
};

function kindOf(kinds: Readonly<Record<string, PecKind>>, value: string): PecKind | undefined {
  const word = value.trim().toLowerCase();
  return Object.hasOwn(kinds, word) ? kinds[word] : undefined;
}

/**
 * What a certified mail is, by its X-Trasporto or X-Ricevuta (RFC 6109, section 3); undefined for
 * any other mail. A receipt wins: providers repeat the transport field in it.
 */
export function pecKind(fields: readonly HeaderField[]): PecKind | undefined {
  const receipt = firstField(fields, "X-Ricevuta");
  const transport = firstField(fields, "X-Trasporto");
  return (
    (receipt === undefined ? undefined : kindOf(receipts, receipt.value)) ??
    (transport === undefined ? undefined : kindOf(transports, transport.value))
  );
}

/** Whether the kind is one that a PEC provider writes about a mail, not the mail itself. */
export function isPecReceipt(kind: PecKind | undefined): boolean {
  return kind !== undefined && kind !== "message" && kind !== "anomaly";
}
