/** What a mail of these tests is made of; the number makes it another one. */
export interface MailParts {
  readonly subject: string;
  readonly from?: string;
  readonly cc?: string;
  readonly body?: string;
  /** The Message-ID that it answers. */
  readonly answers?: string;
}

/** A plain mail. Later numbers come later. */
export function mailText(number: number, parts: MailParts): string {
  return [
    ...headers(number, parts),
    "Content-Type: text/plain; charset=utf-8",
    "",
    parts.body ?? `Text ${number}: così è.`,
    "",
  ].join("\n");
}

/** A mail with two attachments, one of them with the content of every such mail. */
export function manyPartsText(number: number, subject: string): string {
  const part = (name: string, text: string) => [
    "--part",
    `Content-Type: application/octet-stream; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from(text).toString("base64"),
  ];
  return [
    ...headers(number, { subject }),
    'Content-Type: multipart/mixed; boundary="part"',
    "",
    "--part",
    "Content-Type: text/plain",
    "",
    `Text ${number}.`,
    ...part("same.bin", "the same in each"),
    ...part("own.bin", `of ${number} alone`),
    "--part--",
    "",
  ].join("\n");
}

function headers(number: number, parts: MailParts): readonly string[] {
  return [
    `From: ${parts.from ?? "Anna <anna@firm.example>"}`,
    "To: desk@helpdesk.example",
    ...(parts.cc === undefined ? [] : [`Cc: ${parts.cc}`]),
    `Message-ID: <${number}@mail.firm.example>`,
    ...(parts.answers === undefined ? [] : [`In-Reply-To: ${parts.answers}`]),
    `Date: Mon, 2 Nov 2026 09:${String(number).padStart(2, "0")}:00 +0100`,
    `Subject: ${parts.subject}`,
    "MIME-Version: 1.0",
  ];
}
