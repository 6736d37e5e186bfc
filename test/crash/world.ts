import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Program } from "@mcrules/compiler";
import { compile } from "@mcrules/compiler";
import { checkProject, defaultConfiguration } from "@mcrules/language";
import { mailText, manyPartsText } from "./mailText.ts";

/** What the clock of every scan here says: two hours after the first mail. */
export const now = Date.UTC(2026, 10, 2, 10);

/** A helpdesk in which a mail can cause nearly all that a mail can cause. */
const rules = `
helpdesk {
  zone "Europe/Rome"
  number "TT\${n}"
  groups ["First level"]
  send limit 50 in 3 hours
}

agent "marco@helpdesk.example" {
  name "Marco"
}

mailbox desk {
  files "Maildir"
  folders "INBOX"
  after mark read
  unmatched move to "Unmatched"
  spam-folder "Junk"
  smtp "smtp.helpdesk.example"
  address "Desk <desk@helpdesk.example>"
  apply desk-rules
}

mailbox archive {
  files "mail"
  smtp "smtp.helpdesk.example"
  address "Archive <archive@helpdesk.example>"
  apply archive-rules
}

mailbox box {
  files "box.mbox"
  address "Box <box@helpdesk.example>"
  apply box-rules
}

rules desk-rules {
  rule "Accounts see it" {
    when subject contains "invoice"
    then {
      copy to "Accounts"
      mark flagged
      continue
    }
  }

  rule "High" {
    when subject contains "urgent"
    then set {
      priority "High"
      tag "urgent"
    }
  }

  rule "Spam" {
    when from.domain under "spam.example"
    then mark spam
  }

  rule "Report" {
    when subject contains "report"
    then {
      file under contact by from
      move to "Filed/Reports"
    }
  }

  rule "Delete" {
    when subject contains "newsletter"
    then {
      delete
      ignore
    }
  }

  rule "Closed by the customer" {
    when all {
      subject matches /Ticket Id: 9x(?<id>[0-9]+)\\b/
      body contains "solved"
    }
    then update ticket $id {
      status "Closed"
      tag "solved"
    }
  }

  rule "By number" {
    when subject matches /Ticket Id: 9x(?<id>[0-9]+)\\b/
    then update ticket $id {
      status "In Progress"
    } otherwise create ticket
  }

  rule "Answer" {
    when mail is reply
    then update ticket thread
  }

  rule "Away" {
    when subject contains "out of office"
    then ignore
  }

  rule "Urgent" {
    when subject contains "urgent"
    then {
      create ticket {
        register contact
        assign group "First level"
        code "U-\${from}"
        add cc
      }
      move to "Urgent"
    }
  }

  rule "Support" {
    when subject contains ["broken", "help", "invoice"]
    then create ticket
  }
}

rules archive-rules {
  rule "Answer to a letter" {
    when mail is reply
    then update ticket thread
  }

  rule "Archive" {
    when not subject contains "nothing"
    then create ticket {
      title "Archive: \${subject}"
      tag "archive"
    }
  }
}

rules box-rules {
  rule "Box" {
    when subject contains "box"
    then create ticket {
      documents none
    }
  }
}

process "Opening notice" {
  on ticket created
  when ticket.mailbox is "desk"
  then send mail {
    to ticket.requester
    subject "Opening \${ticket.title} - Ticket Id: \${ticket.ref}"
    body "We have opened \${ticket.number}."
    attach documents
  }
}

process "Tell the agent" {
  on ticket updated, ticket closed
  then {
    send mail {
      to "marco@helpdesk.example"
      subject "Changed: \${ticket.title}"
      body "Have a look."
      attach mail
    }
    set {
      severity "Minor"
    }
  }
}

process "Tell a program" {
  on ticket created, mail ignored
  then call "https://hook.helpdesk.example/event" {
    header "X-From" "desk"
  }
}
`;

/** The project as a Program. Throws where its text has an error. */
export function worldProgram(): Program {
  const { project, diagnostics } = checkProject(
    {
      sources: ["world.mcrules"],
      read: (path) =>
        path === "world.mcrules" ? Buffer.from(rules, "utf8") : { missing: true as const },
      exists: (path) => path === "world.mcrules",
    },
    defaultConfiguration,
  );
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (project === undefined || errors.length > 0) {
    throw new Error(errors.map(({ line, message }) => `line ${line}: ${message}`).join("\n"));
  }
  return compile(project);
}

