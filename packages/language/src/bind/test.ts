import { report } from "../diagnostics/report.ts";
import type { Line } from "../shape/shape.ts";
import type { Given, Placed, TestDeclaration, TestStep } from "../tree/index.ts";
import { declarations } from "../vocabulary/declarations.ts";
import { inFolder, testEntries } from "../vocabulary/tests.ts";
import type { BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { takeExpectation } from "./expectations.ts";
import { fileProblem } from "./files.ts";
import { GivenReader } from "./given.ts";
import { readHead, takeBlock } from "./head.ts";
import { takeMailboxName } from "./projectNames.ts";
import { bindSettings, type SettingEntry } from "./settings.ts";
import { plainText } from "./plainText.ts";
import { Slot } from "./slot.ts";
import { StepExpectations } from "./stepExpectations.ts";
import { TestTickets } from "./testTickets.ts";
import { bindText } from "./texts.ts";
import { listed, takeText, takeTime, wrongValue } from "./values.ts";

type Receive = Extract<TestStep, { kind: "receive" }>;
type OpenStep =
  | { readonly kind: "receive"; readonly step: Omit<Receive, "expectations"> }
  | {
      readonly kind: "wait";
      readonly step: Omit<Extract<TestStep, { kind: "wait" }>, "expectations">;
    };

/** Binds `test "…" { … }`. */
export function bindTest(line: Line, context: BindContext): TestDeclaration {
  const head = readHead(line, context, "test");
  const { name } = head.declared;
  const block = takeBlock(head, context);
  const mailbox = new Slot<Placed<string>>();
  const given: Given[] = [];
  const givenReader = new GivenReader(context);
  const tickets = new TestTickets(context);
  const steps: { readonly open: OpenStep; readonly expected: StepExpectations }[] = [];
  let received = false;
  let tooEarly = false;

  if (block !== undefined) {
    bindSettings(block, context, declarations.test.one, testEntries, {
      mailbox: (cursor, entry) => mailbox.set(entry.span, takeMailboxName(cursor, context, entry)),
      given: (cursor, entry) => {
        if (steps.length > 0) context.add(report("MC2210", entry.span, {}));
        const one = givenReader.take(cursor, entry);
        if (one !== undefined) given.push(one);
      },
      receive: (cursor, entry) => {
        received = true;
        const step = takeReceive(cursor, context, entry, tickets);
        steps.push({ open: { kind: "receive", step }, expected: new StepExpectations(context) });
      },
      wait: (cursor, entry) => {
        const from = entry.span;
        const time = takeTime(cursor, context, entry);
        const duration = time?.duration ?? { milliseconds: 0 };
        const span = { ...from, end: time?.span.end ?? from.end };
        const step = { kind: "wait", span, duration } as const;
        steps.push({ open: { kind: "wait", step }, expected: new StepExpectations(context) });
      },
      expect: (cursor, entry) => {
        const step = steps.at(-1);
        if (step === undefined) {
          tooEarly = true;
          context.add(report("MC2203", entry.span, {}));
          takeExpectation(cursor, context, entry, tickets);
          return;
        }
        const expectation = takeExpectation(cursor, context, entry, tickets);
        step.expected.add(expectation, step.open.kind);
      },
    });
    if (!received && !tooEarly) context.add(report("MC2208", name.span, { name: name.value }));
    if (received && !mailbox.given) whichMailbox(name, context);
  }
  return {
    kind: "test",
    ...head.declared,
    mailbox: mailbox.value,
    given,
    steps: steps.map(({ open, expected }) => ({ ...open.step, expectations: expected.all })),
  };
}

/** A test that says nothing of it receives in the only mailbox of the project. */
function whichMailbox(name: Placed<string>, context: BindContext): void {
  const { mailboxNames } = context.names;
  if (mailboxNames.length === 0) context.add(report("MC2207", name.span, {}));
  else if (mailboxNames.length > 1) {
    const known = listed(mailboxNames.map((one) => `mailbox ${one}`));
    context.add(report("MC2206", name.span, { known }));
  }
}

/** `"file.eml"` or `"""…"""`, optional `in "Folder"`. */
function takeReceive(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
  tickets: TestTickets,
): Omit<Receive, "expectations"> {
  const mail = takeMail(cursor, context, entry, tickets);
  const folder =
    cursor.takePhrase(inFolder) === undefined
      ? undefined
      : takeText(cursor, context, entry, "the name of a folder");
  const last = cursor.line.items[cursor.index - 1]?.span ?? entry.span;
  const span = { ...entry.span, end: Math.max(entry.span.end, last.end) };
  return { kind: "receive", span, mail, folder };
}

function takeMail(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
  tickets: TestTickets,
): Receive["mail"] {
  const nothing = { kind: "file", span: entry.span, path: "" } as const;
  const item = cursor.takeKind("text");
  if (item === undefined) {
    wrongValue(cursor, context, entry, "the path of a mail, or a text block");
    return nothing;
  }
  if (item.block) {
    const text = bindText(item, context, "test");
    tickets.checkText(text);
    return { kind: "text", span: item.span, text };
  }
  const path = plainText(item, context);
  if (path === undefined) return nothing;
  const file = context.names.resolve(path.value);
  if ("kind" in file) {
    context.add(fileProblem(file, path));
    return { kind: "file", span: path.span, path: path.value };
  }
  return { kind: "file", span: path.span, path: file.path };
}
