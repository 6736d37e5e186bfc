/** A mail of a world so small that all of them can be looked at. */
export interface SmallMail {
  readonly subject: string | undefined;
  readonly from: string | undefined;
  readonly to: readonly string[];
  /** Undefined: headers alone, without an empty line behind them. */
  readonly body: string | undefined;
  /** The file names of its attachments. */
  readonly files: readonly string[];
  readonly tag: string | undefined;
}

const subjects = [undefined, "ab", "ABBA", "Re: ba"];
const senders = [undefined, "a@x.de", "Ab <b@mail.x.de>", "c@xx.de"];
const recipients = [[], ["a@x.de"], ["b@y.it", "A@X.DE"]];
const bodies = [undefined, "ab", "b\nba"];
const files = [[], ["a"], ["b", "a"]];

/** All of them. A tag goes with few of the rest: it only has to be there in some. */
export const smallMails: readonly SmallMail[] = subjects.flatMap((subject) =>
  senders.flatMap((from) =>
    recipients.flatMap((to) =>
      bodies.flatMap((body) =>
        (body === undefined ? [[]] : files).map((names, index) => ({
          subject,
          from,
          to,
          body,
          files: names,
          tag: index === 0 ? undefined : (subject ?? "none"),
        })),
      ),
    ),
  ),
);

/** The bytes of a small mail. */
export function bytesOf(mail: SmallMail): Uint8Array {
  const headers = [
    ...(mail.from === undefined ? [] : [`From: ${mail.from}`]),
    ...(mail.to.length === 0 ? [] : [`To: ${mail.to.join(", ")}`]),
    ...(mail.subject === undefined ? [] : [`Subject: ${mail.subject}`]),
    ...(mail.tag === undefined ? [] : [`X-Tag: ${mail.tag}`]),
    "Date: Mon, 2 Nov 2026 09:00:00 +0000",
  ];
  if (mail.body === undefined) return Buffer.from(`${headers.join("\r\n")}\r\n`);
  const text = mail.body.replaceAll("\n", "\r\n");
  if (mail.files.length === 0) return Buffer.from([...headers, "", text, ""].join("\r\n"));
  return Buffer.from(
    [
      ...headers,
      "MIME-Version: 1.0",
      'Content-Type: multipart/mixed; boundary="p"',
      "",
      "--p",
      "Content-Type: text/plain",
      "",
      text,
      ...mail.files.flatMap((name) => [
        "--p",
        "Content-Type: application/pdf",
        `Content-Disposition: attachment; filename="${name}"`,
        "",
        "x",
      ]),
      "--p--",
      "",
    ].join("\r\n"),
  );
}
