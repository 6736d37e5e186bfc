import type { Random } from "./random.ts";

const types: readonly string[] = [
  "text/plain",
  "text/plain; charset=iso-8859-1",
  "text/plain; format=flowed",
  "text/html",
  "text/html; charset=utf-8",
  "image/png; name=a.png",
  "application/octet-stream",
  "application/ms-tnef; name=winmail.dat",
  "application/pkcs7-mime; name=smime.p7m",
  "message/rfc822",
  "message/delivery-status",
  "text/calendar",
  "",
];

const kinds: readonly string[] = ["mixed", "alternative", "related", "report", "signed", "digest"];

const texts: readonly string[] = [
  "plain words",
  "perché – 顧客 😀",
  "> quoted\n> more\n\nnew below",
  "new\n\nOn 2 Nov 2026, Anna <anna@example.org> wrote:\n> old",
  "words\n-- \nAnna",
  "<p>hello <b>you</b></p><blockquote type=cite>old</blockquote>",
  "<table><tr><td>a<td>b</table>",
  "begin 644 a\n#86)C\n`\nend",
  "From: a@b\nSent: Monday\nTo: c@d\nSubject: x\n\nold",
  "",
];

const headers: readonly string[] = [
  "From: Anna <anna@example.org>",
  "From: =?utf-8?Q?J=C3=BCrgen?= <j@example.org>",
  "From: a@example.org, b@example.org",
  "From: team: a@example.org, b@example.org;",
  "From: <>",
  "From : spaced@example.org",
  "To: info@example.it",
  "Cc: x@example.org, =?utf-8?B?w6k=?= <y@example.org>",
  "Subject: =?utf-8?Q?Perch=C3=A9?= =?utf-8?Q?_no?=",
  "Subject: Re: AW: Ticket",
  "Subject: a\r\n b\r\n\tc",
  "Date: Mon, 2 Nov 2026 09:00:00 +0100",
  "Message-ID: <1@example.org>",
  "In-Reply-To: <0@example.org>",
  "Auto-Submitted: auto-replied",
  "List-Id: <l.example.org>",
  "X-Spam-Flag: YES",
];

/** A mail as programs write them, and as they should not. */
export function generate(random: Random): Buffer {
  const lines: string[] = [];
  for (let count = random.below(9); count >= 0; count -= 1) lines.push(random.of(headers, ""));
  return Buffer.from(`${lines.join("\r\n")}\r\nMIME-Version: 1.0\r\n${part(random, 0)}`);
}

function part(random: Random, depth: number): string {
  if (depth > 5 || random.below(3) === 0) return leaf(random);
  const boundary = random.of(["b", "b1", `b${depth}`, `=_${depth}--`], "b");
  const children: string[] = [];
  for (let count = random.below(4); count >= 0; count -= 1) children.push(part(random, depth + 1));
  const inner = children.map((child) => `--${boundary}\r\n${child}\r\n`).join("");
  const close = random.below(5) === 0 ? "" : `--${boundary}--\r\n`;
  return `Content-Type: multipart/${random.of(kinds, "mixed")}; boundary="${boundary}"\r\n\r\n${inner}${close}`;
}

function leaf(random: Random): string {
  const type = random.of(types, "");
  const text = random.of(texts, "").replace(/\n/g, "\r\n");
  const fields = type === "" ? [] : [`Content-Type: ${type}`];
  if (random.below(4) === 0)
    fields.push(`Content-Disposition: attachment; filename="${random.below(9)}.txt"`);
  if (random.below(6) === 0) fields.push(`Content-ID: <${random.below(3)}@x>`);
  switch (random.below(4)) {
    case 0:
      fields.push("Content-Transfer-Encoding: base64");
      return `${fields.join("\r\n")}\r\n\r\n${Buffer.from(text).toString("base64")}`;
    case 1:
      fields.push("Content-Transfer-Encoding: quoted-printable");
      return `${fields.join("\r\n")}\r\n\r\n${text.replace(/=/g, "=3D")}`;
    default:
      return `${fields.join("\r\n")}\r\n\r\n${text}`;
  }
}
