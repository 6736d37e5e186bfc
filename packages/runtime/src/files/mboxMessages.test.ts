import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, assert, asyncProperty, constantFrom, integer } from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mboxMessages } from "./mboxMessages.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mcrules-mbox-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function parted(text: string, chunkSize?: number): Promise<readonly string[]> {
  const path = join(folder, "file.mbox");
  const bytes = Buffer.from(text, "latin1");
  writeFileSync(path, bytes);
  const file = await open(path);
  try {
    const messages: string[] = [];
    for await (const { start, length } of mboxMessages(file, 100, chunkSize)) {
      messages.push(bytes.subarray(start, start + length).toString("latin1"));
    }
    return messages;
  } finally {
    await file.close();
  }
}

const separator = "From anna@example.org Mon Nov  2 09:55:00 2026\n";

describe("an mbox file", () => {
  it("parts where a blank line, a From line with a time and a header line stand", async () => {
    const first = "Subject: one\n\nFirst.\n";
    const second = "Subject: two\n\nSecond.\n";
    expect(await parted(`${separator}${first}\n${separator}${second}\n`)).toEqual([first, second]);
  });

  it("keeps text that begins with From", async () => {
    const text =
      "Subject: one\n\nFrom now on it works.\n\nFrom here it was sent at 09:55 to you\n\nbye\n";
    expect(await parted(`${separator}${text}\n`)).toEqual([text]);
  });

  it("may have CRLF line ends, no last line end, and blank lines at its beginning", async () => {
    const crlf = `${separator}Subject: one\n\nFirst.\n\n${separator}Subject: two\n\nSecond`;
    expect(await parted(`\r\n${crlf.replaceAll("\n", "\r\n")}`)).toEqual([
      "Subject: one\r\n\r\nFirst.\r\n",
      "Subject: two\r\n\r\nSecond",
    ]);
    expect(await parted("")).toEqual([]);
  });

  it("that is none is refused in words", async () => {
    await expect(parted("Subject: one mail\n\nText\n")).rejects.toThrow(/no mbox file/);
  });

  it("gives back what was put together, wherever the chunks end", async () => {
    const line = constantFrom("", "text", "From me", "From a at 10:10", "\r", ">From x", "a: b");
    const message = array(line, { maxLength: 8 })
      .map((lines) => `Subject: x\n\n${lines.join("\n")}\n`)
      // What looks like a separator is one; whoever writes an mbox quotes it.
      .map((text) => text.replace(/^From /gm, ">From "));
    await assert(
      asyncProperty(
        array(message, { minLength: 1, maxLength: 4 }),
        integer({ min: 8, max: 120 }),
        async (messages, chunkSize) => {
          const file = messages.map((text) => `${separator}${text}\n`).join("");
          expect(await parted(file, chunkSize)).toEqual(messages);
        },
      ),
      { numRuns: 300 },
    );
  });
});
