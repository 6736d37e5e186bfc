import { describe, expect, it } from "vitest";
import { certifiedMessageId, isPecReceipt, pecKind } from "./pec.ts";
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

describe("the id that a provider gives a mail", () => {
  it.each([
    [
      "<dati><identificativo>opec1@provider.example</identificativo></dati>",
      "<opec1@provider.example>",
    ],
    [
      "<IDENTIFICATIVO> &lt;opec1@provider.example&gt;\n</IDENTIFICATIVO>",
      "<opec1@provider.example>",
    ],
    ["<identificativo>no id</identificativo>", undefined],
    ["<identificativo></identificativo>", undefined],
    ["<identificativo>a@b", undefined],
    ["", undefined],
  ])("%s: %s", (data, id) => {
    expect(certifiedMessageId(Buffer.from(data))).toBe(id);
  });
});
