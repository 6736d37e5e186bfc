import { describe, expect, it } from "vitest";
import { htmlToText } from "./html.ts";
import { splitQuoted } from "./quoted.ts";

describe("htmlToText", () => {
  it("gives paragraphs, line breaks and lists as lines", () => {
    expect(
      htmlToText(
        "<p>Hello,<br>the printer</p><div>is <b>broken</b>.</div><ul><li>red</li><li>big</li></ul>",
      ),
    ).toBe("Hello,\nthe printer\n\nis broken.\n * red\n * big");
  });

  it("decodes character references and makes fixed spaces plain ones", () => {
    expect(htmlToText("<p>5&nbsp;&euro; &lt;b&gt; &#x1F525; caff&egrave;</p>")).toBe(
      "5 € <b> 🔥 caffè",
    );
  });

  it("leaves out what is not read: scripts, styles, titles, comments", () => {
    expect(
      htmlToText(
        "<html><head><title>T</title><style>p{}</style></head><body><script>x()</script><!-- no --><p>Yes</p></body></html>",
      ),
    ).toBe("Yes");
  });

  it.each([
    '<span style="display:none">no</span>',
    '<div style="DISPLAY: none; color: red">no</div>',
    "<p hidden>no</p>",
    '<span style="visibility:hidden">no</span>',
    '<span style="font-size:0px">no</span>',
    '<div style="mso-hide:all">no</div>',
  ])("leaves out what is hidden: %s", (hidden) => {
    expect(htmlToText(`<div>Yes</div>${hidden}<div>too</div>`).replace(/\s+/gu, " ")).toBe(
      "Yes too",
    );
  });

  it("reads elements inside one without a size, as newsletters nest them", () => {
    expect(htmlToText('<td style="font-size:0px"><div style="font-size:14px">Yes</div></td>')).toBe(
      "Yes",
    );
  });

  it("writes links without their address and images by their alternative text", () => {
    expect(
      htmlToText(
        '<a href="https://example.it/x">here</a> <img src="cid:1" alt="Logo"><img src="cid:2">',
      ),
    ).toBe("here Logo");
  });

  it("keeps the cells of a row beside each other", () => {
    expect(
      htmlToText(
        "<table><tr><th>From:</th><td>Anna</td></tr><tr><th>To:</th><td>Bob</td></tr></table>",
      ),
    ).toBe("From: Anna\nTo: Bob");
  });

  it("keeps the lines of preformatted text", () => {
    expect(htmlToText("<pre>a\n  b</pre>")).toBe("a\n  b");
  });

  it("takes text that is no HTML", () => {
    expect(htmlToText("a < b and c > d")).toBe("a < b and c > d");
    expect(htmlToText("")).toBe("");
  });

  it.each([
    ["nested elements", `${"<div>".repeat(20_000)}needle${"</div>".repeat(20_000)}`],
    ["elements that nobody closes", `${"<b><i>".repeat(20_000)}needle`],
    ["quotations", `${"<blockquote>".repeat(20_000)}needle`],
    ["wrong closing tags", `${"<div></x>".repeat(20_000)}needle`],
    ["tables", `${"<table><tr><td>".repeat(5_000)}needle`],
    ["not so deep tables", `${"<table><tbody><tr><td>".repeat(190)}needle`],
    ["lists", `${"<ul><li>".repeat(100)}needle`],
  ])("loses no text in %s", (_name, html) => {
    expect(htmlToText(html)).toContain("needle");
  });

  it("decodes, breaks lines and drops scripts in deep HTML too", () => {
    const deep = `${"<div>".repeat(1_000)}<p>caff&egrave; &amp; &#8364; &hearts;</p><script>no</script><blockquote>old</blockquote>a<br>b`;
    expect(htmlToText(deep)).toBe("caffè & € &hearts;\n\n> old\na\nb");
  });
});

describe("quotations in HTML", () => {
  it.each([
    [
      "Gmail",
      '<div dir="ltr">Yes</div><br><div class="gmail_quote"><div class="gmail_attr">On Mon, Nov 2, 2026 at 9:00 AM Support &lt;<a href="mailto:info@example.it">info@example.it</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex">Which one?</blockquote></div>',
    ],
    [
      "Apple Mail",
      '<div>Yes</div><div><blockquote type="cite"><div>On 2 Nov 2026, at 09:00, Support &lt;info@example.it&gt; wrote:</div><div>Which one?</div></blockquote></div>',
    ],
    [
      "Outlook",
      '<p class="MsoNormal">Yes</p><div id="divRplyFwdMsg"><hr><font><b>From:</b> Support &lt;info@example.it&gt;<br><b>Sent:</b> Monday, November 2, 2026 9:00 AM<br><b>To:</b> Anna<br><b>Subject:</b> Ticket</font></div><p>Which one?</p>',
    ],
    [
      "Thunderbird",
      '<p>Yes</p><div class="moz-cite-prefix">Il 02/11/26 09:00, Support ha scritto:<br></div><blockquote type="cite" cite="mid:x"><p>Which one?</p></blockquote>',
    ],
    [
      "Yahoo",
      '<div>Yes</div><div class="yahoo_quoted"><div>On Monday, November 2, 2026, 09:00:00 AM GMT+1, Support &lt;info@example.it&gt; wrote:</div><div>Which one?</div></div>',
    ],
  ])("%s", (_program, html) => {
    const { shown, quoted } = splitQuoted(htmlToText(html));
    expect(shown).toBe("Yes");
    expect(quoted).toContain("Which one?");
  });

  it("are told from an indentation", () => {
    const html =
      '<blockquote style="margin:0 0 0 40px;border:none;padding:0px">Indented</blockquote>';
    expect(splitQuoted(htmlToText(`<div>Text</div>${html}`)).shown).toContain("Indented");
  });
});
