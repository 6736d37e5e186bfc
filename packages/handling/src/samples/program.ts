import type {
  Program,
  ProgramAction,
  ProgramBlock,
  ProgramCondition,
  ProgramField,
  ProgramMailbox,
  ProgramProcess,
  ProgramProcessAction,
  ProgramRule,
  ProgramText,
} from "@mcrules/compiler";

/** Small programs for tests, written by hand. */

const at: ProgramRule["at"] = {
  file: "sample.mcrules",
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
};

export const day = 86_400_000;

export const always: ProgramCondition = { kind: "always", at };

export function contains(
  name: string,
  text: string,
  type: ProgramField["type"] = "text",
): ProgramCondition {
  return {
    kind: "test",
    at,
    field: { in: "mail", name, type },
    operator: "contains",
    operand: { kind: "texts", texts: [text] },
    expected: `"${text}"`,
  };
}

export function subjectContains(text: string): ProgramCondition {
  return contains("subject", text);
}

export function from(address: string): ProgramCondition {
  return contains("from", address, "address");
}

/** The subject matches, with the group `id`. */
export function subjectMatches(source: string): ProgramCondition {
  return {
    kind: "test",
    at,
    field: { in: "mail", name: "subject", type: "text" },
    operator: "matches",
    operand: { kind: "pattern", source, flags: "", captures: ["id"] },
    expected: `/${source}/`,
  };
}

function block(given: Partial<ProgramBlock>): ProgramBlock {
  return { tags: [], fields: [], addCc: false, internal: false, ...given };
}

export const ignore: ProgramAction = { kind: "ignore", at };
export const markSpam: ProgramAction = { kind: "mark spam", at };

export function create(given: Partial<ProgramBlock> = {}): ProgramAction {
  return { kind: "create ticket", at, block: block(given) };
}

type UpdateTicket = Extract<ProgramAction, { kind: "update ticket" }>;

export function update(
  key: UpdateTicket["key"],
  given: Partial<Omit<UpdateTicket, "kind" | "at" | "key" | "block">> = {},
  inBlock: Partial<ProgramBlock> = {},
): ProgramAction {
  return { kind: "update ticket", at, key, fromAnyone: false, ...given, block: block(inBlock) };
}

export const updateThread = update({ kind: "thread" });

export function fileUnderContact(): ProgramAction {
  return { kind: "file under", at, registries: ["contact"], by: "from" };
}

export function move(folder: string): ProgramAction {
  return { kind: "move", at, folder };
}

export function rule(
  name: string,
  when: ProgramCondition,
  ...actions: readonly ProgramAction[]
): ProgramRule {
  return { name, set: "incoming", at, when, actions, reads: "helpdesk" };
}

export function mailbox(
  name: string,
  rules: readonly ProgramRule[],
  settings: Partial<ProgramMailbox["settings"]> = {},
): ProgramMailbox {
  const address = `${name === "support" ? "info" : name}@example.it`;
  return {
    name,
    at,
    settings: {
      source: undefined,
      pec: false,
      through: [],
      trusts: [],
      enabled: true,
      folders: undefined,
      find: "all",
      since: { kind: "beginning" },
      after: { kind: "nothing" },
      unmatched: { kind: "nothing" },
      spamFolder: undefined,
      duplicates: "per mailbox",
      scan: { kind: "manually" },
      smtp: undefined,
      addresses: [{ span: { file: "sample.mcrules", start: 0, end: 0 }, name: "Support", address }],
      ...settings,
    },
    ownAddresses: [address],
    rules,
  };
}

type SendMail = Extract<ProgramProcessAction, { kind: "send mail" }>;

export const requester: ProgramText = [{ kind: "ticket path", path: "requester" }];

/** A mail with `Opening TT1 - Printer broken - Ticket Id: 9x1` as its subject, to the requester. */
export function sendMail(given: Partial<SendMail> = {}): ProgramProcessAction {
  return {
    kind: "send mail",
    at,
    to: [requester],
    cc: [],
    bcc: [],
    subject: [
      "Opening ",
      { kind: "ticket path", path: "number" },
      " - ",
      { kind: "ticket path", path: "title" },
      " - Ticket Id: ",
      { kind: "ticket path", path: "ref" },
    ],
    body: ["Dear ", { kind: "ticket path", path: "requester.name" }, ",\nit is open.\n"],
    attach: [],
    ...given,
  };
}

export function process(
  name: string,
  on: ProgramProcess["on"],
  ...actions: readonly ProgramProcessAction[]
): ProgramProcess {
  return { name, at, on, when: always, actions };
}

export function setStatus(word: string): ProgramProcessAction {
  return { kind: "set", at, block: block({ status: { kind: "word", word } }) };
}

export function call(url: string): ProgramProcessAction {
  return {
    kind: "call",
    at,
    url: [url],
    headers: [
      {
        name: "Authorization",
        value: {
          kind: "secret",
          secret: {
            kind: "env",
            name: "HOOK",
            span: { file: "sample.mcrules", start: 0, end: 0 },
          },
        },
      },
    ],
  };
}

export function program(
  mailboxes: readonly ProgramMailbox[],
  given: Partial<Omit<Program, "helpdesk">> & {
    readonly helpdesk?: Partial<Program["helpdesk"]>;
  } = {},
): Program {
  const { helpdesk, ...rest } = given;
  return {
    format: 1,
    language: 1,
    hash: "sample",
    helpdesk: {
      store: undefined,
      zone: "Europe/Rome",
      status: ["Open", "In Progress", "Wait For Response", "Answered By Customer", "Closed"],
      closed: ["Closed"],
      waiting: "Wait For Response",
      answered: "Answered By Customer",
      priority: ["Low", "Normal", "High", "Urgent"],
      severity: ["Minor", "Major", "Critical"],
      category: [],
      groups: ["First level"],
      fields: [],
      number: { before: "TT", after: "" },
      sendLimit: { count: 10, within: { milliseconds: 3 * 3_600_000 } },
      answer: { kind: "within", duration: { milliseconds: 3 * day } },
      keep: { kind: "for", duration: { milliseconds: 90 * day } },
      ...helpdesk,
    },
    agents: [{ address: "marco@example.it", name: "Marco", signature: undefined }],
    lists: [],
    conditions: [],
    calendars: [],
    mailboxes,
    processes: [],
    ...rest,
  };
}
