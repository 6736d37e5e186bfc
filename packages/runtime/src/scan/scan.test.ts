import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Program, ProgramMailbox } from "@mcrules/compiler";
import { openSqliteHelpdesk } from "@mcrules/helpdesk";
import {
  always,
  create,
  ignore,
  mailbox,
  move,
  program,
  rule,
  subjectContains,
  updateThread,
} from "../../../handling/src/samples/program.ts";
import type { SampleProject } from "../samples/project.ts";
import { mailText, sampleProject } from "../samples/project.ts";
import type { MailboxScan, ScannedMail } from "./report.ts";
import { scanMailbox } from "./scanMailbox.ts";
import { scanProject } from "./scanProject.ts";

let project: SampleProject;
beforeEach(async () => {
  project = await sampleProject();
});
afterEach(async () => {
  await project.close();
});

const span = { file: "sample.mcrules", start: 0, end: 0 };
const filesAt = (path: string) => ({ source: { kind: "files", span, path } }) as const;
const rules = [
  rule("Ignore", subjectContains("ignore"), ignore),
  rule("Support", subjectContains("Mail"), create()),
];

function withMails(
  path: string,
  settings: Partial<ProgramMailbox["settings"]> = {},
  given: readonly ReturnType<typeof rule>[] = rules,
): Program {
  return program([mailbox("support", given, { ...filesAt(path), ...settings })]);
}

async function scan(
  given: Program,
  options: Partial<Parameters<typeof scanMailbox>[2]> = {},
): Promise<{ readonly report: MailboxScan; readonly mails: readonly ScannedMail[] }> {
  const mails: ScannedMail[] = [];
  const report = await scanMailbox(project.context(given), "support", {
    root: project.root,
    onMail: (mail) => mails.push(mail),
    ...options,
  });
  return { report, mails };
}

const tickets = () => project.helpdesk.tickets({});

