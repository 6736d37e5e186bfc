import { beforeAll, describe, expect, test } from "vitest";
import { compile, judge, type Decision, type Judge } from "@mcrules/compiler";
import { checkProject, defaultConfiguration } from "@mcrules/language";
import { openMailReader, readHeaders, type MailContent, type MailHeaders } from "@mcrules/mail";
import { answered } from "../../packages/compiler/src/samples/helpdesk.ts";
import { smallConditions, tests, type SmallCondition } from "./smallConditions.ts";
import { bytesOf, smallMails, type SmallMail } from "./smallMails.ts";

const reading = { pec: false, through: [], trusts: [] };

interface ReadMail {
  readonly mail: SmallMail;
  readonly headers: MailHeaders;
  readonly content: MailContent;
}

let mails: readonly ReadMail[];

beforeAll(async () => {
  const reader = openMailReader({ workers: 0 });
  mails = await Promise.all(
    smallMails.map(async (mail) => {
      const bytes = bytesOf(mail);
      const content = await reader.readContent(bytes, reading);
      return { mail, headers: readHeaders(bytes, reading), content };
    }),
  );
  await reader.close();
});

/** The judge of a project whose rules are given as text. Throws where the language finds an error. */
function judgeOf(rules: string): Judge {
  const text = `
list words = ["zz", "AB"]
list people = ["a@x.de", "nobody@x.de"]
mailbox desk {
  files "mail"
  address "desk@helpdesk.example"
  apply incoming
}
rules incoming {
${rules}
}
`;
  const { project, diagnostics } = checkProject(
    {
      sources: ["world.mcrules"],
      read: (path) =>
        path === "world.mcrules" ? Buffer.from(text, "utf8") : { missing: true as const },
      exists: (path) => path === "world.mcrules",
    },
    defaultConfiguration,
  );
  const [error] = diagnostics.filter(({ severity }) => severity === "error");
  if (project === undefined || error !== undefined) {
    throw new Error(`line ${error?.line}: ${error?.message}`);
  }
  return judge(compile(project));
}

function decided(judge: Judge, { headers, content }: ReadMail, trace: boolean): Decision {
  const received = Date.UTC(2026, 10, 2, 9);
  const arrival = { mailbox: "desk", folder: "INBOX", received, size: content.size };
  return answered(judge.decide({ headers, arrival, now: received }, { trace }), { content }).result;
}

/** A rule that acts where its condition holds, and lets the search go on. */
const acting = ({ written }: SmallCondition, index: number) =>
  `rule "${index}" {\nwhen ${written}\nthen {\nmark flagged\ncontinue\n}\n}\n`;

// Hundreds of thousands of judgements: long on a machine with other work.
describe("of all small mails", { timeout: 300_000 }, () => {
  test("every condition of depth two holds for those that it says, evaluated fast and plainly", () => {
    const ready = judgeOf(smallConditions.map(acting).join(""));
    const wrong: string[] = [];
    let held = 0;
    for (const read of mails) {
      const expected = smallConditions.flatMap(({ holds }, index) =>
        holds(read.mail) ? [String(index)] : [],
      );
      held += expected.length;
      for (const trace of [true, false]) {
        const { rules } = decided(ready, read, trace);
        if (rules.join() === expected.join()) continue;
        const different = [
          ...rules.filter((rule) => !expected.includes(rule)),
          ...expected.filter((rule) => !rules.includes(rule)),
        ];
        const conditions = different
          .slice(0, 3)
          .map((rule) => smallConditions[Number(rule)]?.written);
        wrong.push(
          `${trace ? "plain" : "fast"}, ${JSON.stringify(read.mail)}: ${conditions.join("; ")}`,
        );
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(mails.length * smallConditions.length).toBeGreaterThan(1_000_000);
    expect(held / (mails.length * smallConditions.length)).toBeCloseTo(0.5, 1);
  });

  test("the first of two rules that holds ends the search, whichever two", () => {
    const wrong: string[] = [];
    const some = mails.filter((_mail, index) => index % 7 === 0);
    for (const first of tests) {
      for (const second of tests) {
        const rules = [first, second].map(
          ({ written }, index) => `rule "${index}" {\nwhen ${written}\nthen ignore\n}\n`,
        );
        const ready = judgeOf(rules.join(""));
        for (const read of some) {
          const expected = first.holds(read.mail) ? "0" : second.holds(read.mail) ? "1" : null;
          for (const trace of [true, false]) {
            const { rule } = decided(ready, read, trace);
            if (rule !== expected) wrong.push(`${first.written}, ${second.written}: ${rule}`);
          }
        }
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});
