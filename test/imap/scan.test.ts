import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Dovecot } from "./dovecot.ts";
import { startDovecot } from "./dovecot.ts";
import type { ImapProject } from "./project.ts";
import { imapProject, mailText } from "./project.ts";
import { startProxy } from "./proxy.ts";

let shared: Dovecot;
let server: Dovecot;
let project: ImapProject;
beforeAll(async () => {
  shared = await startDovecot();
});
afterAll(async () => {
  await shared.stop();
});
beforeEach(() => {
  server = shared;
  project = imapProject();
});
afterEach(async () => {
  project.close();
  if (server === shared) server.clear();
  else await server.stop();
});

const connection = (port = server.port) =>
  `server "127.0.0.1" port ${port}
  security none
  login "anna" password env("SUPPORT_PASSWORD")`;
const settings = (more = "", port = server.port) => `${connection(port)}\n${more}`;
const flags = (folder: string) => server.mails(folder)?.map((mail) => mail.flags);
const titles = () =>
  project.looking(async (desk) => (await desk.tickets({})).map(({ title }) => title).toReversed());

describe("mails of a server", () => {
  it("become tickets once, in the order in which they were received, over folders", async () => {
    server.deliver("INBOX", mailText(1), new Date("2026-11-02T10:00:00Z"));
    server.deliver("Requests", mailText(2), new Date("2026-11-02T09:00:00Z"));
    server.deliver("Requests/New", mailText(3), new Date("2026-11-02T09:30:00Z"));
    server.deliver("INBOX", mailText(4, { subject: "please ignore" }));
    project.write(settings(`folders ["INBOX", "Requests", "Requests/*"]\nsince beginning`));
    expect(await project.scan()).toMatchObject({ read: 4, created: 3, ignored: 1, failed: 0 });
    expect(await titles()).toEqual(["Mail 2", "Mail 3", "Mail 1"]);
    expect(await project.scan()).toMatchObject({ read: 0, created: 0, already: 4 });
    server.deliver("INBOX", mailText(5));
    expect(await project.scan()).toMatchObject({ read: 1, created: 1, already: 4 });
  });

  it("have the server's time as theirs, their folder as people read it, and their whole text", async () => {
    const body = "Grüße aus dem Keller";
    server.deliver("Café &AOk-t&AOk-".replace("Café", "Caf&AOk-"), mailText(1, { body }));
    project.write(
      settings(`folders "Café été"\nsince beginning`),
      `rules incoming {
      rule "Here" {
        when all {
          folder is "Café été"
          mailbox is "support"
          age < 1 hours
          size > 100 B
          body contains "grüße"
        }
        then create ticket
      }
    }`,
    );
    expect(await project.scan()).toMatchObject({ read: 1, created: 1, unmatched: 0 });
    const [entry] = await project.looking((desk) => desk.journal({}));
    expect(entry).toMatchObject({
      folder: "Café été",
      place: expect.stringMatching(/^\d+@[0-9a-f]{8}:1$/),
    });
  });

  it("are taken from the very first scan on, whatever the clocks say, and none is lost between", async () => {
    server.deliver("INBOX", mailText(1), new Date("2020-01-01T00:00:00Z"));
    server.deliver("INBOX", mailText(2), new Date(Date.now() + 3_600_000));
    project.write(settings());
    expect(await project.scan()).toMatchObject({
      read: 0,
      notices: [expect.stringContaining("2 mails that are there already are left out")],
    });
    server.deliver("INBOX", mailText(3), new Date("2020-01-01T00:00:00Z"));
    expect(await project.scan()).toMatchObject({ read: 1, created: 1, notices: [] });
    expect(await titles()).toEqual(["Mail 3"]);
  });

  it("of a folder that came later are taken where they arrived since the first scan", async () => {
    project.write(settings(`folders "*"`));
    expect(await project.scan()).toMatchObject({ read: 0 });
    server.deliver("Later", mailText(1), new Date("2020-01-01T00:00:00Z"));
    server.deliver("Later", mailText(2));
    expect(await project.scan()).toMatchObject({ read: 1, created: 1 });
    expect(await titles()).toEqual(["Mail 2"]);
  });

  it("are taken from a day on", async () => {
    server.deliver("INBOX", mailText(1), new Date("2026-01-30T22:59:59Z"));
    server.deliver("INBOX", mailText(2), new Date("2026-01-30T23:00:01Z"));
    project.write(
      settings("since 2026-01-31"),
      `helpdesk {\n zone "Europe/Rome"\n}\nrules incoming {\n rule "A" {\n when always\n then create ticket\n }\n}`,
    );
    expect(await project.scan()).toMatchObject({ read: 1 });
    expect(await titles()).toEqual(["Mail 2"]);
  });

  it("that somebody has read are left out, and told, until somebody marks them unread", async () => {
    server.deliver("INBOX", mailText(1));
    server.deliver("INBOX", mailText(2));
    project.write(settings("since beginning\nafter mark read"));
    await project.scan();
    server.deliver("INBOX", mailText(3));
    server.deliver("INBOX", mailText(4));
    await raw(["SELECT INBOX", "UID STORE 3 +FLAGS (\\Seen)"]);
    project.write(settings("since beginning\nfind unread"));
    expect(await project.scan()).toMatchObject({
      read: 1,
      created: 1,
      notices: [expect.stringContaining("1 new mail was left out: somebody has read it")],
    });
    expect(await titles()).toEqual(["Mail 1", "Mail 2", "Mail 4"]);
    await raw(["SELECT INBOX", "UID STORE 1:4 -FLAGS (\\Seen)"]);
    expect(await project.scan()).toMatchObject({ read: 1, created: 1, notices: [] });
    expect(await titles()).toEqual(["Mail 1", "Mail 2", "Mail 4", "Mail 3"]);
    expect(await project.scan()).toMatchObject({ read: 0, created: 0 });
  });

  it("are not marked read by being looked at", async () => {
    server.deliver("INBOX", mailText(1));
    project.write(settings("since beginning"));
    await project.scan();
    expect(flags("INBOX")).toEqual([""]);
  });

  it("with 25 MB come whole", async () => {
    const body = `${"0123456789 abcdefghijklmnopqrstuvwxyz\r\n".repeat(700_000)}the end`;
    server.deliver("INBOX", mailText(1, { body }));
    project.write(settings("since beginning"));
    expect(await project.scan()).toMatchObject({ read: 1, created: 1, failed: 0 });
    const kept = await project.looking(async (desk) => {
      const [entry] = await desk.journal({});
      return desk.rawMail(entry?.identity.contentKey ?? "");
    });
    expect(
      Buffer.from(kept ?? [])
        .toString()
        .trimEnd()
        .endsWith("the end"),
    ).toBe(true);
    expect(kept?.length).toBeGreaterThan(25 * 1024 * 1024);
  });

  it("whose headers have no end, or that are empty, hold nothing up", async () => {
    server.deliver("INBOX", "");
    server.deliver("INBOX", "Subject: no body at all");
    server.deliver("INBOX", `${"X-Long: y\r\n".repeat(60_000)}${mailText(1)}`);
    server.deliver("INBOX", mailText(2));
    project.write(settings("since beginning"));
    expect(await project.scan()).toMatchObject({ read: 4, failed: 0 });
    expect(await project.scan()).toMatchObject({ read: 0 });
  });
});

