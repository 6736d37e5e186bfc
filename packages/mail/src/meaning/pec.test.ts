import { describe, expect, it } from "vitest";
import { isPecReceipt, pecKind } from "./pec.ts";
import { headersOf } from "./writtenMail.fixture.ts";

describe("pecKind", () => {
  it.each([
    ["X-Trasporto: posta-certificata", "message"],
    ["X-Trasporto: errore", "anomaly"],
    ["X-Ricevuta: accettazione", "acceptance"],
    ["X-Ricevuta: non-accettazione", "refusal"],
    ["X-Ricevuta: presa-in-carico", "takeover"],
    ["X-Ricevuta: avvenuta-consegna", "delivery"],
    ["X-Ricevuta: errore-consegna", "failure"],
    ["X-Ricevuta: preavviso-errore-consegna", "delay"],
    ["x-ricevuta:  Rilevazione-Virus ", "virus"],
    ["X-Ricevuta: toString", undefined],
    ["Subject: POSTA CERTIFICATA: hello", undefined],
  ])("%s is %s", (field, kind) => {
    expect(pecKind(headersOf(`${field}\n\n`).fields)).toBe(kind);
  });

  it("takes the receipt where both fields are there", () => {
    const { fields } = headersOf("X-Trasporto: posta-certificata\nX-Ricevuta: accettazione\n\n");
    expect(pecKind(fields)).toBe("acceptance");
  });
});

describe("isPecReceipt", () => {
  it("is what the provider writes about a mail", () => {
    expect(isPecReceipt("acceptance")).toBe(true);
    expect(isPecReceipt("message")).toBe(false);
    expect(isPecReceipt("anomaly")).toBe(false);
    expect(isPecReceipt(undefined)).toBe(false);
  });
});
