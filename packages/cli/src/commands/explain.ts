import { readFileSync, statSync } from "node:fs";
import { randomBytes } from "node:crypto";
import type { Decision } from "@mcrules/compiler";
import { explainMail, type IncomingMail } from "@mcrules/handling";
import { diagnosticTable } from "@mcrules/language";
import { openMailReader, readHeaders } from "@mcrules/mail";
import type { Run } from "../commandLine.ts";
import { actionTexts, marksText, outcomeText, traceJson, wholeTraceText } from "../decisionText.ts";
import { CannotRun, fileTrouble } from "../failure.ts";
import { chosenMailbox, placeOfFile, runnableProject } from "../program.ts";
import { openStore } from "../store.ts";
import { printable, type Terminal } from "../terminal.ts";

/** `mcrules explain`: how the present rules judge mails, and why; or the page of a diagnostic. */
export async function explain(
  { terminal }: Run,
  mails: readonly string[],
  options: {
    readonly project?: string;
    readonly store?: string;
    readonly format: string;
    readonly mailbox?: string;
  },
): Promise<number> {
  const [first] = mails;
  if (mails.length === 1 && first !== undefined && /^MC[0-9]{4}$/i.test(first)) {
    return explainCode(terminal, first.toUpperCase(), options.format);
  }
  const runnable = runnableProject(terminal, options.project);
  if (runnable === undefined) return 1;
  const { judge, loaded } = runnable;
  // Read all before anything is opened: a wrong path is told at once.
  const read = mails.map((path) => {
    const content = readMail(path);
    const place = placeOfFile(judge, loaded.root, path);
    const mailbox =
      options.mailbox === undefined && place !== undefined
        ? place.mailbox
        : chosenMailbox(judge, options.mailbox);
    const folder = place?.mailbox === mailbox ? place.folder : "INBOX";
    return { path, mailbox: mailbox.name, folder, ...content };
  });
  const helpdesk = await openStore(loaded.root, judge.program, options.store, "look");
  const reader = openMailReader();
  const explained: Explained[] = [];
  try {
    for (const one of read) {
      const { path } = one;
      const mail = incoming(one);
      try {
        const context = { judge, helpdesk, reader, now: Date.now, randomBytes };
        const decision = await explainMail(context, mail);
        const anew =
          decision.outcome === "already seen"
            ? await explainMail(context, mail, { asNew: true })
            : undefined;
        explained.push({ kind: "decided", path, decision, anew });
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        explained.push({ kind: "failed", path, error: error.message });
      }
    }
  } finally {
    await reader.close();
    await helpdesk.close();
  }
  if (options.format === "json") {
    terminal.out(
      `${JSON.stringify({ mails: explained.map((one) => explainedJson(one, loaded.root)) }, null, 2)}\n`,
    );
  } else {
    for (const one of explained) showExplained(terminal, one, loaded.root);
  }
  return explained.some(({ kind }) => kind === "failed") ? 1 : 0;
}

type Explained =
  | {
      readonly kind: "decided";
      readonly path: string;
      readonly decision: Decision;
      /** What the rules would do with it, were it not in the journal. */
      readonly anew: Decision | undefined;
    }
  | { readonly kind: "failed"; readonly path: string; readonly error: string };

function readMail(path: string): { readonly bytes: Uint8Array; readonly fileTime: number } {
  try {
    const bytes = readFileSync(path === "-" ? 0 : path);
    if (bytes.length === 0) {
      const what = path === "-" ? "standard input" : path;
      throw new CannotRun(`${what} is empty, a mail was expected`);
    }
    return { bytes, fileTime: path === "-" ? Date.now() : statSync(path).mtimeMs };
  } catch (error) {
    throw fileTrouble(error, path) ?? error;
  }
}

interface ReadMail {
  readonly path: string;
  readonly mailbox: string;
  readonly folder: string;
  readonly bytes: Uint8Array;
  readonly fileTime: number;
}

function incoming({ path, mailbox, folder, bytes, fileTime }: ReadMail): IncomingMail {
  const { receivedDate, date } = readHeaders(bytes, { pec: false, through: [], trusts: [] });
  return {
    arrival: {
      mailbox,
      folder,
      received: receivedDate ?? date?.instant ?? fileTime,
      size: bytes.length,
    },
    place: path,
    header: () => Promise.resolve(bytes),
    whole: () => Promise.resolve(bytes),
  };
}

function explainedJson(explained: Explained, root: string): object {
  if (explained.kind === "failed") {
    const { path, error } = explained;
    return {
      path,
      rule: null,
      rules: [],
      outcome: "failed",
      actions: [],
      marks: [],
      trace: [],
      error,
    };
  }
  const { path, decision, anew } = explained;
  return {
    path,
    ...decisionJson(decision, root),
    ...(anew === undefined ? {} : { anew: decisionJson(anew, root) }),
  };
}

function decisionJson(decision: Decision, root: string): object {
  return {
    rule: decision.rule,
    rules: decision.rules,
    outcome: decision.outcome,
    actions: actionTexts(decision),
    marks: decision.marks,
    trace: traceJson(decision.trace, root),
  };
}

function showExplained(terminal: Terminal, explained: Explained, root: string): void {
  terminal.out(`${terminal.style("bold", printable(explained.path))}\n`);
  if (explained.kind === "failed") {
    terminal.out(`  ${terminal.style("red", "failed")}: ${printable(explained.error)}\n\n`);
    return;
  }
  const { decision, anew } = explained;
  if (anew === undefined) {
    showDecision(terminal, decision, root);
  } else {
    terminal.out(
      `  ${terminal.style("bold", "already seen")}: a scan does nothing with it. As a new mail:\n`,
    );
    showDecision(terminal, anew, root);
  }
  terminal.out("\n");
}

function showDecision(terminal: Terminal, decision: Decision, root: string): void {
  terminal.out(wholeTraceText(decision.trace, root, terminal));
  const rule =
    decision.rule === null ? "no rule ended the search" : `by "${printable(decision.rule)}"`;
  terminal.out(`  ${terminal.style("bold", outcomeText(decision, undefined))}, ${rule}\n`);
  for (const action of actionTexts(decision)) terminal.out(`    ${action}\n`);
  terminal.out(marksText(decision.marks, terminal));
}

function explainCode(terminal: Terminal, code: string, format: string): number {
  const row = Object.entries(diagnosticTable).find(([name]) => name === code)?.[1];
  if (row === undefined) {
    throw new CannotRun(
      `there is no diagnostic ${code}`,
      "`mcrules check` names the codes it finds.",
    );
  }
  if (format === "json") {
    terminal.out(`${JSON.stringify({ code, ...row }, null, 2)}\n`);
    return 0;
  }
  const indented = (text: string) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => (line === "" ? "" : `  ${line}`))
      .join("\n");
  terminal.out(
    `${terminal.style("bold", `${code} ${row.name}`)} (${row.severity})\n\n${row.why}\n\n` +
      `${terminal.style("red", "Wrong")}\n${indented(row.wrong)}\n\n` +
      `${terminal.style("green", "Right")}\n${indented(row.right)}\n`,
  );
  return 0;
}
