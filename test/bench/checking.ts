import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createParser, checkProject, defaultConfiguration, parseFile } from "@mcrules/language";
import { command, mcrules, type CommandRun } from "./commandRun.ts";
import { inTurns, median, of } from "./measuring.ts";
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
    const installed = installedCommand(folder);
    const kinds = {
      "node -e ''": () => command(folder, ["-e", ""]),
      "mcrules check": () => mcrules(folder, "check"),
      "as installed": () => command(folder, [installed, "check"]),
    };
    const runs = new Map<string, CommandRun[]>(Object.keys(kinds).map((name) => [name, []]));
    for (let round = 0; round < 15; round++) {
      for (const [name, run] of Object.entries(kinds)) runs.get(name)?.push(await run());
    }
    const empty = median((runs.get("node -e ''") ?? []).map((run) => run.milliseconds));
    console.log("a small project; milliseconds of a process of its own");
    console.log(
      table([
        ["", "from start to end", "above Node", "CPU time"],
        ...[...runs].map(([name, all]) => {
          const whole = median(all.map((run) => run.milliseconds));
          return [
            name,
            figure(whole),
            figure(whole - empty),
            figure(median(all.map((run) => run.cpuMilliseconds))),
          ];
        }),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The command as `npm pack` packs it, in a folder of its own. Gives the path of its file. */
function installedCommand(folder: string): string {
  const cli = join(import.meta.dirname, "../../packages/cli");
  const root = join(folder, "installed");
  for (const part of ["bin", "bundle", "package.json"]) {
    cpSync(join(cli, part), join(root, part), { recursive: true });
  }
  return join(root, "bin/mcrules.js");
}

/** A thousand `test` blocks as a process of their own. */
export async function testBlocks(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "mcrules-bench-"));
  try {
    writeFileSync(join(folder, "support.mcrules"), testProject(1000));
    const runs: CommandRun[] = [];
    for (let round = 0; round < 3; round++) runs.push(await mcrules(folder, "test"));
    console.log("1,000 test blocks, a mail and two expectations each");
    console.log(
      table([
        ["", "seconds", "CPU seconds"],
        [
          "mcrules test",
          figure(median(runs.map((run) => run.milliseconds)) / 1000),
          figure(median(runs.map((run) => run.cpuMilliseconds)) / 1000),
        ],
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
