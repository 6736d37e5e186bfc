import { describe, expect, it } from "vitest";
import { pecKind } from "./pec.ts";
import { headersOf } from "./writtenMail.fixture.ts";
import { messageIds, threadReferences } from "./thread.ts";

function threadOf(mail: string): readonly string[] {
  const { fields } = headersOf(mail);
  return threadReferences(fields, pecKind(fields));
}

describe("threadReferences", () => {
  it("gives In-Reply-To, then References from the last to the first, no doubles", () => {
    expect(
      threadOf(`
References: <a@x> <b@x>
 <c@x>
In-Reply-To: <b@x>

`),
    ).toEqual(["<b@x>", "<c@x>", "<a@x>"]);
  });

  it("reads an id out of the words around it, and joins what folding parted", () => {
    expect(threadOf("In-Reply-To: Your message of Monday <a.\n b@x> (Anna)\n\n")).toEqual([
      "<a.b@x>",
    ]);
  });

  it("takes bare words with an @ where nothing stands in brackets", () => {
    expect(messageIds("a@x, b@x")).toEqual(["<a@x>", "<b@x>"]);
    expect(messageIds("Anna's mail")).toEqual([]);
  });

  it("bounds how many it gives and keeps the newest", () => {
    const ids = Array.from({ length: 500 }, (_, n) => `<${n}@x>`);
    const thread = threadOf(`References: ${ids.join("\n ")}\n\n`);
    expect(thread).toHaveLength(200);
    expect(thread[0]).toBe("<499@x>");
  });

  it("follows a PEC receipt to the mail it is about", () => {
    expect(
      threadOf(`
X-Ricevuta: avvenuta-consegna
X-Riferimento-Message-ID: <ours@x>
References: <other@x>

`),
    ).toEqual(["<ours@x>"]);
  });

  it("does not for a certified message", () => {
    expect(
      threadOf(`
X-Trasporto: posta-certificata
X-Riferimento-Message-ID: <inner@x>
In-Reply-To: <ours@x>

`),
    ).toEqual(["<ours@x>"]);
  });
});
