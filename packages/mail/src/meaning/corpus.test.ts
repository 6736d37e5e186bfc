import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readContentData } from "../content.ts";
import { readHeaders } from "../headers.ts";
import { defaultLimits } from "../limits.ts";
import { parseAddress } from "../addresses.ts";
import { htmlToText } from "./html.ts";
import { splitQuoted } from "./quoted.ts";
import { plainReading } from "./writtenMail.fixture.ts";

const root = join(import.meta.dirname, "../../../..");
const corpus = process.env["MCRULES_CORPUS"] ?? join(root, "../shared/corpus");
const found = existsSync(corpus);
if (!found)
  process.stdout.write(`No mail corpus at ${corpus}: the tests on real mail are left out.\n`);

function filesIn(folder: string): readonly string[] {
  const path = join(corpus, folder);
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => {
      const own = join(folder, name);
      return statSync(join(corpus, own)).isDirectory() ? filesIn(own) : [own];
    });
}

function textOf(file: string): string {
  return readFileSync(join(corpus, file), "utf8").replace(/\r\n?/gu, "\n").trimEnd();
}

function words(text: string): string {
  return text.replace(/[\s\u200B]+/gu, " ").trim();
}

/** Prints how many agree, and gives the share. */
function agreement(set: string, results: readonly { file: string; agrees: boolean }[]): number {
  const wrong = results.filter((result) => !result.agrees).map((result) => result.file);
  const share = 1 - wrong.length / results.length;
  console.log(
    `${set}: ${results.length - wrong.length} of ${results.length} agree (${(share * 100).toFixed(1)} %)${wrong.length === 0 ? "" : `, not ${wrong.slice(0, 12).join(", ")}`}`,
  );
  return share;
}

describe.runIf(found)("bounces of the corpus", () => {
  const reading = (file: string): { bounce: boolean; automatic: boolean; settled: boolean } => {
    const bytes = readFileSync(join(corpus, file));
    const { flags } = readContentData(bytes, plainReading, defaultLimits);
    const headers = readHeaders(bytes, plainReading);
    if (headers.flags.bounce !== undefined) expect(headers.flags.bounce).toBe(flags.bounce);
    if (headers.flags.automatic !== undefined) {
      expect(headers.flags.automatic).toBe(flags.automatic);
    }
    return {
      bounce: flags.bounce,
      automatic: flags.automatic,
      settled: headers.flags.bounce !== undefined,
    };
  };

  it("sisimai: a bounce or not, as its own table says", () => {
    const reasons = new Map(
      textOf("sisimai/expected.tsv")
        .split("\n")
        .slice(1)
        .map((line): [string, string] => {
          const [file = "", , , , reason = ""] = line.split("\t");
          return [file, reason];
        }),
    );
    const results = filesIn("sisimai").flatMap((file) => {
      const reason = reasons.get(file.split("/").at(-1) ?? "");
      if (reason === undefined) return [];
      const wanted = reason !== "feedback" && reason !== "vacation";
      return [{ file, agrees: reading(file).bounce === wanted }];
    });
    expect(results.length).toBeGreaterThan(100);
    expect(agreement("sisimai", results)).toBeGreaterThanOrEqual(0.95);
  });

  it.each([
    "sisimai/not",
    "spamassassin/nice",
    "spamassassin/spam",
    "talon/standard_replies",
    "redmine",
  ])("%s: none", (set) => {
    const results = filesIn(set)
      .filter((file) => /^\S+:/mu.test(textOf(file).slice(0, 2000)))
      .map((file) => ({ file, ...reading(file) }));
    expect(results.filter((result) => result.bounce)).toEqual([]);
    const settled = results.filter((result) => result.settled).length;
    console.log(`${set}: ${settled} of ${results.length} told by the header alone`);
    expect(settled / results.length).toBeGreaterThan(0.9);
  });
});

