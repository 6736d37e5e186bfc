import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { password, startDovecot, user } from "../imap/dovecot.ts";
import { mcrules, type CommandRun } from "./commandRun.ts";
import { smallMail } from "./mails.ts";
import { median } from "./measuring.ts";
import { randomWords } from "./randomWords.ts";
import { figure, megabytes, table } from "./table.ts";

const smallMails = 10_000;

/** A project that makes a ticket of each mail, with what real ones have above it. */
function project(settings: readonly string[], more = ""): string {
  return `helpdesk {
  priority ["Low", "Normal", "High"]
}

mailbox support {
${settings.map((setting) => `  ${setting}\n`).join("")}  address "Support <info@example.it>"
  apply incoming
}

rules incoming {
  rule "Suppliers" {
    when from.domain is ["aruba.it", "register.it"]
    then ignore
  }

  rule "Answer" {
    when mail is reply
    then update ticket thread if closed for 30 days create ticket
  }

  rule "Reply" {
    when any {
      subject matches /Ticket Id: (?<id>9x[0-9]+)\\b/
      body.new matches /^Ticket Id: (?<id>9x[0-9]+)$/m
    }
    then ignore
  }

  rule "Urgent" {
    when subject contains "urgent"
    then create ticket {
      priority "High"
    }
  }

  rule "Support" {
    when always
    then create ticket {
      priority "Normal"
    }
  }
}
${more}`;
}

/** A scan of many small mails, from a Maildir into SQLite, as a process of its own. */
export async function scanMaildir(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "mcrules-bench-"));
  try {
    const rows = [["", "tickets a second", "seconds", "CPU seconds", "peak memory"]];
    const kinds = [
      { name: "mails are left as they are", settings: ['files "Maildir"'] },
      { name: "mails are marked as read", settings: ['files "Maildir"', "after mark read"] },
    ];
    for (const { name, settings } of kinds) {
      const rounds: CommandRun[] = [];
      for (let round = 0; round < 3; round++) {
        const root = join(folder, `${settings.length}-${round}`);
        for (const part of ["cur", "new", "tmp"]) {
          mkdirSync(join(root, "Maildir", part), { recursive: true });
        }
        for (let number = 0; number < smallMails; number++) {
          const file = `${1_700_000_000 + number}.M${number}.host`;
          writeFileSync(join(root, "Maildir/new", file), smallMail(number));
        }
        writeFileSync(join(root, "support.mcrules"), project(settings));
        const run = await mcrules(root, "scan", "--format", "json");
        expectCreated(run.output, smallMails);
        rounds.push(run);
        rmSync(root, { recursive: true });
      }
      const milliseconds = median(rounds.map((round) => round.milliseconds));
      rows.push([
        name,
        figure((smallMails / milliseconds) * 1000),
        figure(milliseconds / 1000),
        figure(median(rounds.map((round) => round.cpuMilliseconds)) / 1000),
        megabytes(Math.max(...rounds.map(({ peak }) => peak))),
      ]);
    }
    console.log(`${figure(smallMails)} small mails, a new ticket each, synchronous FULL`);
    console.log(table(rows));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same mails in a real Dovecot over loopback. */
export async function scanDovecot(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "mcrules-bench-"));
  const server = await startDovecot();
  try {
    for (let number = 0; number < smallMails; number++) {
      server.deliver("INBOX", smallMail(number));
    }
    const login = `login "${user}" password env("MCRULES_BENCH_PASSWORD")`;
    process.env["MCRULES_BENCH_PASSWORD"] = password;
    const rows = [["", "tickets a second", "seconds", "CPU seconds", "peak memory"]];
    const kinds = [
      {
        name: "over TLS",
        settings: [
          `server "localhost" port ${server.tlsPort}`,
          `security tls ca "${server.certificate}"`,
        ],
      },
      {
        name: "in the clear",
        settings: [`server "127.0.0.1" port ${server.port}`, "security none"],
      },
    ];
    for (const { name, settings } of kinds) {
      const root = join(folder, name);
      mkdirSync(root);
      const whole = [...settings, login, "since beginning"];
      writeFileSync(join(root, "support.mcrules"), project(whole));
      const run = await mcrules(root, "scan", "--format", "json");
      expectCreated(run.output, smallMails);
      rows.push([
        name,
        figure((smallMails / run.milliseconds) * 1000),
        figure(run.milliseconds / 1000),
        figure(run.cpuMilliseconds / 1000),
        megabytes(run.peak),
      ]);
    }
    console.log(
      `${figure(smallMails)} small mails in a Dovecot on this machine, a new ticket each`,
    );
    console.log(table(rows));
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A scan of an mbox of a gigabyte, half of it in attachments. */
export async function scanMbox(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "mcrules-bench-"));
  try {
    const mails = await writeMbox(join(folder, "archive.mbox"), 1024 ** 3);
    writeFileSync(join(folder, "support.mcrules"), project(['files "archive.mbox"']));
    const run = await mcrules(folder, "scan", "--format", "json");
    expectCreated(run.output, mails);
    const { size } = statSync(join(folder, "archive.mbox"));
    console.log(`an mbox of ${megabytes(size)} with ${figure(mails)} mails, a new ticket each`);
    console.log(
      table([
        ["", "mails a second", "seconds", "CPU seconds", "peak memory"],
        [
          "mbox",
          figure((mails / run.milliseconds) * 1000),
          figure(run.milliseconds / 1000),
          figure(run.cpuMilliseconds / 1000),
          megabytes(run.peak),
        ],
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Small mails, every tenth with an attachment of up to two megabytes. Gives how many they are. */
async function writeMbox(path: string, size: number): Promise<number> {
  const file = createWriteStream(path);
  const line = `${Buffer.from(randomWords(3)().repeat(9)).toString("base64").slice(0, 72)}\n`;
  let written = 0;
  let number = 0;
  while (written < size) {
    const small = smallMail(number);
    const attached =
      number % 10 === 0 ? withAttachment(small, line, 1 + (number % 7) * 5000) : small;
    const text = `From nobody Mon Nov  2 09:00:00 2026\n${attached}\n`;
    written += text.length;
    number += 1;
    if (!file.write(text)) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
  return number;
}

function withAttachment(mail: string, line: string, lines: number): string {
  const [header = "", body = ""] = mail.split("\n\n", 2);
  const type = 'Content-Type: multipart/mixed; boundary="part"';
  return [
    header.replace("Content-Type: text/plain; charset=utf-8", type),
    "",
    "--part",
    "Content-Type: text/plain; charset=utf-8",
    "",
    body,
    "--part",
    'Content-Type: application/octet-stream; name="report.bin"',
    'Content-Disposition: attachment; filename="report.bin"',
    "Content-Transfer-Encoding: base64",
    "",
    `${line.repeat(lines)}--part--`,
    "",
  ].join("\n");
}

function expectCreated(output: string, count: number): void {
  if (!output.includes(`"created": ${count},`)) {
    throw new Error(`The scan did not make ${count} tickets: ${output}`);
  }
}
