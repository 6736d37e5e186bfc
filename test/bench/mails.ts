import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { randomNumbers, randomWords } from "./randomWords.ts";

/** Mails to measure with, and where they are from. */
export interface MailSet {
  readonly origin: string;
  readonly mails: readonly Uint8Array[];
  readonly bytes: number;
}

const largest = 200_000;

/** The mails of the corpus where it is there, else as many of our own making. */
export function mailSet(): MailSet {
  const corpus =
    process.env["MCRULES_CORPUS"] ?? join(import.meta.dirname, "../../../shared/corpus");
  if (!existsSync(corpus)) {
    const mails = Array.from({ length: 926 }, (_, number) => generatedMail(number));
    return { origin: "generated mails", mails, bytes: total(mails) };
  }
  const mails = readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".eml"))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => readFileSync(path))
    .filter((mail) => mail.length <= largest);
  return { origin: "corpus mails", mails, bytes: total(mails) };
}

function total(mails: readonly Uint8Array[]): number {
  return mails.reduce((sum, mail) => sum + mail.length, 0);
}

/** A mail as a mail program writes it, through three servers; one in three is HTML as well. */
function generatedMail(number: number): Uint8Array {
  const random = randomNumbers(number);
  const word = randomWords(number + 1);
  const text = (lines: number) =>
    Array.from({ length: lines }, () => Array.from({ length: 9 }, word).join(" ")).join("\r\n");
  const header = [
    ...["mx.example.it", "relay.example.net", "out.example.org"].map(
      (host, hop) =>
        `Received: from ${word()}.example (${host} [192.0.2.${hop}])\r\n\tby ${host} (Postfix) with ESMTPS id ${word()};\r\n\tMon, 2 Nov 2026 09:${String(number % 60).padStart(2, "0")}:0${hop} +0100 (CET)`,
    ),
    `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${word()}.example;\r\n\tb=${word().repeat(40)}`,
    `From: ${word()} ${word()} <${word()}@${word()}.example>`,
    `To: Support <info@example.it>, ${word()}@${word()}.example`,
    `Subject: =?utf-8?Q?${word()}_=C3=A8?= ${word()} ${word()}`,
    `Date: Mon, 2 Nov 2026 09:${String(number % 60).padStart(2, "0")}:00 +0100`,
    `Message-ID: <${word()}.${number}@${word()}.example>`,
    "MIME-Version: 1.0",
  ];
  const lines = 10 + Math.floor(random() ** 3 * 300);
  const plain = `Content-Type: text/plain; charset=utf-8\r\n\r\n${text(lines)}\r\n`;
  if (number % 3 !== 0) return Buffer.from(`${header.join("\r\n")}\r\n${plain}`);
  const boundary = `=_${word()}`;
  const html = `Content-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>${text(lines).replaceAll("\r\n", "<br>\r\n")}</p></body></html>\r\n`;
  return Buffer.from(
    `${header.join("\r\n")}\r\nContent-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n` +
      `--${boundary}\r\n${plain}\r\n--${boundary}\r\n${html}\r\n--${boundary}--\r\n`,
  );
}

/** A small mail of a customer, plain text of about a kilobyte; the number makes it another one. */
export function smallMail(number: number): string {
  const word = randomWords(number + 1_000_000);
  const two = (value: number) => String(value).padStart(2, "0");
  const sentence = () => `${Array.from({ length: 9 }, word).join(" ")}.`;
  const day = `${1 + (Math.floor(number / 86_400) % 28)} Nov 2026`;
  const time = `${two(Math.floor(number / 3600) % 24)}:${two(Math.floor(number / 60) % 60)}:${two(number % 60)}`;
  return [
    `Received: from mail.${word()}.example (192.0.2.7) by mx.example.it with ESMTPS; ${day} ${time} +0100`,
    `From: ${word()} ${word()} <${word()}@${word()}.example>`,
    "To: Support <info@example.it>",
    `Subject: ${word()} ${word()} ${number}`,
    `Date: ${day} ${time} +0100`,
    `Message-ID: <${number}.${word()}@${word()}.example>`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Good morning,",
    ...Array.from({ length: 6 }, sentence),
    "",
    "Kind regards",
    "",
  ].join("\n");
}
