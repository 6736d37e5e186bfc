import { afterAll, describe, expect, it } from "vitest";
import { openMailReader, readHeaders } from "@mcrules/mail";
import type { Reading } from "@mcrules/mail";
import { mailFields, type MailFieldName } from "@mcrules/language";
import { MailShape } from "../../packages/compiler/src/analysis/groups.ts";
import { mailReaders } from "../../packages/compiler/src/evaluate/mailFields.ts";
import { holds } from "../../packages/compiler/src/regular/automaton.ts";
import { NamedSets } from "../../packages/compiler/src/regular/patternProgram.ts";
import { bytesOf, found, mailsIn, sets } from "./corpus.ts";

const reading: Reading = { pec: true, through: [], trusts: ["mx.example.org"] };
const reader = openMailReader({ workers: 2 });
afterAll(() => reader.close());

const shape = new MailShape(new NamedSets(), "support");
const arrival = { mailbox: "support", folder: "INBOX", received: 0, size: undefined };

/** The part of the model's value that a field looks at. */
const partOf = {
  text: "text",
  local: "text",
  domain: "text",
  name: "name",
  type: "type",
  number: "number",
} as const;

function isField(name: string): name is MailFieldName {
  return Object.hasOwn(mailReaders, name);
}

// What is proved of all mails is proved of what the model says that a mail can hold: no mail may hold more.
describe.skipIf(!found)("a real mail", () => {
  it.each(sets)("of %s holds nothing that the proofs take for impossible", async (set) => {
    const beyond: string[] = [];
    for (const path of mailsIn(set)) {
      const bytes = bytesOf(path);
      const headers = readHeaders(bytes, reading);
      const content = await reader.readContent(bytes, reading);
      const mail = { headers: content.headers, content, arrival, now: 0 };
      const asked: (readonly [MailFieldName, string | undefined])[] = [
        ...Object.keys(mailFields)
          .filter(isField)
          .filter((name) => name !== "header" && !/\.(local|domain)$/.test(name))
          .map((name) => [name, undefined] as const),
        ...headers.fields.map(({ name }) => ["header", name] as const),
      ];
      for (const [name, argument] of asked) {
        const place = shape.field(name, argument);
        const values = mailReaders[name](mail, argument ?? "") ?? [];
        const part = place?.group.parts[partOf[place.looksAt]];
        const count = {
          one: values.length === 1,
          "one or none": values.length <= 1,
          "any number": true,
        };
        if (place === undefined || !count[place.group.has]) beyond.push(`${path}: ${name}`);
        for (const value of values) {
          const isPossible =
            part?.kind === "number"
              ? typeof value === "number" && value >= part.range.low && value <= part.range.high
              : part?.within === undefined || holds(part.within, String(value).normalize("NFC"));
          if (!isPossible)
            beyond.push(`${path}: ${name} ${argument ?? ""} ${JSON.stringify(value)}`);
        }
      }
    }
    expect(beyond).toEqual([]);
  });
});
