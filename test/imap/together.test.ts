import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Dovecot } from "./dovecot.ts";
import { password, startDovecot } from "./dovecot.ts";
import type { ImapProject } from "./project.ts";
import { imapProject, mailText } from "./project.ts";

let server: Dovecot;
let project: ImapProject;
beforeAll(async () => {
  server = await startDovecot({ capability: "IMAP4rev1 SASL-IR LITERAL+ NAMESPACE UIDPLUS" });
});
afterAll(async () => {
  await server.stop();
});
beforeEach(() => {
  project = imapProject();
});
afterEach(() => {
  project.close();
  server.clear();
});

const settings = () =>
  `server "127.0.0.1" port ${server.port}\nsecurity none\nlogin "anna" password env("SUPPORT_PASSWORD")\nsince beginning`;

it("two scans of one mailbox at once do each mail once, and copy and move each once without MOVE", async () => {
  for (let number = 0; number < 60; number++) {
    server.deliver(
      "INBOX",
      mailText(number, { subject: `${number % 2 === 0 ? "copy" : "move"} ${number}` }),
    );
  }
  project.write(
    settings(),
    `rules incoming {
      rule "Copy" {
        when subject contains "copy"
        then {
          copy to "Kept"
          create ticket
        }
      }
      rule "Move" {
        when always
        then {
          move to "Done"
          create ticket
        }
      }
    }`,
  );
  const reports = await Promise.all([project.scan(), project.scan()]);
  expect(reports.map(({ error, failed }) => [error, failed])).toEqual([
    [undefined, 0],
    [undefined, 0],
  ]);
  expect(reports.reduce((sum, { created }) => sum + created, 0)).toBe(60);
  await project.scan();
  expect(await project.looking((desk) => desk.tickets({}))).toHaveLength(60);
  expect(await project.looking((desk) => desk.pendingMailEffects("support"))).toEqual([]);
  expect(server.mails("Kept")).toHaveLength(30);
  expect(server.mails("Done")).toHaveLength(30);
  expect(server.mails("INBOX")).toHaveLength(30);
});

it("Ctrl-C finishes the mail in hand, and the next scan goes on behind it", async () => {
  for (let number = 0; number < 400; number++) server.deliver("INBOX", mailText(number));
  project.write(`${settings()}\nafter mark read`);
  const command = fileURLToPath(new URL("../../packages/cli/bin/mcrules.js", import.meta.url));
  const child = spawn(process.execPath, [command, "scan", "--project", project.root], {
    env: { ...process.env, SUPPORT_PASSWORD: password },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let sent = false;
  child.stdout.on("data", (data: Buffer) => {
    if (!sent && data.toString().includes("because")) sent = child.kill("SIGINT");
  });
  const code = await new Promise((resolve) => {
    child.on("close", resolve);
  });
  expect(code).toBe(130);
  const done = (await project.looking((desk) => desk.tickets({}))).length;
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(400);
  expect(server.mails("INBOX")?.filter(({ flags }) => flags === "S")).toHaveLength(done);
  expect(await project.scan()).toMatchObject({ read: 400 - done, created: 400 - done });
});
