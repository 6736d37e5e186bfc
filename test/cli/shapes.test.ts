import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mail, mcrules, Place } from "./mcrules.ts";

/** The shapes that other programs read. Fields may be added to them, and none may go or change. */

let project: Place;

const attachment = "the text of a file";

beforeAll(async () => {
  project = new Place();
  project.addProject(`
process "Notice" {
  on ticket created
  then send mail {
    to ticket.requester
    subject "\${ticket.ref}"
    body "We have it."
  }
}

test "an answer opens one too" {
  receive "mail/2.eml"
  expect rule "Answer"
}
`);
  project.write(
    "mail/3.eml",
    [
      mail(3, "With a file", "Cc: Carla <carla@firm.example>", "MIME-Version: 1.0")
        .replace("\n\nText 3.\n", "\n")
        .trimEnd(),
      'Content-Type: multipart/mixed; boundary="p"',
      "",
      "--p",
      "Content-Type: text/plain",
      "",
      "See the file.",
      "--p",
      'Content-Type: text/plain; name="notes.txt"',
      'Content-Disposition: attachment; filename="notes.txt"',
      "",
      attachment,
      "--p--",
      "",
    ].join("\n"),
  );
  project.write("wrong/mcrules.json", "{}");
  project.write("wrong/wrong.mcrules", 'mailbox a {\n  files "m"\n  aply b\n}\n');
  await mcrules("contacts add anna@firm.example --name Anna --account Firm", { in: project.path });
  await mcrules("scan", { in: project.path });
});

afterAll(() => {
  project.remove();
});

async function json(line: string, code = 0): Promise<unknown> {
  const ended = await mcrules(line, { in: project.path });
  expect({ line, code: ended.code }).toEqual({ line, code });
  const value: unknown = JSON.parse(ended.out);
  return value;
}

const number: unknown = expect.any(Number);
const text: unknown = expect.any(String);
const moment: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
const place = { file: text, line: number, column: number, endLine: number, endColumn: number };
const position = { ...place, position: place };

test("check", async () => {
  expect(await json("check --format json")).toEqual({
    diagnostics: expect.any(Array),
    summary: { errors: 0, warnings: number, files: 1 },
    proofs: expect.arrayContaining([
      {
        ...position,
        kind: "rule",
        name: text,
        verdict: "shown",
        claim: "can decide",
        mailbox: text,
        mail: text,
        given: [],
      },
    ]),
  });
  expect(await json("check --format json wrong", 1)).toMatchObject({
    diagnostics: expect.arrayContaining([
      expect.objectContaining({
        ...place,
        code: expect.stringMatching(/^MC\d{4}$/),
        severity: "error",
        message: text,
        file: "wrong/wrong.mcrules",
        line: 3,
        column: 3,
        endLine: 3,
        endColumn: 7,
        help: text,
      }),
    ]),
    summary: { errors: 1 },
  });
});

test("check, what a finding is related to", async () => {
  project.write("twice/mcrules.json", "{}");
  project.write("twice/a.mcrules", 'list one = ["a"]\nlist one = ["b"]\n');
  expect(await json("check --format json twice", 1)).toMatchObject({
    diagnostics: expect.arrayContaining([
      expect.objectContaining({
        line: 2,
        related: [{ ...position, file: "twice/a.mcrules", line: 1, message: text }],
      }),
    ]),
  });
});

test("check --format sarif and github", async () => {
  expect(await json("check --format sarif wrong", 1)).toMatchObject({
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "mcrules" } },
        results: [
          {
            level: "error",
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: "wrong/wrong.mcrules" },
                  region: { startLine: 3, startColumn: 3, endLine: 3, endColumn: 7 },
                },
              },
            ],
          },
        ],
      },
    ],
  });
  const { out } = await mcrules("check --format github wrong", { in: project.path });
  expect(out).toMatch(/^::error file=wrong\/wrong.mcrules,line=3,(?:endLine=3,)?col=3/);
});

test("of test blocks", async () => {
  expect(await json("test --format json", 1)).toMatchObject({
    tests: [
      {
        name: "a request opens a ticket",
        file: "support.mcrules",
        line: number,
        outcome: "passed",
        failures: [],
      },
      {
        name: "an answer opens one too",
        outcome: "failed",
        failures: [{ ...position, expected: text, actual: text, message: text }],
      },
    ],
    summary: { passed: 1, failed: 1 },
  });
});

test("of test blocks as junit and tap", async () => {
  const junit = await mcrules("test --format junit", { in: project.path });
  expect(junit.code).toBe(1);
  expect(junit.out).toMatch(
    /^<\?xml [^>]*\?>\n<testsuites>\n *<testsuite [^>]*tests="2" failures="1"/,
  );
  const tap = await mcrules("test --format tap", { in: project.path });
  expect(tap.out).toMatch(/^TAP version 1[34]\n1\.\.2\nok 1 /);
  expect(tap.out).toContain("\nnot ok 2 ");
});

