import { describe, expect, it } from "vitest";
import type { Reading } from "./mail.ts";
import { openMailReader } from "./mailReader.ts";

const reading: Reading = { pec: false, through: [], trusts: [] };

/** Too large to be read on the calling thread. */
function large(lines: number): Buffer {
  const html = `<p>${"word ".repeat(20)}</p>\n`.repeat(lines);
  return Buffer.from(
    `From: anna@example.it\nSubject: large\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nthe first text\n--b\nContent-Type: text/html\n\n${html}\n--b\nContent-Type: image/png; name=a.png\n\nPNG\n--b--\n`,
  );
}

describe("a reader with threads", () => {
  it("reads the same as one without", async () => {
    const threads = openMailReader({ workers: 2 });
    const none = openMailReader({ workers: 0 });
    const bytes = large(500);
    const [one, two, three] = await Promise.all([
      threads.readContent(bytes, reading),
      threads.readContent(bytes, reading),
      threads.readContent(large(700), reading),
    ]);
    const here = await none.readContent(bytes, reading);
    expect(one).toEqual(here);
    expect(two).toEqual(here);
    expect(three.size).toBeGreaterThan(here.size);
    expect(one.attachments[0]).toMatchObject({ name: "a.png", size: 3 });
    await threads.close();
  });

  it("leaves the bytes it was given as they are", async () => {
    const threads = openMailReader({ workers: 1 });
    const bytes = large(500);
    const before = Buffer.from(bytes);
    await threads.readContent(bytes, reading);
    expect(bytes.equals(before)).toBe(true);
    await threads.close();
  });

  it("gives a mail up that takes too long, says so, and reads the next one", async () => {
    const impatient = openMailReader({ workers: 1, limits: { milliseconds: 1 } });
    const mail = await impatient.readContent(large(5000), reading);
    expect(mail.cuts.map((cut) => cut.what)).toContain("time");
    expect(mail.headers.from[0]?.address).toBe("anna@example.it");
    expect(mail.body).toContain("the first text");
    expect(mail.attachments).toMatchObject([{ name: "a.png" }]);
    const next = await impatient.readContent(Buffer.from("Subject: next\n\nshort"), reading);
    expect(next).toMatchObject({ body: "short", cuts: [] });
    await impatient.close();
  });

  it("gives a mail up that takes too much memory, says so, and reads the next one", async () => {
    const frugal = openMailReader({
      workers: 1,
      limits: { megabytes: 16, milliseconds: 60_000, parts: 1_000_000 },
    });
    const many = "--b\nContent-Type: text/plain\n\nx\n".repeat(400_000);
    const hungry = Buffer.from(
      `From: anna@example.it\nContent-Type: multipart/mixed; boundary=b\n\n${many}`,
    );
    const mail = await frugal.readContent(hungry, reading);
    expect(mail.cuts.map((cut) => cut.what)).toContain("memory");
    expect(mail.headers.from[0]?.address).toBe("anna@example.it");
    const next = await frugal.readContent(large(300), reading);
    expect(next.cuts).toEqual([]);
    await frugal.close();
  });

  it("answers also when it is closed in the middle", async () => {
    const closing = openMailReader({ workers: 1 });
    const pending = [
      closing.readContent(large(500), reading),
      closing.readContent(large(500), reading),
    ];
    await closing.close();
    for (const mail of await Promise.all(pending)) expect(mail.headers.subject).toBe("large");
    const after = await closing.readContent(large(500), reading);
    expect(after.cuts.length).toBeGreaterThan(0);
  });
});
