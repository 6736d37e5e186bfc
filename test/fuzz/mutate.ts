import type { Random } from "./random.ts";

/** What parsers stumble over. */
const traps: readonly string[] = [
  "\r",
  "\n",
  "\r\n",
  "\r\n\r\n",
  "\0",
  "\x1b$B",
  "\u00e2\u0080\u00ae",
  "\u00ff\u00fe",
  "--",
  "--b",
  "--b--",
  "\r\n--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n",
  "Content-Type: text/html\r\n",
  "Content-Type: message/rfc822\r\n\r\n",
  "Content-Type: application/ms-tnef; name=winmail.dat\r\n",
  "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n",
  "Content-Transfer-Encoding: base64\r\n",
  "Content-Transfer-Encoding: quoted-printable\r\n",
  "Content-Transfer-Encoding: x-uuencode\r\n",
  "\x78\x9f\x3e\x22\x01\x00",
  "\r\nbegin 644 a.bin\r\n",
  "\r\nend\r\n",
  "=?utf-8?Q?=C3",
  "=?iso-2022-jp?B?GyRC?=",
  "=?",
  "=\r\n",
  "=3D",
  "; name*0*=utf-8''%C3; name*1*=%A9",
  "charset=utf-16le",
  "charset=utf-7",
  "format=flowed; delsp=yes",
  '"',
  "\\",
  "(((((",
  "<<<<<",
  "@",
  ",",
  ";",
  "<blockquote>".repeat(40),
  "<div>".repeat(300),
  "</td>",
  "<style>",
  "<!--",
  "> ".repeat(50),
  "\nOn Mon, Anna <anna@example.org> wrote:\n",
  "\n-- \n",
  "References: <a@b>\r\n",
  "From: x@example.org\r\n",
  "Subject: y\r\n",
  "x".repeat(5000),
];

const mostBytes = 300_000;

/** Some changes at random places; the other mail lends a piece of itself. */
export function mutate(random: Random, mail: Buffer, other: Buffer): Buffer {
  let bytes = mail.subarray(0, mostBytes);
  for (let change = random.below(6); change >= 0; change -= 1) {
    const at = random.below(bytes.length + 1);
    const length = random.below(Math.min(2000, bytes.length - at) + 1);
    const before = bytes.subarray(0, at);
    const behind = bytes.subarray(at);
    switch (random.below(9)) {
      case 0:
        bytes = Buffer.concat([before, behind.subarray(length)]);
        break;
      case 1:
        bytes = Buffer.concat([before, Buffer.from(random.of(traps, ""), "latin1"), behind]);
        break;
      case 2:
        bytes = Buffer.concat([before, behind.subarray(0, length), behind]);
        break;
      case 3:
        bytes = Buffer.from(bytes);
        for (let count = random.below(20); count >= 0 && bytes.length > 0; count -= 1) {
          bytes[random.below(bytes.length)] = random.below(256);
        }
        break;
      case 4: {
        const from = random.below(other.length);
        bytes = Buffer.concat([before, other.subarray(from, from + random.below(5000)), behind]);
        break;
      }
      case 5:
        bytes = before;
        break;
      case 6: {
        const end = random.of(["\n", "\r", "\r\n"], "\n");
        bytes = Buffer.from(bytes.toString("latin1").replace(/\r\n|\r|\n/g, end), "latin1");
        break;
      }
      case 7:
        bytes = Buffer.concat([
          before,
          Buffer.from(random.of(traps, "").repeat(random.below(300)).slice(0, 20_000), "latin1"),
          behind,
        ]);
        break;
      default:
        bytes = Buffer.concat([before, other.subarray(0, random.below(other.length))]);
    }
  }
  return bytes.subarray(0, mostBytes * 2);
}
