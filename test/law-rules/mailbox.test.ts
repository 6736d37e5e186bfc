import { describe, expect, test } from "vitest";
import { told } from "./kit.ts";

/** The findings of a project whose only mailbox has these settings. */
function toldBy(settings: string, more = ""): readonly string[] {
  return told(`mailbox support {
${settings
  .split("\n")
  .map((line) => `  ${line}`)
  .join("\n")}
  apply incoming
}

rules incoming {
  rule "R" {
    when always
    then create ticket
  }
}
${more}`).filter((line) => !line.startsWith("info"));
}

const server = 'server "imap.example.it"\nlogin "info@example.it" password env("P")';

describe("mailbox settings", () => {
  test.each([
    [
      "all of the page",
      `${server}\nfolders ["INBOX", "Requests/*"] except "Requests/Old"\nfind unread\nafter mark read\nscan every 5 minutes\nsmtp "smtp.example.it"\naddress "Support <info@example.it>"`,
    ],
    ["a port", 'server "imap.example.it" port 1993\nlogin "info@example.it" password env("P")'],
    ["protocol imap4", `${server}\nprotocol imap4`],
    ["security tls with a ca", `${server}\nsecurity tls ca "ca.pem"`],
    ["security starttls", `${server}\nsecurity starttls`],
    [
      "none towards loopback",
      'server "127.0.0.1"\nsecurity none\nlogin "a@b.example" password file("p")',
    ],
    [
      "none towards localhost",
      'server "localhost"\nsecurity none\nlogin "a@b.example" password file("p")',
    ],
    ["none towards ::1", 'server "::1"\nsecurity none\nlogin "a@b.example" password file("p")'],
    [
      "oauth2 of office365",
      'server "outlook.office365.com"\nlogin "info@example.it" oauth2 {\n  provider office365\n  tenant "t"\n  client "c"\n  secret env("S")\n  refresh file("r")\n}',
    ],
    [
      "oauth2 of google",
      'server "imap.gmail.com"\nlogin "info@example.it" oauth2 {\n  provider google\n  client "c"\n  secret env("S")\n  refresh env("R")\n}',
    ],
    [
      "oauth2 of one's own",
      'server "imap.example.it"\nlogin "info@example.it" oauth2 {\n  token-endpoint "https://id.example.it/token"\n  scope "imap"\n  client "c"\n  secret env("S")\n  refresh env("R")\n}',
    ],
    ["a known parameter", `${server}\nparameter "DISABLE_AUTHENTICATOR" "PLAIN"`],
    ["pec on", `${server}\npec on`],
    ["through", `${server}\nthrough ["support.lists.example.it", "example.it"]`],
    ["trusts", `${server}\ntrusts "mx.example.it"`],
    ["disabled", `${server}\nstatus disabled`],
    ["since now, beginning, a date", `${server}\nsince 2026-01-31`],
    ["since beginning", `${server}\nsince beginning`],
    ["after delete", `${server}\nafter delete`],
    ["unmatched move", `${server}\nunmatched move to "Rest"`],
    ["duplicates", `${server}\nduplicates per project`],
    ["scan manually", `${server}\nscan manually`],
    ["scan cron", `${server}\nscan cron "*/5 8-18 * * 1-5"`],
    ["scan on arrival", `${server}\nscan on arrival`],
    [
      "smtp with its own block",
      `${server}\nsmtp "smtp.example.it" port 587 {\n  security starttls\n  login "x" password env("Q")\n}`,
    ],
    ["several addresses", `${server}\naddress ["A <a@example.it>", "b@example.it"]`],
    ["files", 'files "mail"'],
  ])("%s is right", (_what, settings) => {
    const lines = toldBy(settings).filter((line) => !line.includes("no file"));
    expect(lines).toEqual([]);
  });

  test.each<readonly [string, string, RegExp]>([
    ["pop3 says why", `${server}\nprotocol pop3`, /^error at "protocol pop3".*(IMAP|folders)/s],
    [
      "imap2 is accepted with a warning",
      `${server}\nprotocol imap2`,
      /^warning at "protocol imap2"/,
    ],
    ["security none warns", `${server}\nsecurity none`, /^warning at "security none"/],
    [
      "unverified warns",
      `${server}\nsecurity tls unverified`,
      /^warning at "security tls unverified"/,
    ],
    [
      "a literal secret",
      'server "x.example"\nlogin "a@b.example" password "secret"',
      /^error at "login.*env\(/s,
    ],
    [
      "an unknown parameter lists the known",
      `${server}\nparameter "DISABLE_AUTH" "PLAIN"`,
      /^error.*DISABLE_AUTHENTICATOR/s,
    ],
    ["unmatched delete", `${server}\nunmatched delete`, /^error at "unmatched delete"/],
    ["server and files", `${server}\nfiles "mail"`, /^error.*(server|files)/s],
    [
      "an unknown setting has a suggestion",
      `${server}\nfoldres "INBOX"`,
      /^error at "foldres.*folders/s,
    ],
    ["a setting twice", `${server}\nfind all\nfind unread`, /^error at "find unread"/],
    [
      "an unknown word has its choices",
      `${server}\nfind unseen`,
      /^error at "find unseen".*unread/s,
    ],
    ["a cron that is none", `${server}\nscan cron "every day"`, /^error at "scan cron/],
    ["an address that is none", `${server}\naddress "Support"`, /^error at "address/],
    [
      "an unknown provider",
      'server "x.example"\nlogin "a" oauth2 {\n  provider outlook\n  client "c"\n  secret env("S")\n  refresh env("R")\n}',
      /^error.*office365/s,
    ],
    ["a server without login", 'server "imap.example.it"', /^error.*login/s],
    ["neither server nor files", "find all", /^error.*server/s],
    ["status of another kind", `${server}\nstatus on`, /^error.*enabled/s],
  ])("%s", (_what, settings, expected) => {
    const lines = toldBy(settings);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(expected);
  });

  test("rules that are not there: an error with a suggestion", () => {
    const lines = told(
      'mailbox support {\n  files "mail"\n  apply incomin\n}\n\nrules incoming {\n  rule "R" {\n    when always\n    then ignore\n  }\n}\n',
    ).filter((line) => line.startsWith("error"));
    expect(lines).toEqual([expect.stringMatching(/^error at "apply incomin".*incoming/s)]);
  });
});

describe("helpdesk settings", () => {
  const helpdesk = (lines: string) => toldBy('files "mail"', `\nhelpdesk {\n${lines}\n}\n`);

  test.each([
    'store sqlite "a.db"',
    'store postgres env("DB")',
    'zone "Europe/Rome"',
    'status ["A", "B", "C", "D"]\nclosed ["D"]\nwaiting "B"\nanswered "C"',
    'priority ["Low"]\nseverity ["Minor"]\ncategory ["x"]\ngroups ["g"]',
    'field "a" text\nfield "b" number\nfield "c" date\nfield "d" ["x", "y"]',
    'number "N-${n}"',
    "send limit 5 in 1 hour",
    "ticket limit 50 in 1 hour",
    "answer always",
    "answer within 2 days",
    "keep mails 30 days",
    "keep forever",
    "keep nothing",
  ])("%s", (lines) => {
    expect(helpdesk(lines)).toEqual([]);
  });

  test.each<readonly [string, RegExp]>([
    ['zone "Europe/Roma"', /^error at "zone.*Europe\/Rome/s],
    ['status ["A", "B"]\nclosed ["Z"]\nwaiting "A"\nanswered "B"', /^error at "closed/],
    ['number "TT"', /^error at "number.*\$\{n\}/s],
    ['store postgres "postgres://u:p@h/d"', /^error at "store.*env\(/s],
    ['field "a" texts', /^error at "field "a".*text/s],
    ["keep always", /^error at "keep always".*forever/s],
    ["send limit 5", /^error at "send limit 5"/],
    ["ticket limit 50", /^error at "ticket limit 50"/],
    ["ticket limit 0 in 1 hour", /^error at "ticket limit 0.*from 1 on/s],
    ["ticket limit 50 in 0 hours", /^error at "ticket limit 50 in 0/],
    ["ticket limits 50 in 1 hour", /^error at "ticket limits.*ticket limit/s],
    ['priority ["a", "a"]', /^(error|warning) at "priority/],
    ['field "a" text\nfield "a" number', /^error at "field "a" number"/],
  ])("%s: one message", (lines, expected) => {
    const found = helpdesk(lines);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  test("of closed, waiting and answered each that a new list of status leaves without a meaning is told", () => {
    const found = helpdesk('status ["Nuovo", "Chiuso"]');
    for (const line of found) expect(line).toMatch(/^(error|warning) at "status/);
    expect(found).toHaveLength(3);
  });

  test("a second helpdesk is an error that shows the first", () => {
    const found = helpdesk('zone "UTC"\n}\n\nhelpdesk {\n  zone "UTC"');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^error at "helpdesk/);
  });
});