test("explain", async () => {
  project.write("new.eml", mail(9, "Something else"));
  expect(await json("explain new.eml mail/1.eml --format json")).toMatchObject({
    mails: [
      {
        path: "new.eml",
        rule: "New",
        rules: ["New"],
        outcome: "ticket created",
        actions: [text],
        trace: expect.arrayContaining([
          expect.objectContaining({
            ...position,
            rule: "Answer",
            result: false,
            because: [
              {
                ...position,
                field: text,
                operator: text,
                expected: text,
                actual: text,
                result: false,
              },
            ],
          }),
          expect.objectContaining({ ...position, rule: "New", result: true }),
        ]),
      },
      { path: "mail/1.eml", outcome: "already seen" },
    ],
  });
});

test("scan", async () => {
  const counts = [
    "read",
    "created",
    "updated",
    "ignored",
    "filed",
    "unmatched",
    "blocked",
    "failed",
  ];
  expect(await json("scan --format json")).toEqual({
    mailboxes: [
      {
        name: "support",
        ...Object.fromEntries(counts.map((name) => [name, 0])),
        already: 3,
        notices: [],
      },
    ],
  });
});

describe("ticket", () => {
  const ticket = {
    number: "TT1",
    id: 1,
    ref: "9x1",
    title: "Printer broken",
    status: "Open",
    priority: null,
    contact: { address: "anna@firm.example", name: "Anna" },
    mailbox: "support",
    rule: "New",
    fromMail: true,
    createdAt: moment,
  };

  test("list", async () => {
    expect(await json("ticket list --format json")).toMatchObject({
      tickets: [
        { number: "TT2", title: "With a file", comments: 0, documents: 1 },
        { ...ticket, comments: 1, documents: 0 },
      ],
    });
  });

  test("show", async () => {
    expect(await json("ticket show TT1 --format json")).toMatchObject({
      tickets: [
        {
          ...ticket,
          comments: [{ text: "Text 2." }],
          documents: [],
          mail: {
            from: ["Anna <anna@firm.example>"],
            to: ["info@helpdesk.example"],
            cc: [],
            bcc: [],
            fromName: "Support",
            sender: "info@helpdesk.example",
            date: "2026-11-02T09:01:00+00:00",
          },
        },
      ],
    });
    expect(await json("ticket show 9x2 --format json")).toMatchObject({
      tickets: [
        {
          mail: { cc: ["Carla <carla@firm.example>"] },
          documents: [
            {
              name: "notes.txt",
              type: "text/plain",
              size: attachment.length,
              hash: createHash("sha256").update(attachment).digest("hex"),
            },
          ],
        },
      ],
    });
  });

  test("a ticket is named by its number, its id or its reference", async () => {
    const shown = await Promise.all(
      ["TT2", "2", "9x2"].map((name) => json(`ticket show ${name} --format json`)),
    );
    expect(shown[1]).toEqual(shown[0]);
    expect(shown[2]).toEqual(shown[0]);
  });
});

test("status, mails, why, contacts and blocked are JSON too", async () => {
  expect(await json("status --format json")).toMatchObject({
    mailboxes: [{ name: "support", lastScan: moment, lag: number, waiting: 0 }],
  });
  expect(await json("mails --format json")).toMatchObject({
    mails: [{ outcome: text }, { outcome: text }, { outcome: text }],
  });
  expect(await json("why TT1 --format json")).toBeInstanceOf(Object);
  expect(await json("contacts --format json")).toMatchObject({
    contacts: [{ address: "anna@firm.example", name: "Anna", account: "Firm" }],
  });
  expect(await json("blocked --format json")).toEqual({ blocked: [] });
  const { out } = await mcrules("status --format prometheus", { in: project.path });
  expect(out).toMatch(/^# HELP mcrules_\w+ .+\n# TYPE mcrules_\w+ gauge\n/);
});

test("positions count columns in UTF-16 units, from 1", async () => {
  project.write("wide/mcrules.json", "{}");
  project.write("wide/a.mcrules", 'rules r {\n  rule "🔥" { when always then ignor }\n}\n');
  const found = await json("check --format json wide", 1);
  const column = '  rule "🔥" { when always then ignor }'.indexOf("ignor") + 1;
  expect(found).toMatchObject({
    diagnostics: expect.arrayContaining([
      expect.objectContaining({ line: 2, column, endColumn: column + "ignor".length }),
    ]),
  });
});
