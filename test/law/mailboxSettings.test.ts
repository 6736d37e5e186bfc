import { describe, expect, test } from "vitest";
import { checked, told } from "./kit.ts";

const rules = `rules incoming {
  rule "It" {
    when always
    then create ticket
  }
}
`;

function mailbox(settings: string): string {
  return `mailbox support {\n  ${settings.replaceAll("\n", "\n  ")}\n  apply incoming\n}\n${rules}`;
}

const imap = 'server "imap.example.it"\nlogin "info@example.it" password env("P")';
const files = 'files "mail"';

/** The mailbox of these settings, where nothing is said of them. */
function bound(settings: string) {
  const { project, diagnostics } = checked(mailbox(settings));
  expect(diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
  const [found] = project?.mailboxes ?? [];
  if (found === undefined) throw new Error("There is no mailbox.");
  return found;
}

function one(settings: string): string {
  const lines = told(mailbox(settings));
  expect(lines).toEqual([expect.any(String)]);
  return lines[0] ?? "";
}

describe("what is left out", () => {
  test("of a server", () => {
    expect(bound(imap)).toMatchObject({
      source: { kind: "server" },
      pec: false,
      find: "all",
    });
  });

  test("the address is the login's where that is one", () => {
    expect(bound(imap).addresses.map(({ address }) => address)).toEqual(["info@example.it"]);
    expect(bound('server "imap.example.it"\nlogin "info" password env("P")').addresses).toEqual([]);
  });
});

describe("accepted", () => {
  test.each([
    `${imap}\nfolders "INBOX"`,
    `${imap}\nfolders ["INBOX", "Requests/*", "Büro & Co"] except ["Requests/Old", "Requests/X*"]`,
    `${imap}\nfolders "*" except "Trash"`,
    `${imap}\nfind all`,
    `${imap}\nsince now`,
    `${imap}\nsince beginning`,
    `${imap}\nsince 2026-01-31`,
    `${imap}\nafter nothing`,
    `${imap}\nafter move to "Done"`,
    `${imap}\nafter delete`,
    `${imap}\nunmatched nothing`,
    `${imap}\nunmatched mark read`,
    `${imap}\nunmatched move to "Rest"`,
    `${imap}\nspam-folder "Junk"`,
    `${imap}\nduplicates per mailbox`,
    `${imap}\nduplicates per project`,
    `${imap}\nscan manually`,
    `${imap}\nscan every 5 minutes`,
    `${imap}\nscan every 1 hour`,
    `${imap}\nscan cron "*/5 8-18 * * 1-5"`,
    `${imap}\nscan on arrival`,
    `${imap}\nsmtp "smtp.example.it" port 587`,
    `${imap}\nsmtp "smtp.example.it" port 587 {\nsecurity starttls\nlogin "x" password file("p")\n}`,
    `${imap}\nsmtp "smtp.example.it" {\nsecurity tls\n}`,
    `${imap}\naddress "Support <info@example.it>"`,
    `${imap}\naddress ["Support <info@example.it>", "sales@example.it"]`,
    `${imap}\naddress "\\"Rossi, Support\\" <info@example.it>"`,
    `${imap}\nthrough "support.lists.example.it"`,
    `${imap}\nthrough ["a.example", "b.example"]`,
    `${imap}\ntrusts "mx.example.it"`,
    `${imap}\npec off`,
    `${imap}\nstatus enabled`,
    'server "imap.example.it" port 143\nsecurity starttls\nlogin "a@b.example" password env("P")',
    `${files}\nsince now`,
    `${files}\nfolders "*"`,
    'files "/var/mail/support"',
    'files "mail/inbox.mbox"',
    `${files}\nfind unread`,
  ])("%s", (settings) => {
    expect(told(mailbox(settings))).toEqual([]);
  });
});

describe("one message each", () => {
  test.each<readonly [settings: string, said: RegExp]>([
    [`${imap}\nprotocol pop3`, /^error MC\d{4} 4: .*pop3/],
    [`${imap}\nprotocol imap2`, /^warning MC\d{4} 4: .*imap2/],
    [`${imap}\nprotocol imap`, /^error MC\d{4} 4: .*imap4/],
    [`${imap}\nsecurity ssl`, /^error MC\d{4} 4: .*tls/],
    [`${imap}\nsecurity none`, /^warning MC\d{4} 4: /],
    [`${imap}\nsecurity tls unverified`, /^warning MC\d{4} 4: .*not checked/],
    [`${imap}\nunmatched delete`, /^error MC\d{4} 4: .*delete/],
    [`${imap}\nfind new`, /^error MC\d{4} 4: .*new.*(all|unread)/],
    [`${imap}\nfind unred`, /^error MC\d{4} 4: .*unread/],
    [`${imap}\nsince yesterday`, /^error MC\d{4} 4: .*now/],
    [`${imap}\nsince "2026-01-31"`, /^error MC\d{4} 4: /],
    [`${imap}\nsince 2026-02-31`, /^error MC\d{4} 4: .*2026-02-31/],
    [`${imap}\nafter mark`, /^error MC\d{4} 4: .*mark/],
    [`${imap}\nafter ignore`, /^error MC\d{4} 4: .*(mark read|nothing)/],
    [`${imap}\nafter move "Done"`, /^error MC\d{4} 4: .*move to/],
    [`${imap}\nfolders []`, /^error MC\d{4} 4: /],
    [`${imap}\nfolders ""`, /^error MC\d{4} 4: /],
    [`${imap}\nfolders ["INBOX", "INBOX"]`, /^(warning|error) MC\d{4} 4: .*INBOX/],
    [`${imap}\nscan every 5`, /^error MC\d{4} 4: /],
    [`${imap}\nscan every 0 minutes`, /^error MC\d{4} 4: .*more than nothing/],
    [`${imap}\nscan cron "61 * * * *"`, /^error MC\d{4} 4: .*61/],
    [`${imap}\nscan cron "* * *"`, /^error MC\d{4} 4: /],
    [`${imap}\nscan sometimes`, /^error MC\d{4} 4: .*manually/],
    [`${imap}\nduplicates per folder`, /^error MC\d{4} 4: .*per (mailbox|project)/],
    [`${imap}\nsmtp "smtp.example.it" port 99999`, /^error MC\d{4} 4: .*99999/],
    [
      `${imap}\nsmtp "smtp.example.it" {\nlogin "x" password "hunter2"\n}`,
      /^error MC\d{4} 5: .*env\(/,
    ],
    [`${imap}\naddress "Support"`, /^error MC\d{4} 4: .*Support/],
    [
      `${imap}\naddress ["info@example.it", "INFO@example.it"]`,
      /^(warning|error) MC\d{4} 4: .*INFO@example\.it/,
    ],
    [
      `${imap}\nparameter "DISABEL_AUTHENTICATOR" "PLAIN"`,
      /^error MC\d{4} 4: .*DISABLE_AUTHENTICATOR/,
    ],
    [`${imap}\npec yes`, /^error MC\d{4} 4: .*on/],
    [`${imap}\nstatus on`, /^error MC\d{4} 4: .*enabled/],
    [`${imap}\nspam-folder`, /^error MC\d{4} 4: /],
    [`${imap}\nfiles "mail"`, /^error MC\d{4} [24]: .*files/],
    ['server "imap.example.it"', /^error MC\d{4} \d: .*login/],
    ["find all", /^error MC\d{4} 1: .*server.*files/],
    [
      'server "imap.example.it"\nlogin "a@b.example" password "hunter2"',
      /^error MC\d{4} 3: .*env\(/,
    ],
    ['server "imap.example.it"\nlogin "a@b.example" password "${P}"', /^error MC\d{4} 3: .*env\(/],
    ['server "imap.example.it"\nlogin "a@b.example" password P', /^error MC\d{4} 3: .*env\(/],
    [
      'server "imap.example.it"\nlogin "a@b.example" password env(P)',
      /^error MC\d{4} 3: .*quotes: "P"/,
    ],
    ['server "imap.example.it"\nlogin "a@b.example" password env("")', /^error MC\d{4} 3: /],
    ['server "imap.example.it"\nlogin "a@b.example"', /^error MC\d{4} 3: .*password/],
    [
      'server "https://imap.example.it"\nlogin "a@b.example" password env("P")',
      /^error MC\d{4} 2: .*https/,
    ],
    [
      'server "imap.example.it:993"\nlogin "a@b.example" password env("P")',
      /^error MC\d{4} 2: .*port/,
    ],
    [
      'server "imap.example.it" port 0\nlogin "a@b.example" password env("P")',
      /^error MC\d{4} 2: .*0/,
    ],
    ['server ""\nlogin "a@b.example" password env("P")', /^error MC\d{4} 2: /],
    ['files ""', /^error MC\d{4} 2: /],
    [`${files}\nfind all\nfind all`, /^error MC\d{4} 4: .*find/],
    [`${files}\nfolder "INBOX"`, /^error MC\d{4} 3: .*folder.*folders/],
    [`${files}\nlogin "a@b.example" password env("P")`, /^error MC\d{4} 3: .*login/],
    [`${files}\nsecurity tls`, /^error MC\d{4} 3: .*security/],
  ])("%s", (settings, said) => {
    expect(one(settings)).toMatch(said);
  });

  test("a secret that is written down is never shown", () => {
    for (const settings of [
      'server "imap.example.it"\nlogin "a@b.example" password "hunter2"',
      `${imap}\nsmtp "smtp.example.it" {\nlogin "x" password "hunter2"\n}`,
      'server "imap.example.it"\nlogin "a@b.example" oauth2 {\nprovider google\nclient "c"\nsecret "hunter2"\nrefresh env("R")\n}',
    ]) {
      expect(one(settings)).not.toContain("hunter2");
    }
  });

  test.each<readonly [apply: string, said: RegExp]>([
    ["apply incomming", /incomming.*incoming/],
    ["apply incoming, incoming", /incoming/],
    ['apply "incoming"', /not a text/],
    ["apply incoming other", /,|comma|other/],
    ["apply", /apply/],
    ["apply [incoming]", /incoming|list/],
  ])("%s", (apply, said) => {
    const lines = told(`mailbox support {\n  files "mail"\n  ${apply}\n}\n${rules}`);
    expect(lines).toEqual([expect.stringMatching(said)]);
    expect(lines[0]).toMatch(/ 3: /);
  });
});