describe("the same mail", () => {
  it("in two folders is one, and mails without a Message-ID are told by their content", async () => {
    server.deliver("INBOX", mailText(1));
    server.deliver("Copies", `Delivered-To: someone@example.it\r\n${mailText(1)}`);
    server.deliver("INBOX", mailText(2, { id: "" }));
    server.deliver("Copies", mailText(2, { id: "" }));
    server.deliver("Copies", mailText(2, { id: "", body: "another" }));
    server.deliver("Copies", mailText(1, { body: "a used Message-ID" }));
    project.write(settings(`folders ["INBOX", "Copies"]\nsince beginning`));
    expect(await project.scan()).toMatchObject({ read: 4, created: 4, already: 2 });
    expect(await project.scan()).toMatchObject({ read: 0, already: 6 });
  });

  it("is known when the server numbers its mails anew", async () => {
    for (let number = 1; number <= 5; number++) server.deliver("INBOX", mailText(number));
    server.deliver("INBOX", mailText(6, { subject: "ignore" }));
    project.write(settings("since beginning"));
    await project.scan();
    const before = await project.looking((desk) => desk.folderPositions("support"));
    server.renumber("INBOX");
    server.deliver("INBOX", mailText(7));
    expect(await project.scan()).toMatchObject({ read: 1, created: 1, already: 6 });
    const after = await project.looking((desk) => desk.folderPositions("support"));
    expect(after[0]?.uidValidity).not.toBe(before[0]?.uidValidity);
    expect(await project.scan()).toMatchObject({ read: 0, created: 0 });
  });

  it("is told from another one that another server has under the same numbers", async () => {
    for (let number = 1; number <= 3; number++) server.deliver("INBOX", mailText(number));
    project.write(settings("since beginning"));
    await project.scan();
    server.clear();
    for (let number = 3; number <= 4; number++) server.deliver("INBOX", mailText(number));
    const proxy = await startProxy(server.port, {
      rewrite: (text) => text.replaceAll(/UIDVALIDITY \d+/g, "UIDVALIDITY 1"),
    });
    project.write(settings("since beginning", proxy.port));
    expect(await project.scan()).toMatchObject({ read: 1, created: 1, already: 1 });
    server.clear();
    for (let number = 5; number <= 7; number++) server.deliver("INBOX", mailText(number));
    project.write(settings("since beginning", proxy.port).replace("127.0.0.1", "localhost"));
    expect(await project.scan()).toMatchObject({ read: 3, created: 3, already: 0 });
    await proxy.close();
  });

  it("that came before the first scan stays left out when the server numbers anew", async () => {
    server.deliver("INBOX", mailText(1), new Date("2026-01-01T00:00:00Z"));
    project.write(settings());
    await project.scan();
    server.renumber("INBOX");
    expect(await project.scan()).toMatchObject({ read: 0 });
  });

  it("is done again where its handling failed, though newer mails are done", async () => {
    server.deliver("INBOX", mailText(1));
    server.deliver("INBOX", mailText(2));
    project.write(settings("since beginning"));
    const failing = await project.scanHere({}, (context) => ({
      ...context,
      reader: {
        ...context.reader,
        readContent: (bytes, reading) =>
          Buffer.from(bytes).includes("Mail 1")
            ? Promise.reject(new Error("too hard"))
            : context.reader.readContent(bytes, reading),
      },
    }));
    expect(failing.report).toMatchObject({ read: 2, created: 1, failed: 1 });
    expect(await project.scan()).toMatchObject({ read: 1, created: 1, failed: 0 });
    expect(await project.scan()).toMatchObject({ read: 0, failed: 0 });
    expect(await titles()).toEqual(["Mail 2", "Mail 1"]);
  });
});

