import { describe, expect, it } from "vitest";
import { readHeaders } from "@mcrules/mail";
import {
  agreement,
  type Compared,
  bytesOf,
  filesIn,
  found,
  mailsIn,
  plainReading,
  read,
  textOf,
} from "./corpus.ts";

interface Told {
  readonly bounce: boolean | undefined;
  readonly automatic: boolean | undefined;
  readonly recipients: readonly string[];
  readonly status: string | undefined;
}

/** What the whole mail tells; what the header alone told must be the same. */
async function told(file: string): Promise<Told> {
  const bytes = bytesOf(file);
  const mail = await read(bytes);
  const early = readHeaders(bytes, plainReading).flags;
  const { flags } = mail.headers;
  expect([file, early.bounce ?? flags.bounce]).toEqual([file, flags.bounce]);
  expect([file, early.automatic ?? flags.automatic]).toEqual([file, flags.automatic]);
  return {
    bounce: flags.bounce,
    automatic: flags.automatic,
    recipients: mail.bounce?.recipients ?? [],
    status: mail.bounce?.status,
  };
}

interface Row {
  readonly reason: string;
  readonly status: string;
}

function expectedRows(): ReadonlyMap<string, Row> {
  const rows = textOf("sisimai/expected.tsv").split("\n").slice(1);
  return new Map(
    rows.map((line) => {
      const [file = "", , status = "", , reason = ""] = line.split("\t");
      return [file, { reason, status }];
    }),
  );
}

describe.skipIf(!found)("bounces and automatic mail", () => {
  it("sisimai: a bounce or not, automatic or not, with the line ends of three systems", async () => {
    const rows = expectedRows();
    const bounces: Compared[] = [];
    const automatic: Compared[] = [];
    const recipients: Compared[] = [];
    for (const file of filesIn("sisimai")) {
      const row = rows.get(file.split("/").at(-1) ?? "");
      if (row === undefined) continue;
      const own = await told(file);
      // An abuse report is no bounce, nor is an answer from somebody's holidays.
      const wanted = row.reason !== "feedback" && row.reason !== "vacation";
      bounces.push({ file, agrees: own.bounce === wanted });
      if (row.reason !== "feedback") automatic.push({ file, agrees: own.automatic === true });
      if (wanted) recipients.push({ file, agrees: own.recipients.length > 0 });
    }
    expect(bounces.length).toBeGreaterThan(100);
    expect(agreement("sisimai, bounce", bounces).share).toBeGreaterThanOrEqual(0.98);
    expect(agreement("sisimai, automatic", automatic).share).toBeGreaterThanOrEqual(0.98);
    expect(agreement("sisimai, a recipient named", recipients).share).toBeGreaterThanOrEqual(0.85);
  });

  it.each([
    "sisimai/not",
    "spamassassin/nice",
    "spamassassin/spam",
    "talon/standard_replies",
    "redmine",
    "rt",
    "cpython-email/msg_01.txt",
  ])("%s: no bounces", async (set) => {
    const compared: Compared[] = [];
    let early = 0;
    for (const file of set.endsWith(".txt") ? [set] : mailsIn(set)) {
      const own = await told(file);
      compared.push({ file, agrees: own.bounce === false });
      if (readHeaders(bytesOf(file), plainReading).flags.bounce !== undefined) early += 1;
    }
    const { share } = agreement(`${set}, no bounce`, compared);
    expect(share).toBeGreaterThanOrEqual(0.98);
    // A scan that only asks for headers must settle most mails.
    expect(early / compared.length).toBeGreaterThan(0.9);
  });

  it.each(["talon/standard_replies", "rt/smime", "rt/gnupg", "mimekit-smime"])(
    "%s: written by people",
    async (set) => {
      const compared: Compared[] = [];
      for (const file of mailsIn(set)) {
        compared.push({ file, agrees: (await told(file)).automatic === false });
      }
      expect(agreement(`${set}, not automatic`, compared).share).toBeGreaterThanOrEqual(0.95);
    },
  );

  it("deltachat: delivery reports and lists by their names", async () => {
    const compared: Compared[] = [];
    for (const file of mailsIn("deltachat")) {
      const name = file.split("/").at(-1) ?? "";
      const mail = await read(bytesOf(file));
      const { bounce, bulk } = mail.headers.flags;
      if (name.includes("ndn")) compared.push({ file, agrees: bounce === true });
      else if (name.startsWith("mailinglist"))
        compared.push({ file, agrees: bulk === true && bounce === false });
      else compared.push({ file, agrees: bounce === false });
    }
    expect(agreement("deltachat, bounce or list", compared).share).toBeGreaterThanOrEqual(0.95);
  });

  it("ruby-mail and enmime: delivery reports", async () => {
    const compared: Compared[] = [];
    for (const file of [
      ...mailsIn("ruby-mail/multipart_report_emails"),
      ...mailsIn("enmime/dsn/testdata"),
    ]) {
      const mail = await read(bytesOf(file));
      compared.push({ file, agrees: mail.headers.flags.bounce === true });
    }
    expect(agreement("ruby-mail and enmime, bounce", compared).share).toBeGreaterThanOrEqual(0.9);
  });
});
