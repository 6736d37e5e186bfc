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

/** The header field by which a provider says that a mail is of a kind; undefined where there is none of that name. */
export function pecField(kind: string): string | undefined {
  for (const [name, kinds] of [
    ["X-Ricevuta", receipts],
    ["X-Trasporto", transports],
  ] as const) {
    const word = Object.keys(kinds).find((one) => kinds[one] === kind);
    if (word !== undefined) return `${name}: ${word}`;
  }
  return undefined;
}

/** Whether the kind is one that a PEC provider writes about a mail, not the mail itself. */
export function isPecReceipt(kind: PecKind | undefined): boolean {
  return kind !== undefined && kind !== "message" && kind !== "anomaly";
}

const longestCertification = 256 * 1024;

/**
 * The Message-ID, with its `<>`, under which a provider sends a certified mail on: it takes the place of the
 * sender's own (RFC 6109), so answers name it. Takes the certification data (`daticert.xml`); undefined where they
 * say none.
 */
export function certifiedMessageId(certification: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(certification.subarray(0, longestCertification));
  const id =
    /<identificativo>\s{0,99}(?:&lt;)?([^<>&\s]{1,200}@[^<>&\s]{1,200})(?:&gt;)?\s{0,99}<\/identificativo>/iu.exec(
      text,
    )?.[1];
  return id === undefined ? undefined : `<${id}>`;
}
