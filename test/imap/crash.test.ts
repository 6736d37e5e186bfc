import { afterAll, beforeAll, expect, it } from "vitest";
import type { Dovecot } from "./dovecot.ts";
import { startDovecot } from "./dovecot.ts";
import { imapProject, mailText } from "./project.ts";

const many = 10_000;
const kills = 10;

const rules = `
rules incoming {
  rule "Copied" {
    when subject contains "copy"
    then {
      copy to "Kept"
      create ticket
    }
  }
  rule "Moved" {
    when subject contains "move"
    then {
      move to "Done"
      create ticket
    }
  }
  rule "News" {
    when subject contains "news"
    then ignore
  }
  rule "Support" {
    when always
    then create ticket
  }
}
`;

const subjects = ["question", "copy", "move", "news", "request"];

let server: Dovecot;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(async () => {
  await server.stop();
});

it(`${many} mails of a server become each one ticket, and each what it was to become, through ${kills} kills`, async () => {
  const project = imapProject();
  for (let number = 0; number < many; number++) {
    const subject = `${subjects[number % subjects.length] ?? ""} ${number}`;
    server.deliver("INBOX", mailText(number, { subject }));
  }
  project.write(
    `server "127.0.0.1" port ${server.port}\nsecurity none\nlogin "anna" password env("SUPPORT_PASSWORD")\nfolders ["INBOX", "Done"]\nsince beginning\nafter mark read`,
    rules,
  );
  const begun = performance.now();
  let killed = 0;
  for (let turn = 0; turn < kills; turn++) {
    // Anywhere on the way, and each time somewhere else.
    const mails = Math.floor(many / (kills + 5)) + ((turn * 37) % 41);
    if (await project.killedScan(mails)) killed += 1;
  }
  expect(killed).toBe(kills);
  const last = await project.scan();
  expect(last).toMatchObject({ failed: 0 });
  expect(last.error).toBeUndefined();
  const seconds = Math.round((performance.now() - begun) / 1_000);
  process.stdout.write(`${many} mails from Dovecot through ${kills} kills: ${seconds} s\n`);

  const tickets = await project.looking((desk) => desk.tickets({}));
  const journal = await project.looking((desk) => desk.journal({}));
  const titles = tickets.map(({ title }) => title);
  expect(journal).toHaveLength(many);
  expect(new Set(titles).size).toBe(titles.length);
  expect(titles).toHaveLength((many / subjects.length) * 4);

  const found = (folder: string) =>
    (server.mails(folder) ?? []).map(({ text, flags }) => ({
      subject: /Subject: (.*?)\r/.exec(text)?.[1] ?? "",
      flags,
    }));
  const [inbox, done, kept] = [found("INBOX"), found("Done"), found("Kept")];
  expect(inbox.filter(({ flags }) => !flags.includes("S"))).toEqual([]);
  expect(inbox).toHaveLength((many / subjects.length) * 4);
  for (const folder of [done, kept]) {
    expect(folder).toHaveLength(many / subjects.length);
    expect(new Set(folder.map(({ subject }) => subject)).size).toBe(folder.length);
  }
  expect(await project.looking((desk) => desk.pendingMailEffects("support"))).toEqual([]);
  expect(await project.scan()).toMatchObject({ read: 0, created: 0, failed: 0 });
  project.close();
}, 600_000);
