import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createParser, checkProject, defaultConfiguration, parseFile } from "@mcrules/language";
import { command, mcrules } from "./commandRun.ts";
import { inTurns, of } from "./measuring.ts";
import { checked, filesOf, judgeOf } from "./projects.ts";
import { randomWords } from "./randomWords.ts";
import { ruleSet } from "./ruleSets.ts";
import { figure, table } from "./table.ts";

/** `check` of a project of 10,000 lines, beside parsing alone. */
export async function checkingLarge(): Promise<void> {
  const text = ruleSet(1700, "with bodies").mcrules;
  const lines = text.split("\n").length;
  checked(text);
  const files = filesOf(text);
  const parser = createParser();
  const taken = await inTurns(
    [
      { name: "parsing", run: () => parseFile("bench.mcrules", text, parser).lines.length && 1 },
      {
        name: "checking",
        run: () => checkProject(files, defaultConfiguration).files.length,
      },
    ],
    11,
  );
  console.log(`a project of ${figure(lines)} lines; milliseconds`);
  const parsing = of(taken, "parsing");
  const checking = of(taken, "checking");
  console.log(
    table([
      ["", "ms", "of parsing"],
      ["parsing alone", figure(parsing), figure(1)],
      ["check", figure(checking), figure(checking / parsing)],
    ]),
  );
}

/** `mcrules check` of a small project as a process of its own, beside Node that does nothing. */
export async function startingSmall(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "mcrules-bench-"));
  try {
    writeFileSync(join(folder, "support.mcrules"), ruleSet(8, "with bodies").mcrules);
    const taken = await inTurns(
      [
        { name: "node", run: async () => (await command(folder, ["-e", ""])) && 1 },
        { name: "check", run: async () => (await mcrules(folder, "check")) && 1 },
      ],
      15,
    );
    const empty = of(taken, "node");
    const check = of(taken, "check");
    console.log("a small project; milliseconds from start to end of the process");
    console.log(
      table([
        ["", "ms", "above Node"],
        ["node -e ''", figure(empty), ""],
        ["mcrules check", figure(check), figure(check - empty)],
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A thousand `test` blocks as a process of their own. */
export async function testBlocks(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "mcrules-bench-"));
  try {
    writeFileSync(join(folder, "support.mcrules"), testProject(1000));
    const taken = await inTurns(
      [{ name: "test", run: async () => (await mcrules(folder, "test")) && 1 }],
      3,
    );
    console.log("1,000 test blocks, a mail and two expectations each");
    console.log(
      table([
        ["", "seconds"],
        ["mcrules test", figure(of(taken, "test") / 1000)],
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Tests, one in two of them with an answer to the ticket that was made. */
function testProject(count: number): string {
  const word = randomWords(11);
  const tests = Array.from({ length: count }, (_, number) => {
    const subject = `${word()} ${word()}`;
    const answer = `
  receive """
    From: Anna <anna@example.it>
    To: info@example.it
    Subject: Re: ${subject}
    In-Reply-To: <${number}@example.it>

    It works again.
    """
  expect ticket $first updated {
    comment contains "works again"
  }
`;
    return `test "mail ${number} makes a ticket" {
  receive """
    From: Anna <anna@example.it>
    To: info@example.it
    Subject: ${subject}
    Message-ID: <${number}@example.it>

    The printer in room ${number} is broken.
    """
  expect rule "Support"
  expect ticket created as $first {
    title is "${subject}"
  }
${number % 2 === 0 ? answer : ""}}
`;
  });
  return `mailbox support {
  files "mail"
  apply incoming
}

rules incoming {
  rule "Answer" {
    when mail is reply
    then update ticket thread
  }

  rule "Support" {
    when always
    then create ticket
  }
}

${tests.join("\n")}`;
}

/** What making a judge of so many rules takes, from text to the first decision. */
export async function loading(): Promise<void> {
  const sets = [5, 50, 500, 5000].map((count) => ({
    name: `${count} rules`,
    text: ruleSet(count, "with bodies").mcrules,
  }));
  const taken = await inTurns(
    sets.map(({ name, text }) => ({ name, run: () => judgeOf(text).program.mailboxes.length })),
    5,
  );
  console.log("from text to judge; milliseconds");
  console.log(table([["", "ms"], ...sets.map(({ name }) => [name, figure(of(taken, name))])]));
}
