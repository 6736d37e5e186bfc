import type { Judge } from "@mcrules/compiler";
import { handleMail, mailFromBytes, type HandlingContext } from "@mcrules/handling";
import { openSqliteHelpdesk, type OutboxEntry, type Ticket } from "@mcrules/helpdesk";
import {
  placesIn,
  type Expectation,
  type Position,
  type Project,
  type Span,
  type TestDeclaration,
  type TestStep,
} from "@mcrules/language";
import type { MailReader } from "@mcrules/mail";
import { ConditionCheck } from "./conditionCheck.ts";
import { judgeExpectation } from "./expectations.ts";
import type { ReadMailFile } from "./files.ts";
import { arrange, defaultNow } from "./given.ts";
import type { Happened } from "./happened.ts";
import type { TestFailure, TestResult } from "./result.ts";
import { fillText, type TestValues } from "./texts.ts";

/** What the tests of a project run with. */
export interface TestRun {
  readonly project: Project;
  readonly judge: Judge;
  readonly reader: MailReader;
  readonly readFile: ReadMailFile;
  /** Which tests run; left out: all. */
  readonly chosen?: (test: TestDeclaration) => boolean;
}

/**
 * Runs the `test` blocks in the order of the files, each over an empty store in memory and a clock
 * that stands still. It is the code of production: nothing is played but the clock, the random
 * bytes and the store's place. Never throws for what a test does.
 */
export async function* runTests(run: TestRun): AsyncGenerator<TestResult, void, undefined> {
  const position = placesIn(run.project.sources);
  for (const test of run.project.tests) {
    if (run.chosen !== undefined && !run.chosen(test)) continue;
    yield await runTest(run, position, test);
  }
}

async function runTest(
  run: TestRun,
  position: (span: Span) => Position,
  test: TestDeclaration,
): Promise<TestResult> {
  const failures: TestFailure[] = [];
  const base = { name: test.name.value, position: position(test.name.span) };
  const helpdesk = await openSqliteHelpdesk(":memory:");
  try {
    const bench = new Bench(run, test, helpdesk);
    const check = new ConditionCheck(run.project, helpdesk, position);
    await bench.arrange();
    for (const step of test.steps) {
      const happened = await bench.step(step);
      for (const expectation of step.expectations) bench.name(expectation, happened);
      const judging = {
        check,
        written: (span: Span) =>
          (run.project.sources.get(span.file) ?? "").slice(span.start, span.end),
        position,
        values: await bench.values(),
      };
      for (const expectation of step.expectations) {
        failures.push(...(await judgeExpectation(expectation, happened, judging)));
      }
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      ...base,
      outcome: "error",
      failures: [
        ...failures,
        { ...base.position, expected: "the test runs", actual: message, message },
      ],
    };
  } finally {
    await helpdesk.close();
  }
  return { ...base, outcome: failures.length === 0 ? "passed" : "failed", failures };
}

/** One test while it runs: its store, its clock, the tickets that it has named. */
class Bench {
  readonly #run: TestRun;
  readonly #test: TestDeclaration;
  readonly #context: HandlingContext;
  readonly #named = new Map<string, number>();
  #now: number;
  #mails = 0;
  #lastSent: OutboxEntry | undefined;

  constructor(run: TestRun, test: TestDeclaration, helpdesk: HandlingContext["helpdesk"]) {
    this.#run = run;
    this.#test = test;
    this.#now = test.given.find((given) => given.kind === "now")?.instant ?? defaultNow;
    let counter = 0;
    this.#context = {
      judge: run.judge,
      helpdesk,
      reader: run.reader,
      now: () => this.#now,
      wholeTrace: true,
      // The same at each run, so that a test fails the same way twice.
      randomBytes: (count) => {
        counter += 1;
        return Uint8Array.from({ length: count }, (_, index) => (counter * 31 + index * 7) % 256);
      },
    };
  }

  arrange(): Promise<void> {
    return arrange(this.#context, this.#test.given, this.#now);
  }

  async step(step: TestStep): Promise<Happened> {
    if (step.kind === "wait") {
      this.#now += step.duration.milliseconds;
      return { kind: "waited" };
    }
    this.#mails += 1;
    const bytes =
      step.mail.kind === "file"
        ? this.#run.readFile(step.mail.path)
        : mailBytes(fillText(step.mail.text, await this.values()));
    const handled = await handleMail(
      this.#context,
      mailFromBytes(bytes, {
        mailbox: this.#mailbox(),
        folder: step.folder?.value ?? "INBOX",
        received: this.#now,
        place: `mail ${this.#mails} of the test`,
      }),
    );
    switch (handled.kind) {
      case "failed":
        return { kind: "failed", error: handled.error };
      case "already seen":
        return {
          kind: "received",
          decision: handled.decision,
          ticket: undefined,
          comment: undefined,
          sent: [],
          mailEffects: [],
          alreadySeen: true,
        };
      case "handled": {
        const { decision, ticket, outbox } = handled;
        this.#lastSent =
          outbox.findLast(({ kind, state }) => kind === "mail" && state !== "withheld") ??
          this.#lastSent;
        const comments =
          ticket === undefined ? [] : await this.#context.helpdesk.comments(ticket.id);
        return {
          kind: "received",
          decision,
          ticket,
          comment:
            decision.outcome === "ticket updated"
              ? comments.findLast(({ by }) => by !== "system")
              : undefined,
          sent: outbox,
          mailEffects: decision.mailEffects,
          alreadySeen: false,
        };
      }
    }
  }

  /** Remembers the ticket that `as $name` names. */
  name(expectation: Expectation, happened: Happened): void {
    if (expectation.kind !== "ticket created" || expectation.as === undefined) return;
    if (happened.kind !== "received" || happened.decision.outcome !== "ticket created") return;
    if (happened.ticket !== undefined) {
      this.#named.set(expectation.as.value, happened.ticket.id);
    }
  }

  /** What the holes of the test's texts look at, as it stands now. */
  async values(): Promise<TestValues> {
    const tickets = new Map<string, Ticket>();
    for (const [name, id] of this.#named) {
      const ticket = await this.#context.helpdesk.ticket(id);
      if (ticket !== undefined) tickets.set(name, ticket);
    }
    return { tickets, lastSent: this.#lastSent };
  }

  #mailbox(): string {
    const name = this.#test.mailbox?.value ?? this.#run.judge.program.mailboxes[0]?.name;
    if (name === undefined) throw new Error("The project has no mailbox to receive a mail in.");
    return name;
  }
}

/** A mail written in a test: UTF-8, with the line ends that mail has. */
function mailBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text.replace(/\r?\n/g, "\r\n"));
}
