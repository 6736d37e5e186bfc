import { describe, expect, it } from "vitest";
import { sayDifferent } from "./differing.ts";

const letter =
  "Dear helpdesk, the printer on the second floor is broken since Monday. Please send somebody who can mend it.";

describe("a plain text and the HTML beside it", () => {
  it.each([
    ["the same words in other lines", letter, `<p>${letter.replaceAll(" ", "&nbsp; ")}</p>`],
    ["nothing but layout", letter, "<table><tr><td><img src=cid:logo></td></tr></table>"],
    ["more in the HTML", letter, `<p>News of the week</p><p>${letter}</p><p>Unsubscribe here</p>`],
    ["more in the text", `${letter}\n\n> older words\n> of somebody else`, `<p>${letter}</p>`],
    [
      "addresses of links in the text",
      `${letter} Read on <https://news.example/a/very/long/way?to=track&you=1>, or mailto:x@y.example`,
      `<p>${letter} <a href="https://news.example/a">Read on</a>, or write</p>`,
    ],
    [
      "a text that sends people to the HTML",
      "Your program cannot show HTML. Open this newsletter in the browser.",
      `<p>${letter}</p><p>And many a word more about other things entirely.</p>`,
    ],
    ["only a link", "https://news.example/view/123", `<p>${letter}</p>`],
    ["Chinese without blanks", "打印机坏了，请修理。", "<p>打印机<br>坏了，请修理。</p>"],
    ["letters in another form", "ﬁne Cafe\u0301", "<p>fine Café</p>"],
    ["no word in the text", "—", `<p>${letter}</p>`],
  ])("%s: no difference", (_what, plain, html) => {
    expect(sayDifferent(plain, html)).toBe(false);
  });

  it.each([
    ["other words", letter, "<p>Your invoice is overdue, pay 900 euro to this account at once</p>"],
    ["one other word", "plain words", "<p>refund"],
    ["Chinese", "打印机坏了", "<p>请付款给我们</p>"],
    [
      "what is hidden in a style or a script is not said",
      letter,
      `<style>${letter}</style><script>${letter}</script><p>Wire the money now, today, to us</p>`,
    ],
  ])("%s: they say different things", (_what, plain, html) => {
    expect(sayDifferent(plain, html)).toBe(true);
  });

  it.each([
    ["tags whose quotes never end outside", '<a ">"'],
    ["quotes of two kinds", "<a '>\"<b \">'"],
    ["addresses without an end", "<@@@@@@@@"],
    ["images without an end", "[image [cid:"],
    ["links without an end", "https://"],
    ["elements without an end", "<script"],
  ])("is read in linear time: %s", (_what, unit) => {
    const long = unit.repeat(1_000_000 / unit.length);
    expect(sayDifferent(`plain words ${long}`, "<p>refund</p>")).toBe(true);
    expect(sayDifferent("plain words", `<p>refund</p>${long}`)).toBe(true);
  });
});