/** The mails that are there at first; none depends on another. One of them can never be read. */
export function firstMails(root: string): void {
  for (const part of ["new", "cur", "tmp"]) {
    mkdirSync(join(root, "Maildir", part), { recursive: true });
  }
  desk(root, "new/1.host", manyPartsText(1, "Printer broken"));
  desk(root, "new/2.host", urgent);
  desk(root, "cur/3.host:2,", mailText(3, { subject: "invoice 77", from: "bob@firm.example" }));
  desk(root, "new/4.host", mailText(4, { subject: "Cheap watches", from: "eve@spam.example" }));
  desk(root, "new/5.host", mailText(5, { subject: "Screen broken" }));
  desk(root, "new/6.host", mailText(6, { subject: "Monthly report" }));
  desk(root, "new/7.host", mailText(7, { subject: "Our newsletter", from: "news@shop.example" }));
  desk(root, "new/8.host", mailText(8, { subject: "out of office", from: "bob@firm.example" }));
  desk(root, "new/9.host", mailText(9, { subject: "Lunch?" }));
  desk(root, "new/10.host", mailText(10, { subject: "Mouse broken" }));
  desk(root, "new/11.host", mailText(11, { subject: "report with an invoice" }));
  write(root, "mail/a.eml", letter);
  write(root, "mail/b.eml", mailText(21, { subject: "nothing to see" }));
  write(root, "mail/Letters/c.eml", manyPartsText(22, "Letter with papers"));
  symlinkSync("nowhere", join(root, "mail/lost.eml"));
  write(
    root,
    "box.mbox",
    [mailText(30, { subject: "box one" }), mailText(31, { subject: "none" })].map(inMbox).join(""),
  );
}

const urgent = mailText(2, { subject: "urgent: the server is down", cc: "carla@firm.example" });
const letter = mailText(20, { subject: "Old letter" });

/** What the mails that come later answer. */
export interface Answered {
  /** The reference of the ticket with that title. */
  reference(title: string): string;
  /** The Message-ID of our mail with a subject that begins so. */
  sent(subject: string): string;
}

/** The mails that come when the first ones are done. Each depends on one of those, none on another. */
export function laterMails(root: string, answered: Answered): void {
  const numbered = (title: string) => `Re: Ticket Id: ${answered.reference(title)}`;
  desk(root, "new/50.host", mailText(50, { subject: numbered("Printer broken") }));
  desk(
    root,
    "new/51.host",
    mailText(51, {
      subject: "Re: the server",
      answers: "<2@mail.firm.example>",
      from: "carla@firm.example",
    }),
  );
  desk(
    root,
    "new/52.host",
    mailText(52, {
      subject: "Re: Opening invoice 77",
      answers: answered.sent("Opening invoice 77"),
      from: "bob@firm.example",
    }),
  );
  const solved = { subject: numbered("Screen broken"), body: "It is solved." };
  desk(root, "new/53.host", mailText(53, solved));
  const stranger = { subject: numbered("Mouse broken"), from: "stranger@else.example" };
  desk(root, "new/54.host", mailText(54, stranger));
  desk(root, "new/55.host", mailText(55, { subject: "More watches", from: "eve@spam.example" }));
  desk(root, "new/56.host", `Received: by mx; Mon, 2 Nov 2026 09:56:00 +0100\n${urgent}`);
  write(root, "mail/Letters/again.eml", letter);
  const toLetter = { subject: "Re: Old letter", answers: "<20@mail.firm.example>" };
  write(root, "mail/Letters/d.eml", mailText(57, toLetter));
}

/** Mails of which each depends on the one before, and all come at once. */
export function mailsOfOneConversation(root: string): void {
  desk(root, "new/70.host", mailText(40, { subject: "The door is broken" }));
  const answer = { subject: "Re: The door is broken", answers: "<40@mail.firm.example>" };
  desk(root, "new/71.host", mailText(41, answer));
  desk(root, "cur/72.host:2,S", mailText(41, answer));
  desk(root, "new/73.host", mailText(42, { ...answer, answers: "<41@mail.firm.example>" }));
  desk(root, "new/74.host", mailText(43, { subject: "Cheap shoes", from: "zoe@spam.example" }));
  desk(root, "new/75.host", mailText(44, { subject: "broken shoes", from: "zoe@spam.example" }));
  write(root, "mail/e.eml", mailText(45, { subject: "Second letter" }));
  write(root, "mail/Letters/e.eml", mailText(45, { subject: "Second letter" }));
}

function desk(root: string, name: string, text: string): void {
  write(root, `Maildir/${name}`, text);
}

function write(root: string, path: string, text: string): void {
  const whole = join(root, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text);
  utimesSync(whole, now / 1000, now / 1000);
}

function inMbox(text: string): string {
  return `From anna@firm.example Mon Nov  2 09:00:00 2026\n${text}\n`;
}
