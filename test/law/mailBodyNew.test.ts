import { afterAll, describe, expect, test } from "vitest";
import { Law, raw } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

const answer = (body: string, type = "text/plain") =>
  raw(`From: a@b.example\nSubject: Re: x\nContent-Type: ${type}; charset=utf-8\n\n${body}`);

const shown = async (bytes: Uint8Array, hole = "body.new") =>
  await law.says("always", `"[\${${hole}}]"`, bytes);

describe("body.new is the body without quoted history, reply header and signature", () => {
  test.each<readonly [gist: string, body: string]>([
    ["nothing quoted", "New."],
    ["English", "New.\n\nOn Mon, 2 Nov 2026 at 10:00, Anna <anna@b.example> wrote:\n> Old."],
    [
      "a folded reply header",
      "New.\n\nOn Mon, 2 Nov 2026 at 10:00, Anna Bianchi\n<anna@b.example> wrote:\n\n> Old.",
    ],
    [
      "Italian",
      "New.\n\nIl giorno lun 2 nov 2026 alle ore 10:00 Anna <anna@b.example> ha scritto:\n> Old.",
    ],
    ["Italian, of Thunderbird", "New.\n\nIl 02/11/2026 10:00, Anna ha scritto:\n> Old."],
    ["German", "New.\n\nAm 02.11.2026 um 10:00 schrieb Anna:\n> Old."],
    ["French", "New.\n\nLe lun. 2 nov. 2026 à 10:00, Anna <a@b.example> a écrit :\n> Old."],
    ["Spanish", "New.\n\nEl lun, 2 nov 2026 a las 10:00, Anna (<a@b.example>) escribió:\n> Old."],
    [
      "Portuguese",
      "New.\n\nEm seg., 2 de nov. de 2026 às 10:00, Anna <a@b.example> escreveu:\n> Old.",
    ],
    ["Dutch", "New.\n\nOp ma 2 nov 2026 om 10:00 schreef Anna <a@b.example>:\n> Old."],
    ["Swedish", "New.\n\nDen mån 2 nov. 2026 kl 10:00 skrev Anna <a@b.example>:\n> Old."],
    ["Polish", "New.\n\npon., 2 lis 2026 o 10:00 Anna <a@b.example> napisał(a):\n> Old."],
    [
      "Outlook, English",
      "New.\n\n-----Original Message-----\nFrom: Anna <a@b.example>\nSent: Monday\nTo: info\nSubject: x\n\nOld.",
    ],
    [
      "Outlook, Italian",
      "New.\n\n-----Messaggio originale-----\nDa: Anna <a@b.example>\nInviato: lunedì\nA: info\nOggetto: x\n\nOld.",
    ],
    [
      "Outlook's header lines alone",
      "New.\n\n________________________________\nFrom: Anna <a@b.example>\nSent: Monday, November 2, 2026 10:00\nTo: info@example.it\nSubject: x\n\nOld.",
    ],
    [
      "Italian header lines alone",
      "New.\n\nDa: Anna <a@b.example>\nInviato: lunedì 2 novembre 2026 10:00\nA: info@example.it\nOggetto: x\n\nOld.",
    ],
    [
      "German header lines alone",
      "New.\n\nVon: Anna <a@b.example>\nGesendet: Montag, 2. November 2026 10:00\nAn: info@example.it\nBetreff: x\n\nOld.",
    ],
    ["quoted lines alone", "New.\n\n> Old.\n> Older."],
    ["a signature at `-- `", "New.\n-- \nAnna\nCliente S.p.A."],
    ["a signature at `--`", "New.\n--\nAnna\nCliente S.p.A."],
    ["of an iPhone", "New.\n\nSent from my iPhone"],
    ["of an iPhone in Italian", "New.\n\nInviato da iPhone"],
    ["of an iPhone in German", "New.\n\nVon meinem iPhone gesendet"],
    ["of an iPhone in French", "New.\n\nEnvoyé de mon iPhone"],
    ["of Outlook for Android", "New.\n\nGet Outlook for Android"],
    [
      "a signature and a quotation",
      "New.\n-- \nAnna\n\nOn Mon, 2 Nov 2026, Bob <b@b.example> wrote:\n> Old.",
    ],
  ])("%s", async (_gist, body) => {
    expect(await shown(answer(body))).toBe("[New.]");
  });

  test("text below or between quotations is new", async () => {
    const found = await shown(answer("> Question one?\n\nYes.\n\n> Question two?\n\nNo.\n"));
    expect(found).toContain("Yes.");
    expect(found).toContain("No.");
    const below = await shown(
      answer("On Mon, 2 Nov 2026, Bob <b@b.example> wrote:\n> Old.\n\nBelow.\n"),
    );
    expect(below).toContain("Below.");
    expect(below).not.toContain("Old.");
  });

  test("nothing but a quotation: the whole is shown rather than nothing", async () => {
    expect(await shown(answer("> Old."))).toBe("[> Old.]");
  });

  test("a sentence that looks like a beginning of one stays", async () => {
    for (const body of [
      "On Monday I wrote to you.",
      "Il giorno dopo ha scritto Anna.",
      "From: what I see it is broken.\nNothing else.",
      "a -- b",
      "> 5 is more than 4? No.",
    ])
      expect(await shown(answer(body)), body).toBe(`[${body}]`);
  });

  test.each<readonly [gist: string, html: string]>([
    [
      "Gmail",
      '<div dir="ltr">New.</div><br><div class="gmail_quote"><div class="gmail_attr">On Mon, 2 Nov 2026 at 10:00, Anna &lt;<a href="mailto:a@b.example">a@b.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote">Old.</blockquote></div>',
    ],
    [
      "Outlook",
      '<p>New.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Anna &lt;a@b.example&gt;<br><b>Sent:</b> Monday, November 2, 2026 10:00<br><b>To:</b> info<br><b>Subject:</b> x</p></div><p>Old.</p>',
    ],
    [
      "Thunderbird",
      '<p>New.</p><div class="moz-cite-prefix">On 02/11/2026 10:00, Anna wrote:<br></div><blockquote type="cite" cite="mid:x">Old.</blockquote>',
    ],
    [
      "Apple Mail",
      '<div>New.</div><div><br><blockquote type="cite"><div>On 2 Nov 2026, at 10:00, Anna &lt;a@b.example&gt; wrote:</div><div>Old.</div></blockquote></div>',
    ],
  ])("in HTML of %s", async (_gist, html) => {
    const bytes = answer(html, "text/html");
    expect(await shown(bytes)).toBe("[New.]");
    expect(await law.holding(['body contains "old."', 'body.new contains "old."'], bytes)).toEqual([
      'body contains "old."',
    ]);
  });

  test("a comment has the new text", async () => {
    const bytes = answer("New.\n\n> Old.");
    expect(await law.says("always", '"${body.new}|${body}"', bytes)).toBe("New.|New.\n\n> Old.");
  });
});
