import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAddress } from "@mcrules/mail";
import { htmlToText } from "../../packages/mail/src/meaning/html.ts";
import { splitQuoted } from "../../packages/mail/src/meaning/quoted.ts";
import {
  agreement,
  type Compared,
  bytesOf,
  exists,
  filesIn,
  found,
  read,
  textOf,
  words,
} from "./corpus.ts";

describe.skipIf(!found)("new and quoted text of the corpus", () => {
  it("email-reply-trimmer, in all and by language", () => {
    const results: Compared[] = [];
    const byLanguage = new Map<string, Compared[]>();
    const cutAway: string[] = [];
    for (const file of filesIn("email-reply-trimmer/emails")) {
      const { shown } = splitQuoted(textOf(file));
      const wanted = words(textOf(file.replace("/emails/", "/trimmed/")));
      const compared = { file, agrees: words(shown) === wanted };
      results.push(compared);
      const language = /embedded_email_([a-z]+?)(?:_\d+)?\.txt/.exec(file)?.[1] ?? "english";
      byLanguage.set(language, [...(byLanguage.get(language) ?? []), compared]);
      // Of what is new its beginning is never missing.
      if (!words(shown).startsWith(wanted.slice(0, 15))) cutAway.push(file);
    }
    expect(agreement("email-reply-trimmer", results).share).toBeGreaterThanOrEqual(0.9);
    for (const [language, compared] of byLanguage) {
      const { share } = agreement(`email-reply-trimmer, ${language}`, compared);
      expect([language, share >= 0.9]).toEqual([language, true]);
    }
    expect(cutAway).toEqual([]);
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
    expect(agreement("crisp-email-reply-parser", results).share).toBeGreaterThanOrEqual(0.9);
  });

  it("talon: plain and HTML replies", async () => {
    const plain = filesIn("talon/standard_replies")
      .filter((file) => file.endsWith(".eml"))
      .map(async (file) => {
        const { bodyNew } = await read(bytesOf(file));
        return { file, agrees: words(bodyNew) === "Hello" };
      });
    const html = filesIn("talon/html_replies").map((file) => ({
      file,
      agrees: words(splitQuoted(htmlToText(textOf(file))).shown) === "Hi. I am fine. Thanks, Alex",
    }));
    expect(
      agreement("talon", [...(await Promise.all(plain)), ...html]).share,
    ).toBeGreaterThanOrEqual(0.9);
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
      .filter(([file]) => exists(file))
      .map(([file, expected]) => {
        const text = textOf(file);
        const body = file.endsWith(".html") ? htmlToText(text) : text;
        return { file, agrees: expected.test(words(splitQuoted(body).shown)) };
      });
    expect(agreement("github-, willdurand-, quotequail", results).share).toBeGreaterThanOrEqual(
      0.9,
    );
  });
});

describe.skipIf(!found)("mail passed on, of the corpus", () => {
  it("email-reply-trimmer: the sender that the embedded mail names", async () => {
    const results: Compared[] = [];
    for (const file of filesIn("email-reply-trimmer/before")) {
      if (!file.includes("forwarded_")) continue;
      const text = textOf(file.replace("/before/", "/emails/"));
      const named = /^[\s>*]*From:\s*(.*)$/mu.exec(text)?.[1] ?? "";
      const mail = `From: me@example.it\r\nSubject: Fwd: x\r\n\r\n${text}\r\n`;
      const { forwardedFrom } = await read(Buffer.from(mail));
      results.push({ file, agrees: forwardedFrom?.address === parseAddress(named)?.address });
    }
    expect(agreement("email-reply-trimmer, forwards", results).share).toBeGreaterThanOrEqual(0.9);
  });
});