describe("a folder of .eml files", () => {
  it("is INBOX with its subfolders, taken in the order in which the mails were received", async () => {
    project.write("mail/a.eml", mailText(30));
    project.write("mail/Requests/New/b.EML", mailText(10));
    project.write("mail/c.eml", mailText(20));
    project.write("mail/notes.txt", "no mail");
    const { report, mails } = await scan(withMails("mail"));
    expect(report).toMatchObject({ read: 3, created: 3, failed: 0, already: 0, notices: [] });
    expect(mails.map(({ folder, place }) => [folder, place.slice(project.root.length)])).toEqual([
      ["Requests/New", "/mail/Requests/New/b.EML"],
      ["INBOX", "/mail/c.eml"],
      ["INBOX", "/mail/a.eml"],
    ]);
    expect((await tickets()).map(({ title }) => title)).toEqual(["Mail 30", "Mail 20", "Mail 10"]);
  });

  it("is done once however often it is scanned, and known files are not even opened", async () => {
    project.write("mail/a.eml", mailText(1));
    project.write("mail/b.eml", mailText(2));
    await scan(withMails("mail"));
    const { report, mails } = await scan(withMails("mail"));
    expect(report).toMatchObject({ read: 0, already: 2 });
    expect(mails).toEqual([]);
    expect(await tickets()).toHaveLength(2);
  });

  it("takes the same mail in two folders once, and knows both places from then on", async () => {
    project.write("mail/a.eml", mailText(1));
    project.write("mail/copy/a.eml", `Delivered-To: someone@example.it\n${mailText(1)}`);
    const first = await scan(withMails("mail"));
    expect(first.report).toMatchObject({ read: 1, created: 1, already: 1 });
    const second = await scan(withMails("mail"));
    expect(second.report).toMatchObject({ read: 0, already: 2 });
    expect(second.mails).toEqual([]);
  });

  it("takes a mail without a Message-ID once, and a used id with other content as another mail", async () => {
    project.write("mail/a.eml", mailText(1, { id: "" }));
    project.write("mail/b.eml", mailText(2, { id: "<same@example.org>" }));
    project.write("mail/c.eml", mailText(3, { id: "<same@example.org>" }));
    await scan(withMails("mail"));
    project.write("mail/again.eml", mailText(1, { id: "" }));
    const { report } = await scan(withMails("mail"));
    expect(report).toMatchObject({ read: 0, already: 4 });
    expect(await tickets()).toHaveLength(3);
  });

  it("looks again at a file that was written anew", async () => {
    project.write("mail/a.eml", mailText(1));
    await scan(withMails("mail"));
    project.write("mail/a.eml", `${mailText(1)}More.\n`);
    expect((await scan(withMails("mail"))).report).toMatchObject({ read: 1, created: 1 });
  });

  it("says once a scan that it has no place for what becomes of its mails", async () => {
    project.write("mail/a.eml", mailText(1));
    project.write("mail/b.eml", mailText(2));
    const { report } = await scan(withMails("mail", { after: { kind: "mark read" } }));
    expect(report.notices).toEqual([
      "2 mails were to be marked read: a folder of .eml files has no place for that, so the files stay as they are.",
    ]);
    expect(await project.helpdesk.pendingMailEffects("support")).toEqual([]);
  });

  it("counts each outcome in its column", async () => {
    project.write("mail/a.eml", mailText(1));
    project.write("mail/b.eml", mailText(2, { subject: "please ignore" }));
    project.write("mail/c.eml", mailText(3, { subject: "something else" }));
    const { report } = await scan(withMails("mail"));
    expect(report).toMatchObject({ read: 3, created: 1, ignored: 1, unmatched: 1 });
  });

  it("holds nothing up where a file cannot be read: three times a failure, then set aside", async () => {
    project.write("mail/a.eml", mailText(1));
    symlinkSync("nowhere", join(project.root, "mail/broken.eml"));
    const failed: number[] = [];
    for (let scans = 1; scans <= 4; scans++) {
      const { report } = await scan(withMails("mail"));
      failed.push(report.failed);
    }
    expect(failed).toEqual([1, 1, 1, 0]);
    expect(await project.helpdesk.journal({ failed: true })).toMatchObject([
      { state: "set aside", error: expect.stringContaining("cannot be read") },
    ]);
    expect(await tickets()).toHaveLength(1);
  });

  it("without any .eml file says so", async () => {
    project.write("mail/letter.txt", mailText(1));
    const { report } = await scan(withMails("mail"));
    expect(report).toMatchObject({
      read: 0,
      notices: [expect.stringContaining("There is no .eml file in")],
    });
  });

  it("begins where the setting since says, and remembers the first scan for since now", async () => {
    project.write("mail/old.eml", mailText(1).replace("2 Nov 2026", "1 Nov 2026"));
    project.write("mail/new.eml", mailText(2));
    const day = { kind: "day", year: 2026, month: 11, day: 2 } as const;
    expect((await scan(withMails("mail", { since: day }))).report).toMatchObject({ read: 1 });
    const now = withMails("mail", { since: { kind: "now" } });
    expect((await scan(now)).report).toMatchObject({ read: 0 });
    project.write("mail/later.eml", mailText(3).replace("2026", "2066"));
    expect((await scan(now)).report).toMatchObject({ read: 1 });
  });
});

it("a scan ends with forgetting what was counted of senders longer ago than anything asks", async () => {
  project.write("mail/a.eml", mailText(1));
  const given = withMails("mail");
  const now = project.context(given).now();
  await project.helpdesk.transaction(async (desk) => {
    await desk.countMiss("eve@evil.example", now - 86_400_000 - 1);
    await desk.countMiss("eve@evil.example", now - 1_000);
  });
  await scan(given);
  expect(await project.helpdesk.misses("eve@evil.example", 0)).toBe(1);
});

describe("a dry run", () => {
  it("decides and writes nothing, neither to the store nor to the mailbox", async () => {
    maildirMail("INBOX/new", "1.host", 1);
    maildirMail("INBOX/new", "2.host", 1);
    const before = project.files("Maildir");
    const { report, mails } = await scan(withMails("Maildir", { after: { kind: "mark read" } }), {
      dryRun: true,
    });
    expect(report).toMatchObject({ read: 1, created: 1, already: 1 });
    expect(mails[0]?.result).toMatchObject({ kind: "decided", ticket: undefined });
    expect(project.files("Maildir")).toEqual(before);
    expect(await project.helpdesk.journal({})).toEqual([]);
    expect(await project.helpdesk.lastScan("support")).toBeUndefined();
  });
});