describe("what others do during a scan", () => {
  it("is no error: a mail deleted or moved by somebody is passed over", async () => {
    for (let number = 1; number <= 4; number++) server.deliver("INBOX", mailText(number));
    project.write(settings("since beginning"));
    let first = true;
    const { report, mails } = await project.scanHere({}, (context) => ({
      ...context,
      helpdesk: {
        ...context.helpdesk,
        transaction: async (work) => {
          const result = await context.helpdesk.transaction(work);
          if (first) await raw(["SELECT INBOX", "UID STORE 3 +FLAGS (\\Deleted)", "EXPUNGE"]);
          first = false;
          return result;
        },
      },
    }));
    expect(report).toMatchObject({ read: 3, created: 3, failed: 0 });
    expect(report.error).toBeUndefined();
    expect(mails).toHaveLength(3);
    expect(await project.scan()).toMatchObject({ read: 0, failed: 0 });
  });

  it("may be that a mail is lost on the server's disk: then it is asked for again", async () => {
    for (let number = 1; number <= 3; number++) server.deliver("INBOX", mailText(number));
    project.write(settings("since beginning"));
    await raw(["SELECT INBOX"]);
    const lost = server.mails("INBOX")?.[1]?.name ?? "";
    const { report } = await project.scanHere({}, (context) => ({
      ...context,
      helpdesk: {
        ...context.helpdesk,
        folderPositions: (mailbox) => {
          rmSync(join(server.path("INBOX"), "cur", lost), { force: true });
          return context.helpdesk.folderPositions(mailbox);
        },
      },
    }));
    expect(report.failed).toBe(0);
    expect(await project.scan()).toMatchObject({ failed: 0 });
  });

  it("may be that the folder is removed", async () => {
    server.deliver("Requests", mailText(1));
    server.deliver("Requests", mailText(2));
    project.write(settings(`folders ["INBOX", "Requests"]\nsince beginning`));
    const { report } = await project.scanHere({
      onMail: () => {
        void raw(["DELETE Requests"]);
      },
    });
    expect(report.failed).toBe(0);
    const next = await project.scan();
    expect(next).toMatchObject({ failed: 0 });
    expect(next.notices).toEqual(['Mailbox "support" has no folder "Requests".']);
  });
});

