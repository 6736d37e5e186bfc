import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Where and as whom a command runs. */
export interface Circumstances {
  readonly in: string;
  /** What stands on standard input. */
  readonly input?: string;
  /** The user, where it is not this one. Only root may choose. */
  readonly user?: string;
  /** A file or device in the place of standard output. */
  readonly outputTo?: string;
}

const repository = join(import.meta.dirname, "..", "..");
const program = join(repository, "packages/cli/bin/mcrules.js");

/** Starts `mcrules` as a person does: the built one, in a folder of theirs. */
export function start(
  parameters: readonly string[],
  circumstances: Circumstances,
): { readonly child: ChildProcessWithoutNullStreams; readonly ended: Promise<Ended> } {
  const { user, outputTo } = circumstances;
  const command = [
    ...(user === undefined ? [] : ["runuser", "-u", user, "--"]),
    ...(outputTo === undefined ? [] : ["sh", "-c", 'exec "$@" > "$0"', outputTo]),
    process.execPath,
    program,
    ...parameters,
  ];
  const child = spawn(command[0] ?? "", command.slice(1), {
    cwd: circumstances.in,
    env: { ...process.env, NO_COLOR: "1", MCRULES_STORE: "" },
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (part: Buffer) => (out += part.toString()));
  child.stderr.on("data", (part: Buffer) => (err += part.toString()));
  // A command that does not read its input may be gone before it is written.
  child.stdin.on("error", () => undefined);
  child.stdin.end(circumstances.input ?? "");
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, out, err });
    });
  });
  return { child, ended };
}

/** Runs `mcrules` to its end. A line of words, or the words one by one. */
export function mcrules(
  line: string | readonly string[],
  circumstances: Circumstances,
): Promise<Ended> {
  return start(typeof line === "string" ? line.split(" ") : line, circumstances).ended;
}

/** A folder of its own for a test. */
export class Place {
  readonly path: string;

  constructor() {
    this.path = mkdtempSync(join(tmpdir(), "mcrules-cli-"));
  }

  write(path: string, text: string | Uint8Array): string {
    const whole = join(this.path, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text);
    return whole;
  }

  /** A project with two mails: one opens a ticket, the other answers it. */
  addProject(more = ""): void {
    this.write("mcrules.json", '{ "language": 1 }\n');
    this.write("support.mcrules", project + more);
    this.write("mail/1.eml", mail(1, "Printer broken"));
    this.write("mail/2.eml", mail(2, "Re: Printer broken", "In-Reply-To: <1@firm.example>"));
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

export function mail(number: number, subject: string, ...headers: readonly string[]): string {
  return [
    "From: Anna <anna@firm.example>",
    "To: info@helpdesk.example",
    `Message-ID: <${number}@firm.example>`,
    `Date: Mon, 2 Nov 2026 09:${String(number % 60).padStart(2, "0")}:00 +0000`,
    `Subject: ${subject}`,
    ...headers,
    "",
    `Text ${number}.`,
    "",
  ].join("\n");
}

const project = `mailbox support {
  files "mail"
  address "Support <info@helpdesk.example>"
  apply incoming
}

rules incoming {
  rule "Answer" {
    when mail is reply
    then update ticket thread
  }

  rule "New" {
    when always
    then create ticket
  }
}

test "a request opens a ticket" {
  receive "mail/1.eml"
  expect rule "New"
}
`;