describe("a dry run with a copy of the store", () => {
  it("judges an answer by the ticket that the mail before it would have opened", async () => {
    maildirMail("INBOX/new", "1.host", 1);
    maildirMail("INBOX/new", "2.host", 2, "Mail again");
    project.write(
      "Maildir/new/2.host",
      mailText(2).replace("Subject:", "In-Reply-To: <1@example.org>\nSubject:"),
    );
    const given = withMails("Maildir", { after: { kind: "move", folder: "Done" } }, [
      rule("Thread", always, updateThread),
      ...rules,
    ]);
    const alone = await scan(given, { dryRun: true });
    expect(alone.report).toMatchObject({ created: 2, updated: 0 });
    const scratch = await openSqliteHelpdesk(":memory:");
    const together = await scan(given, { dryRun: true, scratch });
    await scratch.close();
    expect(together.report).toMatchObject({ created: 1, updated: 1, notices: [] });
    expect(project.files("Maildir")).toEqual(["new/1.host", "new/2.host"]);
    expect(await project.helpdesk.journal({})).toEqual([]);
    expect((await scan(given)).report).toMatchObject({ created: 1, updated: 1 });
  });
});

function maildirMail(where: string, name: string, number: number, subject?: string): void {
  for (const part of ["new", "cur", "tmp"]) {
    mkdirSync(join(project.root, "Maildir", part), { recursive: true });
  }
  const path = where.replace(/^INBOX\//, "");
  project.write(
    `Maildir/${path}/${name}`,
    mailText(number, subject === undefined ? {} : { subject }),
  );
}

describe("a Maildir", () => {
  it("marks read by renaming, and keeps other flags", async () => {
    maildirMail("INBOX/new", "1.host", 1);
    maildirMail("INBOX/cur", "2.host:2,FR", 2);
    const { report } = await scan(withMails("Maildir", { after: { kind: "mark read" } }));
    expect(report).toMatchObject({ created: 2, notices: [] });
    expect(project.files("Maildir")).toEqual(["cur/1.host:2,S", "cur/2.host:2,FRS"]);
    expect((await scan(withMails("Maildir"))).report).toMatchObject({ read: 0, already: 2 });
  });

  it("moves to a folder that is made at first use, in Maildir++", async () => {
    maildirMail("INBOX/new", "1.host", 1);
    maildirMail("INBOX/cur", "2.host:2,S", 2);
    const after = { after: { kind: "move", folder: "Done/Città" } } as const;
    await scan(withMails("Maildir", after));
    expect(project.files("Maildir")).toEqual([
      ".Done.Citt&AOA-/cur/2.host:2,S",
      ".Done.Citt&AOA-/new/1.host",
    ]);
    const second = await scan(withMails("Maildir", after));
    expect(second.report).toMatchObject({ read: 0, already: 2 });
    expect((await scan(withMails("Maildir", after))).mails).toEqual([]);
    expect(await tickets()).toHaveLength(2);
  });

  it("reads the folders of the setting, and says which is missing, with one alarm", async () => {
    maildirMail("INBOX/new", "1.host", 1);
    maildirMail(".Requests.New/new", "2.host", 2);
    maildirMail(".Requests.New/cur", "3.host:2,", 3);
    maildirMail(".Requests.Old/new", "4.host", 4);
    mkdirSync(join(project.root, "Maildir/.Requests.Old/cur"));
    const folders = {
      names: ["Requests/*", "Gone"].map((value) => ({ value, span })),
      except: [{ value: "Requests/Old", span }],
    };
    const { report } = await scan(withMails("Maildir", { folders }));
    expect(report).toMatchObject({ read: 2, notices: ['Mailbox "support" has no folder "Gone".'] });
    await scan(withMails("Maildir", { folders }));
    expect(await project.helpdesk.alarms()).toHaveLength(1);
  });

  it("takes only what is unread where the setting says so", async () => {
    maildirMail("INBOX/new", "1.host", 1);
    maildirMail("INBOX/cur", "2.host:2,S", 2);
    maildirMail("INBOX/cur", "3.host:2,F", 3);
    expect((await scan(withMails("Maildir", { find: "unread" }))).report).toMatchObject({
      read: 2,
    });
  });

  it("copies, flags and deletes as the rules say", async () => {
    const at = { file: "sample.mcrules", line: 1, column: 1, endLine: 1, endColumn: 2 };
    maildirMail("INBOX/new", "1.host", 1, "copy");
    maildirMail("INBOX/new", "2.host", 2, "delete");
    await scan(
      withMails("Maildir", {}, [
        rule(
          "Copy",
          subjectContains("copy"),
          { kind: "copy", at, folder: "Copies" },
          { kind: "mark", at, as: "flagged" },
          ignore,
        ),
        rule("Delete", subjectContains("delete"), { kind: "delete", at }),
      ]),
    );
    const files = project.files("Maildir");
    expect(files).toHaveLength(2);
    expect(files).toContainEqual("cur/1.host:2,F");
    expect(files).toContainEqual(expect.stringMatching(/^\.Copies\/cur\/1\.host\.copy-.*:2,F$/));
  });

  it("may have its folders one inside the other", async () => {
    maildirMail("INBOX/new", "1.host", 1);
    maildirMail("Requests/new", "2.host", 2);
    maildirMail("Requests/cur", "3.host:2,", 3);
    const { mails } = await scan(withMails("Maildir", {}, [rule("Move", always, move("A/B"))]));
    expect(mails.map(({ folder }) => folder)).toEqual(["INBOX", "Requests", "Requests"]);
    expect(project.files("Maildir/A/B")).toEqual(["cur/3.host:2,", "new/1.host", "new/2.host"]);
  });

  it("says in words where a folder can never be made, and goes on", async () => {
    maildirMail("INBOX/new", "1.host", 1);
    maildirMail("INBOX/new", "2.host", 2);
    const given = withMails("Maildir", {}, [rule("Move", always, move("a.b"))]);
    const { report } = await scan(given);
    expect(report).toMatchObject({
      read: 2,
      failed: 0,
      notices: [expect.stringContaining('"a.b" cannot be the name of a folder in a Maildir++')],
    });
    expect(await project.helpdesk.alarms()).toHaveLength(1);
    expect((await scan(given)).report).toMatchObject({ already: 2, notices: [] });
  });

  it("tries again at the next scan what could not be done now", async () => {
    maildirMail("INBOX/new", "1.host", 1);
    project.write("Maildir/.Done", "a file where the folder should be");
    const given = withMails("Maildir", {}, [rule("Move", always, move("Done"))]);
    const { report } = await scan(given);
    expect(report).toMatchObject({ read: 1, failed: 0 });
    expect(report.notices).toEqual([expect.stringContaining("cannot be changed")]);
    rmSync(join(project.root, "Maildir/.Done"));
    expect((await scan(given)).report).toMatchObject({ notices: [] });
    expect(project.files("Maildir")).toEqual([".Done/new/1.host"]);
  });
});

describe("an mbox file", () => {
  const separator = "From anna@example.org Mon Nov  2 09:55:00 2026\n";

  it("is read mail by mail; what is added later is new, what is there is known", async () => {
    project.write("box", `${separator}${mailText(1)}>From here.\n\n${separator}${mailText(2)}\n`);
    expect((await scan(withMails("box"))).report).toMatchObject({ read: 2, created: 2 });
    const [, first] = await tickets();
    expect(first?.description).toBe("Text 1.\nFrom here.");
    appendFileSync(join(project.root, "box"), `${separator}${mailText(3)}\n`);
    const { report, mails } = await scan(withMails("box", { after: { kind: "mark read" } }));
    expect(report).toMatchObject({ read: 1, already: 2 });
    expect(report.notices[0]).toContain("an mbox file has no place for that");
    expect(mails[0]?.place).toBe(`${join(project.root, "box")}:3`);
  });

  it("knows its mails also where others were taken out before them", async () => {
    project.write("box", `${separator}${mailText(1)}\n${separator}${mailText(2)}\n`);
    await scan(withMails("box"));
    project.write("box", `${separator}${mailText(2)}\n`);
    expect((await scan(withMails("box"))).report).toMatchObject({ read: 0, already: 1 });
  });

  it("that is none is an error of that mailbox, in words", async () => {
    project.write("box", mailText(1));
    expect((await scan(withMails("box"))).report.error).toMatch(
      /box cannot be read: it is no mbox/,
    );
  });
});

describe("several mailboxes", () => {
  it("are scanned one after the other; what is wrong with one ends none of the others", async () => {
    project.write("mail/a.eml", mailText(1));
    const given = program([
      mailbox("gone", rules, filesAt("nothing-here")),
      mailbox("server", rules, {
        source: {
          kind: "server",
          span,
          host: "imap.example.it",
          port: 993,
          protocol: "imap4",
          security: undefined,
          login: undefined,
          parameters: [],
        },
      }),
      mailbox("off", rules, { ...filesAt("mail"), enabled: false }),
      mailbox("support", rules, filesAt("mail")),
    ]);
    const reports = await scanProject(project.context(given), { root: project.root });
    expect(reports.map(({ name, read, error }) => [name, read, error?.split(":")[0]])).toEqual([
      ["gone", 0, `There are no mails at ${project.root}/nothing-here`],
      ["server", 0, 'Mailbox "server" says nothing about its login'],
      ["off", 0, undefined],
      ["support", 1, undefined],
    ]);
    expect(reports[2]?.notices).toEqual(["The mailbox is disabled, so it is not scanned."]);
  });

  it("stop after the mail in hand when they are told to", async () => {
    for (let number = 1; number <= 5; number++)
      project.write(`mail/${number}.eml`, mailText(number));
    const stop = new AbortController();
    const { report } = await scan(withMails("mail"), {
      signal: stop.signal,
      onMail: () => stop.abort(),
    });
    expect(report.read).toBe(1);
    expect((await scan(withMails("mail"))).report).toMatchObject({ read: 4, already: 1 });
  });
});

describe("exactly once", () => {
  const script = fileURLToPath(new URL("../samples/scanProcess.ts", import.meta.url));

  function scanInProcess(
    given: Program,
    more: { readonly crash?: boolean; /** As many mails. */ readonly killAfter?: number } = {},
  ): Promise<{ readonly signal: string | null; readonly output: string }> {
    const path = join(project.root, "program.json");
    writeFileSync(path, JSON.stringify(given));
    const child = spawn(
      process.execPath,
      [
        "--conditions=mcrules-source",
        script,
        project.root,
        project.store,
        path,
        more.crash === true ? "crash" : more.killAfter === undefined ? "" : "tell",
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    return new Promise((resolve, reject) => {
      let output = "";
      child.stdout.on("data", (part: Buffer) => {
        output += part.toString();
        if (output.length >= (more.killAfter ?? Infinity)) child.kill("SIGKILL");
      });
      child.on("error", reject);
      child.on("close", (_code, signal) => resolve({ signal, output }));
    });
  }

  it("holds where two processes scan at once", async () => {
    for (let number = 1; number <= 40; number++) {
      maildirMail("INBOX/new", `${number}.host`, number);
    }
    const given = withMails("Maildir", { after: { kind: "move", folder: "Done" } });
    const both = await Promise.all([scanInProcess(given), scanInProcess(given)]);
    const reports: MailboxScan[] = both.flatMap(({ output }) => JSON.parse(output));
    expect(reports.map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(reports.map(({ created }) => created).reduce((sum, one) => sum + one, 0)).toBe(40);
    expect(reports.map(({ failed }) => failed)).toEqual([0, 0]);
    const titles = (await tickets()).map(({ title }) => title);
    expect(new Set(titles).size).toBe(40);
    expect(titles).toHaveLength(40);
    expect(project.files("Maildir").filter((path) => path.startsWith(".Done/"))).toHaveLength(40);
  });

  it("holds where a process is killed between the commit and what becomes of the mail", async () => {
    maildirMail("INBOX/new", "1.host", 1);
    maildirMail("INBOX/new", "2.host", 2);
    const given = withMails("Maildir", { after: { kind: "move", folder: "Done" } });
    expect(await scanInProcess(given, { crash: true })).toMatchObject({ signal: "SIGKILL" });
    expect(await tickets()).toHaveLength(1);
    expect(project.files("Maildir").filter((path) => path.startsWith(".Done/"))).toEqual([]);
    const { report } = await scan(given);
    expect(report).toMatchObject({ read: 1, created: 1, failed: 0 });
    expect(await tickets()).toHaveLength(2);
    expect(project.files("Maildir")).toEqual([".Done/new/1.host", ".Done/new/2.host"]);
    expect(await project.helpdesk.pendingMailEffects("support")).toEqual([]);
  });

  it("holds however often and wherever a scan is killed", async () => {
    for (let number = 1; number <= 150; number++) {
      maildirMail("INBOX/new", `${number}.host`, number);
    }
    const given = withMails("Maildir", { after: { kind: "move", folder: "Done" } });
    for (const killAfter of [1, 5, 12]) {
      expect(await scanInProcess(given, { killAfter })).toMatchObject({ signal: "SIGKILL" });
    }
    const { report } = await scan(given);
    expect(report).toMatchObject({ failed: 0, notices: [] });
    const all = await tickets();
    expect(new Set(all.map(({ title }) => title)).size).toBe(150);
    expect(all).toHaveLength(150);
    expect(project.files("Maildir")).toHaveLength(150);
    expect(project.files("Maildir").every((path) => path.startsWith(".Done/new/"))).toBe(true);
  });
});