describe("what becomes of mails", () => {
  it("is marked, moved, copied and deleted; folders are made at first use", async () => {
    for (const subject of ["read", "flag", "move", "copy", "delete", "nothing"]) {
      server.deliver("INBOX", mailText(subject.length, { subject, id: `<${subject}@x>` }));
    }
    project.write(
      settings("since beginning"),
      `rules incoming {
        rule "Read" {
          when subject is "read"
          then {
            mark read
            ignore
          }
        }
        rule "Flag" {
          when subject is "flag"
          then {
            mark flagged
            ignore
          }
        }
        rule "Move" {
          when subject is "move"
          then move to "Done/Été"
        }
        rule "Copy" {
          when subject is "copy"
          then {
            copy to "Copies"
            ignore
          }
        }
        rule "Delete" {
          when subject is "delete"
          then delete
        }
      }`,
    );
    expect(await project.scan()).toMatchObject({ read: 6, ignored: 5, unmatched: 1, notices: [] });
    const subjects = (folder: string) =>
      server
        .mails(folder)
        ?.map(({ text, flags }) => `${/Subject: (.*?)\r/.exec(text)?.[1] ?? ""} ${flags}`.trim())
        .toSorted();
    expect(subjects("INBOX")).toEqual(["copy", "flag F", "nothing", "read S"]);
    expect(subjects("Done/&AMk-t&AOk-")).toEqual(["move"]);
    expect(subjects("Copies")).toEqual(["copy"]);
    expect(await project.looking((desk) => desk.pendingMailEffects("support"))).toEqual([]);
  });

  it("follows `after` and `unmatched`; a moved mail is not taken again where it came to", async () => {
    server.deliver("INBOX", mailText(1));
    server.deliver("INBOX", mailText(2, { subject: "other" }));
    project.write(
      settings(`folders "*"\nsince beginning\nafter move to "Done"\nunmatched move to "Look"`),
      `rules incoming {\n rule "A" {\n when subject contains "Mail"\n then create ticket\n }\n}`,
    );
    expect(await project.scan()).toMatchObject({ read: 2, created: 1, unmatched: 1 });
    expect([flags("INBOX"), flags("Done"), flags("Look")]).toEqual([[], [""], [""]]);
    const proxy = await startProxy(server.port);
    project.write(
      settings(`folders "*"\nsince beginning\nafter move to "Done"`, proxy.port),
      `rules incoming {\n rule "A" {\n when always\n then create ticket\n }\n}`,
    );
    expect(await project.scan()).toMatchObject({ read: 0, created: 0, already: 2 });
    expect(proxy.commands().filter((command) => command.includes("BODY"))).toEqual([]);
    await proxy.close();
  });

  it("is done to a spam ticket's mail where it lies now", async () => {
    server.deliver("INBOX", mailText(1));
    project.write(settings(`since beginning\nafter move to "Done"\nspam-folder "Junk"`));
    await project.scan();
    expect(flags("Done")).toHaveLength(1);
    const { markSpam } = await import("@mcrules/handling");
    await project.scanHere({}, (context) => {
      const { helpdesk } = context;
      let marked: Promise<unknown> | undefined;
      return {
        ...context,
        helpdesk: {
          ...helpdesk,
          pendingMailEffects: async (mailbox, journal) => {
            await (marked ??= markSpam(context, [1]));
            return helpdesk.pendingMailEffects(mailbox, journal);
          },
        },
      };
    });
    expect([flags("Done"), flags("Junk")]).toEqual([[], [""]]);
    server.deliver("INBOX", mailText(2));
    expect(await project.scan()).toMatchObject({ read: 1, blocked: 1 });
    expect(flags("Junk")).toHaveLength(2);
  });

  it("waits where the connection drops, and is done by the next scan", async () => {
    server.deliver("INBOX", mailText(1));
    server.deliver("INBOX", mailText(2));
    const proxy = await startProxy(server.port, { cutAt: /^UID STORE/ });
    project.write(settings("since beginning\nafter mark read", proxy.port));
    const cut = await project.scan();
    expect(cut).toMatchObject({ read: 2, created: 2 });
    expect(cut.notices).toEqual([expect.stringContaining("lost while changing folder")]);
    expect(flags("INBOX")).toEqual(["", ""]);
    expect(await project.scan()).toMatchObject({ read: 0, created: 0, already: 2 });
    expect(flags("INBOX")).toEqual(["S", "S"]);
    await proxy.close();
  });

  it("is done without MOVE by UIDPLUS", async () => {
    server = await startDovecot({ capability: "IMAP4rev1 SASL-IR LITERAL+ UIDPLUS NAMESPACE" });
    server.deliver("INBOX", mailText(1));
    server.deliver("INBOX", mailText(2, { subject: "gone by another" }));
    await raw(["SELECT INBOX", "UID STORE 2 +FLAGS (\\Deleted)"]);
    project.write(
      settings("since beginning"),
      `rules incoming {\n rule "A" {\n when subject contains "Mail"\n then move to "Done"\n }\n}`,
    );
    expect(await project.scan()).toMatchObject({ read: 2, ignored: 1, notices: [] });
    expect(server.mails("Done")).toHaveLength(1);
    // What another program has marked as deleted is its own affair.
    expect(flags("INBOX")).toEqual(["T"]);
  });

  it("is refused without MOVE and UIDPLUS, and says so", async () => {
    server = await startDovecot({ capability: "IMAP4rev1 SASL-IR LITERAL+ NAMESPACE" });
    for (const number of [1, 2]) server.deliver("INBOX", mailText(number));
    server.deliver("INBOX", mailText(3, { subject: "delete" }));
    project.write(
      settings("since beginning"),
      `rules incoming {
        rule "Delete" {
          when subject is "delete"
          then delete
        }
        rule "Move" {
          when always
          then move to "Done"
        }
      }`,
    );
    const report = await project.scan();
    expect(report).toMatchObject({ read: 3, ignored: 3 });
    expect(report.notices.toSorted()).toEqual([
      expect.stringContaining("deleted: the server has no UIDPLUS"),
      expect.stringContaining('moved to "Done": the server has neither MOVE nor UIDPLUS'),
    ]);
    expect(flags("INBOX")).toEqual(["", "", ""]);
    expect(await project.looking((desk) => desk.alarms())).toHaveLength(2);
    expect(await project.scan()).toMatchObject({ read: 0, notices: [] });
  });

  it("is impossible where the server makes no such folder", async () => {
    server.deliver("INBOX", mailText(1));
    project.write(settings(`since beginning\nafter move to "${"long".repeat(100)}"`));
    const { notices } = await project.scan();
    expect(notices).toEqual([expect.stringContaining('the server makes no folder "longlong')]);
  });

  it("is nothing in a dry run", async () => {
    server.deliver("INBOX", mailText(1));
    project.write(settings(`since beginning\nafter move to "Done"`));
    const { code, out } = await project.mcrules(["scan", "--dry-run", "--format", "json"]);
    expect([code, JSON.parse(out).mailboxes[0].created]).toEqual([0, 1]);
    expect([flags("INBOX"), flags("Done")]).toEqual([[""], undefined]);
    expect(await project.scan()).toMatchObject({ read: 1, created: 1 });
  });
});

