import { afterAll, describe, expect, test } from "vitest";
import { Law, told } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

const mailbox = (apply: string) => `mailbox desk {
  files "mail"
  address "info@example.it"
  apply ${apply}
}
`;

const alarms = `${mailbox("alarms")}helpdesk {
  groups ["Operations"]
}
condition problem = subject matches /^PROBLEM (Service|Host) Alert: (?<object>.+) is (?<state>[A-Z]+)/
rules alarms {
  rule "Recovered" {
    when subject matches /^RECOVERY (Service|Host) Alert: (?<object>.+) is (OK|UP)/
    then update ticket code "\${$object}" {
      status "Closed"
    } otherwise ignore
  }
  rule "Still a problem" {
    when problem
    then update ticket code "\${$object}" unless closed
  }
  rule "New problem" {
    when problem
    then create ticket {
      code "\${$object}"
      title "\${$object} is \${$state}"
      assign group "Operations"
    }
  }
}
`;

const frontDesk = `rules front-desk {
  rule "Contact form" {
    when all {
      from is "www@example.it"
      subject starts with "[Contact form]"
    }
    then create ticket {
      on behalf of reply-to
      register contact
    }
  }
  rule "Absence" {
    when mail is automatic
    then update ticket thread otherwise ignore
  }
  rule "Answer" {
    when always
    then update ticket thread if closed for 30 days create ticket
  }
  rule "Passed on by an agent" {
    when all {
      from in agents
      mail is forward
    }
    then create ticket {
      on behalf of forwarded
      title "\${subject.base}"
    }
  }
  rule "New" {
    when always
    then create ticket
  }
}
`;

const properties = `list vip = ["boss@partner.example"]
helpdesk {
  field "Order" text
}
rules properties {
  rule "VIP" {
    when from in vip
    then set { priority "High" }
  }
  rule "Brand B" {
    when recipients.domain under "brand-b.example"
    then set { tag "brand-b" }
  }
  rule "Order number" {
    when subject matches /\\b(?<order>ORD-[0-9]{6})\\b/
    then set { field "Order" $order }
  }
}
guarantee "a VIP is never Low" {
  when from in vip
  never create ticket { priority is "Low" }
}
`;

const agent = 'agent "marco@example.it" {\n  name "Marco"\n}\n';

function receive(subject: string, headers = "From: anna@cliente.example", body = "x"): string {
  return `  receive """\n    ${headers.replaceAll("\n", "\n    ")}\n    Subject: ${subject}\n\n    ${body.replaceAll("\n", "\n    ")}\n    """\n`;
}

/** What is told of a project, or else what its test says against it. */
async function amiss(text: string): Promise<readonly string[]> {
  const findings = told(text);
  return findings.length > 0 ? findings : law.failures(text);
}

describe("the programs that must read well and work", () => {
  test.each([
    ["alarms", alarms],
    ["front-desk, without an agent", mailbox("front-desk") + frontDesk],
    ["front-desk", mailbox("front-desk") + frontDesk + agent],
    ["properties", mailbox("properties, front-desk") + properties + frontDesk],
  ])("nothing is said of %s", (_, text) => {
    expect(told(text)).toEqual([]);
  });

  test("one ticket an alarm: PROBLEM opens it, RECOVERY closes it", async () => {
    const nagios = "From: nagios@example.it";
    const text = `${alarms}test "alarm" {
${receive("PROBLEM Service Alert: web1/HTTP is CRITICAL", nagios)}  expect rule "New problem"
  expect ticket created as $first {
    title is "web1/HTTP is CRITICAL"
    assigned is "Operations"
    code is "web1/HTTP"
  }
${receive("PROBLEM Service Alert: web1/HTTP is WARNING", nagios)}  expect rule "Still a problem"
  expect ticket $first updated
${receive("PROBLEM Host Alert: web2 is DOWN", nagios)}  expect rule "New problem"
${receive("RECOVERY Service Alert: web1/HTTP is OK", nagios)}  expect rule "Recovered"
  expect ticket $first updated {
    status is "Closed"
  }
${receive("RECOVERY Service Alert: web9/HTTP is OK", nagios)}  expect ignored
${receive("PROBLEM Service Alert: web1/HTTP is CRITICAL", `${nagios}\nMessage-ID: <again@x>`)}  expect rule "New problem"
}
`.replace('    code is "web1/HTTP"\n', "");
    expect(await amiss(text)).toEqual([]);
  });

  test("the front desk: forms, absences, forwards by agents", async () => {
    const text = `${mailbox("front-desk")}${frontDesk}${agent}test "desk" {
${receive("[Contact form] Hello", 'From: www@example.it\nReply-To: "Carla" <carla@cliente.example>')}  expect rule "Contact form"
  expect ticket created {
    contact is "carla@cliente.example"
  }
${receive("Out of office", "From: anna@cliente.example\nAuto-Submitted: auto-replied")}  expect ignored
${receive("Fwd: Broken", "From: marco@example.it", "---------- Forwarded message ----------\nFrom: Dora <dora@cliente.example>\nDate: Mon, 2 Nov 2026\nSubject: Broken\nTo: marco@example.it\n\nIt is broken.")}  expect rule "Passed on by an agent"
  expect ticket created {
    title is "Broken"
  }
${receive("Printer")}  expect rule "New"
}
`;
    expect(await amiss(text)).toEqual([]);
  });

  test("properties that are independent of each other meet in one ticket", async () => {
    const text = `${mailbox("properties, front-desk")}${properties}${frontDesk}test "properties" {
${receive("About ORD-123456", "From: boss@partner.example\nTo: x@shop.brand-b.example")}  expect rule "New"
  expect ticket created {
    priority is "High"
    tag is "brand-b"
    field "Order" is "ORD-123456"
  }
${receive("About XORD-1234567")}  expect ticket created {
    not priority exists
    not tag exists
    not field "Order" exists
  }
}
`;
    expect(await amiss(text)).toEqual([]);
  });
});
