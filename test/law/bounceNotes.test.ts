import { afterEach, expect, test } from "vitest";
import { Desks, mail, rule } from "../law-rules/kit.ts";

const desks = new Desks();
afterEach(() => desks.close());

const notice = `
process "Opening" {
  on ticket created
  when always
  then send mail {
    to ticket.requester
    subject "Opening \${ticket.number}"
    body "Hello."
  }
}
`;

const report = (id: string, action: string, status: string) =>
  `From: MAILER-DAEMON@mx.example
Return-Path: <>
Subject: Delivery report
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

A report.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; anna@cliente.example
Action: ${action}
Status: ${status}

--b
Content-Type: text/rfc822-headers

Message-ID: ${id}
--b--
`;

test.each([
  ["failed", "5.1.1", "did not reach anna@cliente.example (5.1.1)", true],
  ["delayed", "4.4.1", "has not reached its recipient yet (4.4.1)", false],
  ["delivered", "2.0.0", "was delivered (2.0.0)", false],
  ["relayed", "2.0.0", "was delivered (2.0.0)", false],
])(
  "a report that a mail of ours is %s is a note; it mutes only who failed",
  async (action, status, text, mutes) => {
    const desk = await desks.of(rule("always", "create ticket"), { more: notice });
    await desk.outcome(mail());
    const id = (await desk.sent())[0]?.messageId ?? "";
    expect(await desk.outcome(report(id, action, status))).toBe("bounce #1");
    expect((await desk.comments()).map((comment) => comment.text)).toEqual([
      `A mail about this ticket ${text}.`,
    ]);
    await desk.outcome(mail({ Subject: "another" }));
    expect(await desk.sent()).toHaveLength(mutes ? 1 : 2);
  },
);
