import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stripTags } from "./stripTags.ts";

describe("stripTags", () => {
  it("breaks lines at blocks, quotes quotations and parts cells", () => {
    expect(
      stripTags(
        "<p>One</p><p>two<br>three</p><table><tr><td>a<td>b</table><blockquote>old</blockquote>new",
      ),
    ).toBe("One\n\ntwo\nthree\n\na b\n\n> old\nnew");
  });

  it("reads no scripts, styles, comments and declarations", () => {
    expect(
      stripTags('<!DOCTYPE html><style>a{}</style>x<SCRIPT>"<p>"</SCRIPT >y<!-- <p> -->z<?xml v?>'),
    ).toBe("xyz");
  });

  it("takes a bracket in an attribute for text of the attribute", () => {
    expect(stripTags('<a title="a > b">link</a>')).toBe("link");
    expect(stripTags('<a title="never closed>link</a> and more')).toBe("link and more");
  });

  it("keeps what only looks like a tag", () => {
    expect(stripTags("1 < 2 and 3 <4 <")).toBe("1 < 2 and 3 <4 <");
  });

  it("decodes character references, also wrong ones, to something", () => {
    expect(stripTags("&lt;b&gt; &amp;amp; &#233; &#xE9; &eacute; &bogus; &#0; &#x110000;")).toBe(
      "<b> &amp; é é é &bogus; \uFFFD \uFFFD",
    );
  });

  it("gives back text that has neither tags nor references", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        fc.pre(!/[<&]/u.test(text));
        expect(stripTags(text)).toBe(text.replace(/\s+/gu, " ").trim());
      }),
    );
  });
});
