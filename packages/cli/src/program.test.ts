import { compile, judge } from "@mcrules/compiler";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { placeOfFile } from "./program.ts";
import { loadProject } from "./project.ts";

const root = mkdtempSync(join(tmpdir(), "mcrules-program-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

writeFileSync(join(root, "mcrules.json"), '{ "language": 1 }');
writeFileSync(
  join(root, "desk.mcrules"),
  `mailbox support {
  files "mail"
  address "support@example.com"
  apply incoming
}

mailbox orders {
  files "orders"
  address "orders@example.com"
  apply incoming
}

mailbox live {
  server "imap.example.com"
  login "live@example.com" password env("LIVE")
  apply incoming
}

rules incoming {
  rule "All" {
    when always
    then create ticket
  }
}
`,
);
mkdirSync(join(root, "mail"));
mkdirSync(join(root, "orders"));
const { project } = loadProject(root).checked;
if (project === undefined) throw new Error("the project has mistakes");
const judgeOfProject = judge(compile(project));

it.each([
  ["mail/a.eml", "support", "INBOX"],
  ["orders/a.eml", "orders", "INBOX"],
  ["orders/2026/May/a.eml", "orders", "2026/May"],
  ["mail/cur/1.host:2,S", "support", "INBOX"],
])("%s lies among the mail of %s, in %s", (path, mailbox, folder) => {
  expect(placeOfFile(judgeOfProject, root, join(root, path))).toMatchObject({
    mailbox: { name: mailbox },
    folder,
  });
});

it.each(["a.eml", "mailing/a.eml", "../mail/a.eml", "mail", "-"])(
  "%s lies among the mail of nobody",
  (path) => {
    expect(placeOfFile(judgeOfProject, root, join(root, path))).toBeUndefined();
  },
);
