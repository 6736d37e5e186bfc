import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mcrules, Place } from "./mcrules.ts";

/** What is odd about a mail is told wherever the mail or its ticket is shown. */

const project = `
helpdesk {
  ticket limit 2 in 1 hour
}

mailbox support {
  files "mail"
  trusts "mx.example.it"
  address "info@example.it"
  apply incoming
}

rules incoming {
  rule "Reply" {
    when subject matches /Ticket Id: 9x(?<id>[0-9]+)\\b/
    then update ticket $id
  }

  rule "Support" {
    when always
    then create ticket
  }
}
`;

const minute = (at: number) => `Date: Mon, 2 Nov 2026 09:0${at}:00 +0000`;
const forged = `Authentication-Results: mx.example.it; dmarc=fail
From: anna@example.org
Subject: Ticket Id: 9x1 or Ticket Id: 9x77
${minute(2)}
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=b

--b

plain words
--b
Content-Type: text/html

<p>refund\u001b[2J
--b--
`;

const distrusted =
  "DMARC failed for example.org: the sender was not taken for a participant of ticket TT1.";
const differ =
  "The plain text of this mail and its HTML say different things; rules and ticket have the plain text.";
const flooded =
  "anna@example.org opened 2 tickets within 1 hour, the ticket limit: this mail is kept on flood ticket TT3.";

let place: Place;
let scanned: string;

beforeAll(async () => {
  place = new Place();
  place.write("mcrules.json", "{}");
  place.write("support.mcrules", project);
  place.write("mail/1.eml", `From: anna@example.org\nSubject: one\n${minute(1)}\n\nfirst\n`);
  place.write("mail/2.eml", forged);
  for (const at of [3, 4, 5]) {
    place.write(
      `mail/${at}.eml`,
      `From: anna@example.org\nSubject: bomb\n${minute(at)}\n\nnumber ${at}\n`,
    );
  }
  const { out } = await mcrules("scan", { in: place.path });
  scanned = out;
});

afterAll(() => {
  place.remove();
});

describe("the marks of a mail are shown", () => {
  const marked = (...messages: readonly string[]) =>
    messages.map((message) => `  mark  ${message}\n`).join("");

  test("by scan, and by a dry run of another store the same", async () => {
    expect(scanned).toContain(marked(distrusted, differ));
    expect(scanned).toContain(marked(flooded));
    const dry = await mcrules("scan --dry-run --store sqlite:other.db", { in: place.path });
    expect(dry.out).toBe(
      scanned.replaceAll(/ TT[12] created/g, " created").replace(/ TT3 created/, " created"),
    );
  });

  test("by why and explain, with the other number that the subject names", async () => {
    const { out } = await mcrules("why 2", { in: place.path });
    expect(out).toContain(marked(distrusted, differ));
    expect(out).toContain("saw ticket 1 (the leftmost of 2: also 77)");
    const explained = await mcrules("explain mail/2.eml mail/5.eml --format json", {
      in: place.path,
    });
    const [two, five] = JSON.parse(explained.out).mails;
    expect(five.anew.marks).toEqual([{ kind: "flood", message: flooded }]);
    expect(two.anew.marks.map((mark: { kind: string }) => mark.kind)).toEqual([
      "distrusted",
      "flood",
      "texts",
    ]);
  });

  test("by ticket show, each once; the note is the helpdesk's own", async () => {
    const { out } = await mcrules("ticket show 2", { in: place.path });
    expect(out).toContain(marked(distrusted, differ));
    expect(out).toMatch(/ {2}system {2}\(internal\)\n {2}DMARC failed for example\.org/);
    const flood = await mcrules("ticket show TT3", { in: place.path });
    expect(flood.out).toContain("TT3  Flood of mails from anna@example.org");
    expect(flood.out.split(flooded)).toHaveLength(2);
    const json = await mcrules("ticket show TT3 --format json", { in: place.path });
    const [ticket] = JSON.parse(json.out).tickets;
    expect(ticket.marks).toContainEqual({ kind: "flood", message: flooded });
    expect(ticket.comments.map((one: { internal: boolean }) => one.internal)).toEqual([
      true,
      true,
      true,
    ]);
  });

  test("and one alarm tells of the flood", async () => {
    const { out } = await mcrules("status", { in: place.path });
    expect(out.match(/further mails are kept on ticket TT3/g)).toHaveLength(1);
  });
});