describe.runIf(found)("new and quoted text of the corpus", () => {
  it("email-reply-trimmer", () => {
    const results = filesIn("email-reply-trimmer/emails").map((file) => ({
      file,
      agrees:
        words(splitQuoted(textOf(file)).shown) ===
        words(textOf(file.replace("/emails/", "/trimmed/"))),
    }));
    expect(agreement("email-reply-trimmer", results)).toBeGreaterThanOrEqual(0.9);
  });

  it("crisp-email-reply-parser", () => {
    interface Assert {
      readonly fragments?: number;
      readonly fragment?: number;
      readonly equals?: string;
      readonly matches?: string;
      readonly visible_text?: string;
    }
    const tests: readonly { readonly file: string; readonly asserts: readonly Assert[] }[] =
      JSON.parse(textOf("crisp-email-reply-parser/expected.json"));
    const results = tests.map(({ file, asserts }) => {
      const body = textOf(join("crisp-email-reply-parser", file));
      const { shown, quoted } = splitQuoted(body);
      const interleaved = asserts.some((own) => (own.fragment ?? 0) > 1);
      const holds = (own: Assert): boolean => {
        if (own.visible_text !== undefined) return words(shown) === words(own.visible_text);
        if (own.fragments === 1) return words(shown) === words(body);
        if (own.fragments !== undefined) return quoted !== "";
        if (own.fragment === 0 && own.equals !== undefined) {
          return interleaved
            ? words(shown).startsWith(words(own.equals))
            : words(shown) === words(own.equals);
        }
        if (own.matches === undefined) return true;
        const side =
          own.fragment === 0 ? shown : own.fragment === 1 ? quoted : `${shown}\n${quoted}`;
        return new RegExp(own.matches, "m").test(side);
      };
      return { file, agrees: asserts.every(holds) };
    });
    expect(agreement("crisp-email-reply-parser", results)).toBeGreaterThanOrEqual(0.9);
  });

  it("talon: plain and HTML replies", () => {
    const plain = filesIn("talon/standard_replies")
      .filter((file) => file.endsWith(".eml"))
      .map((file) => {
        const bytes = readFileSync(join(corpus, file));
        const { bodyNew } = readContentData(bytes, plainReading, defaultLimits);
        return { file, agrees: words(bodyNew) === "Hello" };
      });
    const html = filesIn("talon/html_replies").map((file) => ({
      file,
      agrees: words(splitQuoted(htmlToText(textOf(file))).shown) === "Hi. I am fine. Thanks, Alex",
    }));
    expect(agreement("talon", [...plain, ...html])).toBeGreaterThanOrEqual(0.9);
  });

  it("github-, willdurand- and quotequail: what is shown", () => {
    const shown: Readonly<Record<string, RegExp>> = {
      "github-email-reply-parser/email_1_1.txt": /^Hi folks .*Abhishek Kona$/u,
      "github-email-reply-parser/email_1_2.txt":
        /^Hi, You can list .*delete them all individually\."$/u,
      "github-email-reply-parser/email_1_3.txt": /^Oh thanks\. Having .* -Abhishek Kona$/u,
      "github-email-reply-parser/email_1_6.txt": /^I get proper rendering as well\.$/u,
      "github-email-reply-parser/email_1_7.txt": /^:\+1:$/u,
      "github-email-reply-parser/email_1_8.txt": /^I will reply under this one and under this\.$/u,
      "github-email-reply-parser/email_2_3.txt": /^Outlook with a reply directly above line$/u,
      "github-email-reply-parser/greedy_on.txt": /^On your remote host .* is not working\.$/u,
      "willdurand-email-reply-parser/email_22.txt": /^Fusce bibendum.*nec nibh\.$/u,
      "willdurand-email-reply-parser/email_23.txt": /^Fusce bibendum.*nec nibh\.$/u,
      "willdurand-email-reply-parser/email_issue_77.txt": /^Bonjour Test, .*Text paragraph 2$/u,
      "willdurand-email-reply-parser/email_zimbra_free_en.txt": /^Bonjour Toby, .*Michael Scott$/u,
      "willdurand-email-reply-parser/email_zimbra_free_fr.txt": /^Bonjour.*Michael Scott$/u,
      "quotequail/apple_forward.html": /^test blah$/u,
      "quotequail/apple_reply.html": /^Foo Bar$/u,
      "quotequail/gmail_reply.html": /^foo bar$/u,
      "quotequail/ios_mail_reply_unescaped_address.html": /^Sounds good, I'll be there at 2\.$/u,
      "quotequail/thunderbird_forward.html": /^Dear John, This is a test\.$/u,
      "quotequail/yahoo_reply_unescaped_address.html": /^Thanks Jane, .* Dan$/u,
    };
    const results = Object.entries(shown)
      .filter(([file]) => existsSync(join(corpus, file)))
      .map(([file, expected]) => {
        const text = textOf(file);
        const body = file.endsWith(".html") ? htmlToText(text) : text;
        return { file, agrees: expected.test(words(splitQuoted(body).shown)) };
      });
    expect(agreement("github-, willdurand-, quotequail", results)).toBeGreaterThanOrEqual(0.9);
  });
});

describe.runIf(found)("mail passed on, of the corpus", () => {
  it("email-reply-trimmer: the sender that the embedded mail names", () => {
    const results = filesIn("email-reply-trimmer/before")
      .filter((file) => file.includes("forwarded_"))
      .map((file) => {
        const text = textOf(file.replace("/before/", "/emails/"));
        const named = /^[\s>*]*From:\s*(.*)$/mu.exec(text)?.[1] ?? "";
        const mail = `From: me@example.it\r\nSubject: Fwd: x\r\n\r\n${text}\r\n`;
        const { forwardedFrom } = readContentData(
          new TextEncoder().encode(mail),
          plainReading,
          defaultLimits,
        );
        return { file, agrees: forwardedFrom?.address === parseAddress(named)?.address };
      });
    expect(agreement("email-reply-trimmer forwards", results)).toBeGreaterThanOrEqual(0.9);
  });
});