describe("folders", () => {
  it("are named as people read them, with * as in LIST, INBOX in any letter case", async () => {
    const names = ["Requests", "Requests/New", "Requests/Old", "Requests/Old/2020", "Other"];
    for (const [index, name] of ["INBOX", ...names].entries()) {
      server.deliver(name, mailText(index));
    }
    project.write(
      settings(
        `folders ["inbox", "Requests/*", "Nowhere"] except ["Requests/Old*"]\nsince beginning`,
      ),
    );
    const report = await project.scan();
    expect(report).toMatchObject({ read: 2, created: 2 });
    expect(report.notices).toEqual(['Mailbox "support" has no folder "Nowhere".']);
    expect((await project.scan()).notices).toEqual(report.notices);
    expect(await project.looking((desk) => desk.alarms())).toHaveLength(1);
  });

  it("compare in NFC, and those that only hold others are left out", async () => {
    server.deliver("Caf&AOk-/Inside", mailText(1));
    project.write(settings(`folders ["Cafe\u0301*"]\nsince beginning`));
    expect(await project.scan()).toMatchObject({ read: 1, created: 1, notices: [] });
  });

  it("of a server that parts by dots and puts INBOX before all are named in any of these ways", async () => {
    server = await startDovecot({ separator: ".", prefix: "INBOX." });
    server.deliver("Requests.New", mailText(1));
    server.deliver("Other", mailText(2));
    server.deliver("INBOX", mailText(3));
    project.write(
      settings(
        `folders ["INBOX", "Requests/New", "INBOX.Other"]\nsince beginning\nafter move to "Done/Now"`,
      ),
    );
    expect(await project.scan()).toMatchObject({ read: 3, created: 3, notices: [] });
    expect(server.mails("Done.Now")).toHaveLength(3);
    expect(await project.scan()).toMatchObject({ read: 0, notices: [] });
  });

  it("of files are shown by it too", async () => {
    project.file("mail/a.eml", mailText(1));
    project.file("mail/Requests/b.eml", mailText(2));
    project.write(`files "mail"\nfolders "Requests"`);
    const { out } = await project.mcrules(["folders", "support", "--format", "json"]);
    expect(JSON.parse(out)).toEqual({
      mailbox: "support",
      folders: [
        { name: "INBOX", read: false, messages: 1 },
        { name: "Requests", read: true, messages: 1 },
      ],
      missing: [],
      unmatched: [],
    });
  });

  it("are shown by `mcrules folders`", async () => {
    server.deliver("INBOX", mailText(1));
    server.deliver("INBOX", mailText(2));
    server.deliver("Requests/Caf&AOk-", mailText(3));
    project.write(settings(`folders ["INBOX", "Requests/Old", "Alarms/*"]`));
    const text = await project.mcrules(["folders", "support"]);
    expect(text.code).toBe(0);
    expect(text.out.split("\n").map((line) => line.trim().split(/ {2,}/))).toEqual(
      expect.arrayContaining([
        ["INBOX", "read", "2"],
        ["Requests/Café", "1"],
      ]),
    );
    const { out } = await project.mcrules(["folders", "support", "--format", "json"]);
    expect(JSON.parse(out)).toEqual({
      mailbox: "support",
      folders: [
        { name: "INBOX", read: true, messages: 2 },
        { name: "Requests/Café", read: false, messages: 1 },
      ],
      missing: ["Requests/Old"],
      unmatched: ["Alarms/*"],
    });
    expect(text.err).toContain('No folder is named as the settings say: "Alarms/*".');
    const unknown = await project.mcrules(["folders", "billing"]);
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining("no mailbox billing")]);
  });
});

describe("what is later work", () => {
  it("is told: scans on arrival, and by schedule", async () => {
    project.write(settings("since beginning\nscan on arrival"));
    const { notices } = await project.scan();
    expect(notices).toEqual([
      expect.stringContaining("scan on arrival, which is not possible yet"),
    ]);
    const { code, err } = await project.mcrules(["run"]);
    expect([code, err]).toEqual([2, expect.stringContaining("not possible yet")]);
  });
});

/** Commands of another mail program. */
async function raw(commands: readonly string[]): Promise<string> {
  const { connect } = await import("node:net");
  const { password } = await import("./dovecot.ts");
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, "127.0.0.1");
    const waiting = [`LOGIN anna ${password}`, ...commands, "LOGOUT"];
    let answers = "";
    let sent = 0;
    const next = () => {
      const command = waiting.shift();
      sent += 1;
      if (command !== undefined) socket.write(`r${sent} ${command}\r\n`);
    };
    socket.on("data", (data: Buffer) => {
      answers += data.toString();
      if (sent === 0 || new RegExp(`^r${sent} `, "m").test(answers)) next();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(answers));
  });
}
