import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const repository = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "mcrules-package-"));
const project = join(folder, "desk");

function run(command: string, parameters: readonly string[], cwd: string) {
  const { status, stdout, stderr, error } = spawnSync(command, parameters, {
    cwd,
    encoding: "utf8",
  });
  return { status, stdout, stderr: error === undefined ? stderr : error.message };
}

/** As a user has it: the installed command, in a folder that knows nothing of the repository. */
function mcrules(cwd: string, ...parameters: readonly string[]) {
  const command = join(folder, "node_modules/mcrules/bin/mcrules.js");
  return run(process.execPath, [command, ...parameters], cwd);
}

beforeAll(() => {
  succeed(
    "npm",
    ["pack", "--silent", "--pack-destination", folder],
    join(repository, "packages/cli"),
  );
  // --offline: one archive is enough.
  succeed(
    "npm",
    ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "./mcrules-0.1.0.tgz"],
    folder,
  );
}, 240_000);

function succeed(command: string, parameters: readonly string[], cwd: string): void {
  const { status, stderr } = run(command, parameters, cwd);
  if (status !== 0) throw new Error(`${command} ${parameters.join(" ")}\n${stderr}`);
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the package, installed into an empty folder", { timeout: 240_000 }, () => {
  it("brings nothing but itself", () => {
    expect(
      readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith(".")),
    ).toEqual(["mcrules"]);
    expect(readdirSync(join(folder, "node_modules/mcrules")).toSorted()).toEqual([
      "bin",
      "bundle",
      "package.json",
    ]);
    expect(existsSync(join(folder, "node_modules/.bin/mcrules"))).toBe(true);
  });

  it("makes a project that checks, passes its tests and scans", () => {
    expect(mcrules(folder, "init", "desk")).toMatchObject({ status: 0 });
    expect(mcrules(project, "check")).toMatchObject({ status: 0, stdout: "" });
    expect(mcrules(project, "fmt", "--check")).toMatchObject({ status: 0 });
    const tested = mcrules(project, "test", "--format", "json");
    expect(tested).toMatchObject({ status: 0 });
    expect(JSON.parse(tested.stdout)).toMatchObject({ summary: { passed: 2, failed: 0 } });
    const scanned = mcrules(project, "scan", "--format", "json");
    expect(scanned).toMatchObject({ status: 0 });
    expect(JSON.parse(scanned.stdout)).toMatchObject({
      mailboxes: [{ name: "support", read: 2, created: 1, updated: 1, failed: 0 }],
    });
    const tickets = mcrules(project, "ticket", "list", "--format", "json");
    expect(JSON.parse(tickets.stdout)).toMatchObject({ tickets: [{ title: "Cannot log in" }] });
  });

  it("reads a big mail in a thread of its own, with its attachment", () => {
    const lines = Array.from({ length: 2000 }, () => "QUJD".repeat(19));
    writeFileSync(
      join(project, "mail/03-big.eml"),
      [
        "From: Dana <dana@customer.example>",
        "To: support@example.com",
        "Subject: Re: Cannot log in",
        "Date: Mon, 02 Nov 2026 10:00:00 +0000",
        "Message-ID: <request-3@customer.example>",
        "In-Reply-To: <request-1@customer.example>",
        'Content-Type: multipart/mixed; boundary="b"',
        "",
        "--b",
        "",
        "Here is the log of the night.",
        "",
        "On Mon, 2 Nov 2026 at 09:40, Support <support@example.com> wrote:",
        "> Please send the log.",
        "--b",
        'Content-Type: application/zip; name="night.zip"',
        "Content-Transfer-Encoding: base64",
        'Content-Disposition: attachment; filename="night.zip"',
        "",
        ...lines,
        "--b--",
        "",
      ].join("\r\n"),
    );
    expect(mcrules(project, "scan")).toMatchObject({ status: 0 });
    const shown = mcrules(project, "ticket", "show", "TT1", "--format", "json");
    // What is quoted is told apart in the thread alone; without it the whole text would be there.
    expect(JSON.parse(shown.stdout)).toMatchObject({
      tickets: [
        {
          comments: [
            { text: "It works now, thank you." },
            { text: "Here is the log of the night." },
          ],
          documents: [{ name: "night.zip", size: 114_000 }],
        },
      ],
    });
  });

  it("runs a whole company's mail", () => {
    const company = join(folder, "company");
    mkdirSync(company);
    cpSync(join(repository, "examples/company"), company, {
      recursive: true,
      filter: (path) => !path.includes(".mcrules-data"),
    });
    const tested = mcrules(company, "test", "--format", "json");
    expect(tested).toMatchObject({ status: 0 });
    const scanned = mcrules(company, "scan", "--format", "json");
    expect(scanned).toMatchObject({ status: 0 });
    expect(JSON.parse(scanned.stdout)).toMatchObject({
      mailboxes: [
        { name: "support", failed: 0, unmatched: 0 },
        { name: "orders", failed: 0, unmatched: 0 },
        { name: "pec", failed: 0, unmatched: 0 },
      ],
    });
  });

  it("carries the licences of what is bundled", () => {
    const bundled = readdirSync(join(folder, "node_modules/mcrules/bundle"));
    expect(bundled).toContain("THIRD-PARTY-LICENSES.txt");
  });
});
