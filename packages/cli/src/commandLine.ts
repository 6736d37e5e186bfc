import { Command, InvalidArgumentError, Option } from "commander";
import type { Terminal } from "./terminal.ts";

/** What every command is given beside its own words. */
export interface Run {
  readonly terminal: Terminal;
}

/**
 * The commands with their options and help. What a command does is loaded when it is called, so
 * that `check` does not wait for the store.
 */
export function commandLine(terminal: Terminal, exit: (code: number) => void): Command {
  const run: Run = { terminal };
  const program = new Command("mcrules");
  program
    .description("Helpdesk mail as code: check, test and run .mcrules files.")
    .version("0.1.0", "-V, --version", "show the version")
    .helpOption("-h, --help", "show this help")
    .addHelpText(
      "after",
      "\nExample:\n  mcrules init helpdesk && cd helpdesk && mcrules test && mcrules scan\n",
    )
    .addHelpCommand(
      new Command("help")
        .argument("[command]")
        .description("show the help of a command")
        .helpGroup("Look at what came of it"),
    )
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.note(text),
      outputError: (text, write) => write(text.replace(/^error:/, "mcrules:")),
    });

  const command = (group: string, spec: string, description: string, example: string): Command =>
    program
      .command(spec)
      .helpGroup(group)
      .description(description)
      .addHelpText("after", `\nExample:\n  ${example}\n`)
      .exitOverride();

  const project = () => new Option("--project <dir>", "the project's folder");
  const store = () => new Option("--store <url>", "the store: sqlite:PATH");
  const format = (...choices: readonly string[]) =>
    new Option("--format <format>", "how the answer is written")
      .choices(choices)
      .default(choices[0]);

  const writing = "Write rules";
  command(
    writing,
    "init [dir]",
    "make a small project that works at once",
    "mcrules init helpdesk",
  ).action(async (dir: string | undefined) => {
    const { init } = await import("./commands/init.ts");
    exit(init(run, dir ?? "."));
  });

  command(
    writing,
    "check [paths...]",
    "errors and warnings in the rules, and what is proved of them",
    "mcrules check --format github",
  )
    .addOption(project())
    .addOption(format("text", "json", "sarif", "github"))
    .option("--total", "also say whether every mail is decided", false)
    .action(
      async (paths: string[], options: { project?: string; format: string; total: boolean }) => {
        const { check } = await import("./commands/check.ts");
        exit(await check(run, paths, options));
      },
    );

  command(
    writing,
    "fmt [paths...]",
    "write .mcrules files in the one format; `-` reads standard input",
    "mcrules fmt --check",
  )
    .addOption(project())
    .option("--check", "only tell which files are not formatted", false)
    .action(async (paths: string[], options: { project?: string; check: boolean }) => {
      const { fmt } = await import("./commands/fmt.ts");
      exit(await fmt(run, paths, options));
    });

  command(
    writing,
    "test [paths...]",
    "run the test blocks",
    'mcrules test --filter "out of office"',
  )
    .addOption(project())
    .addOption(format("text", "json", "junit", "tap"))
    .option("--filter <text>", "only tests whose name holds this text")
    .option("--watch", "run again whenever a file changes", false)
    .action(
      async (
        paths: string[],
        options: { project?: string; format: string; filter?: string; watch: boolean },
      ) => {
        const { test } = await import("./commands/test.ts");
        exit(await test(run, paths, options));
      },
    );

  command(
    writing,
    "explain <mails...>",
    "which rule decides each mail and why; or what a diagnostic code means",
    "mcrules explain mail/printer.eml\n  mcrules explain MC1203",
  )
    .addOption(project())
    .addOption(store())
    .addOption(format("text", "json"))
    .option("--mailbox <name>", "the mailbox it came to, where there are several")
    .action(
      async (
        mails: string[],
        options: { project?: string; store?: string; format: string; mailbox?: string },
      ) => {
        const { explain } = await import("./commands/explain.ts");
        exit(await explain(run, mails, options));
      },
    );

  const running = "Run them";
  command(
    running,
    "scan [mailboxes...]",
    "read the mailboxes once, now",
    "mcrules scan support --dry-run",
  )
    .addOption(project())
    .addOption(store())
    .addOption(format("text", "json"))
    .option("--dry-run", "write nothing, neither to the store nor to the mailbox", false)
    .action(
      async (
        mailboxes: string[],
        options: { project?: string; store?: string; format: string; dryRun: boolean },
      ) => {
        const { scan } = await import("./commands/scan.ts");
        exit(await scan(run, mailboxes, options));
      },
    );

  program
    .command("run", { hidden: true })
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async () => {
      const { CannotRun } = await import("./failure.ts");
      throw new CannotRun(
        "scanning by each mailbox's schedule is not possible yet",
        "`mcrules scan` reads the mailboxes once: have cron or a systemd timer call it.",
      );
    });

  command(
    running,
    "folders <mailbox>",
    "the folders of a mailbox, which of them are read, the mails in each",
    "mcrules folders support",
  )
    .addOption(project())
    .addOption(format("text", "json"))
    .action(async (mailbox: string, options: { project?: string; format: string }) => {
      const { folders } = await import("./commands/folders.ts");
      exit(await folders(run, mailbox, options));
    });

  command(
    running,
    "status",
    "mailboxes, last scan, waiting, failed",
    "mcrules status --format json",
  )
    .addOption(project())
    .addOption(store())
    .addOption(format("text", "json", "prometheus"))
    .action(async (options: { project?: string; store?: string; format: string }) => {
      const { status } = await import("./commands/status.ts");
      exit(await status(run, options));
    });

  const looking = "Look at what came of it";
  const ticket = command(
    looking,
    "ticket",
    "the tickets: list, show, open, close, comment",
    "mcrules ticket show TT1",
  );
  const ticketCommand = (spec: string, description: string, example: string): Command =>
    ticket
      .command(spec)
      .description(description)
      .addHelpText("after", `\nExample:\n  ${example}\n`)
      .exitOverride()
      .addOption(project())
      .addOption(store())
      .addOption(format("text", "json"));
  type TicketOptions = { project?: string; store?: string; format: string };

  ticketCommand("list", "all tickets, without spam", "mcrules ticket list --open")
    .option("--open", "only those that are not closed", false)
    .option("--spam", "those marked as spam too", false)
    .option("--mailbox <name>", "only those of one mailbox")
    .action(async (options: TicketOptions & { open: boolean; spam: boolean; mailbox?: string }) => {
      const { ticketList } = await import("./commands/ticket.ts");
      exit(await ticketList(run, options));
    });
  ticketCommand(
    "show <ticket>",
    "one ticket with its comments and documents",
    "mcrules ticket show 9x1",
  ).action(async (name: string, options: TicketOptions) => {
    const { ticketShow } = await import("./commands/ticket.ts");
    exit(await ticketShow(run, name, options));
  });
  ticketCommand(
    "open <title>",
    "open a ticket by hand",
    'mcrules ticket open "Phone call of Anna" --requester anna@example.it',
  )
    .option("--description <text>", "what it is about", "")
    .option("--requester <address>", "whom it answers to")
    .option("--priority <word>", "one of the helpdesk's priorities")
    .action(
      async (
        title: string,
        options: TicketOptions & { description: string; requester?: string; priority?: string },
      ) => {
        const { ticketOpen } = await import("./commands/ticket.ts");
        exit(await ticketOpen(run, title, options));
      },
    );
  ticketCommand("close <ticket>", "close a ticket", "mcrules ticket close TT1").action(
    async (name: string, options: TicketOptions) => {
      const { ticketClose } = await import("./commands/ticket.ts");
      exit(await ticketClose(run, name, options));
    },
  );
  ticketCommand(
    "comment <ticket> <text>",
    "add a comment",
    'mcrules ticket comment TT1 "called her back" --internal',
  )
    .option("--internal", "the customer does not see it", false)
    .option("--as <agent>", "the agent's address")
    .action(
      async (
        name: string,
        text: string,
        options: TicketOptions & { internal: boolean; as?: string },
      ) => {
        const { ticketComment } = await import("./commands/ticket.ts");
        exit(await ticketComment(run, name, text, options));
      },
    );

  command(looking, "why <ticket>", "why a ticket is there: mail, rule, trace", "mcrules why TT1")
    .addOption(project())
    .addOption(store())
    .addOption(format("text", "json"))
    .action(async (name: string, options: TicketOptions) => {
      const { why } = await import("./commands/why.ts");
      exit(await why(run, name, options));
    });

  const mails = command(
    looking,
    "mails",
    "the journal: each mail seen, what became of it",
    "mcrules mails list --failed",
  );
  const mailsCommand = (spec: string, description: string, example: string): Command =>
    mails
      .command(spec, { isDefault: spec === "list" })
      .description(description)
      .addHelpText("after", `\nExample:\n  ${example}\n`)
      .exitOverride()
      .addOption(project())
      .addOption(store())
      .addOption(format("text", "json"));
  mailsCommand("list", "the mails, the newest first", "mcrules mails list --failed")
    .option("--failed", "only those whose handling failed", false)
    .option("--limit <n>", "at most so many", wholeNumber)
    .action(async (options: TicketOptions & { failed: boolean; limit?: number }) => {
      const { mailsList } = await import("./commands/mails.ts");
      exit(await mailsList(run, options));
    });
  mailsCommand("show <id>", "one mail with its trace", "mcrules mails show 12")
    .option("--raw", "the mail itself, as it came", false)
    .action(async (id: string, options: TicketOptions & { raw: boolean }) => {
      const { mailsShow } = await import("./commands/mails.ts");
      exit(await mailsShow(run, id, options));
    });
  mailsCommand(
    "retry <ids...>",
    "have failed mails tried again at the next scan",
    "mcrules mails retry 12",
  ).action(async (ids: string[], options: TicketOptions) => {
    const { mailsRetry } = await import("./commands/mails.ts");
    exit(await mailsRetry(run, ids, options));
  });

  const people = "People";
  for (const kind of ["contacts", "accounts", "leads", "vendors"] as const) {
    const registry = command(
      people,
      kind,
      `the ${kind}: list, add, remove, import`,
      `mcrules ${kind} import people.csv`,
    );
    const registryCommand = (spec: string, description: string, isDefault = false): Command =>
      registry
        .command(spec, { isDefault })
        .description(description)
        .exitOverride()
        .addOption(project())
        .addOption(store())
        .addOption(format("text", "json"));
    registryCommand("list", `all ${kind}`, true).action(async (options: TicketOptions) => {
      const { registryList } = await import("./commands/registry.ts");
      exit(await registryList(run, kind, options));
    });
    const add = registryCommand(
      kind === "accounts" ? "add <name>" : "add <address>",
      `add one of the ${kind}, or change it`,
    );
    if (kind === "accounts") add.option("--address <address...>", "its addresses");
    else {
      add.option("--name <name>", "the name");
      if (kind === "contacts") add.option("--account <name>", "the account the contact belongs to");
    }
    add.action(
      async (
        key: string,
        options: TicketOptions & { name?: string; account?: string; address?: string[] },
      ) => {
        const { registryAdd } = await import("./commands/registry.ts");
        exit(await registryAdd(run, kind, key, options));
      },
    );
    registryCommand(
      kind === "accounts" ? "remove <name>" : "remove <address>",
      `remove one of the ${kind}`,
    ).action(async (key: string, options: TicketOptions) => {
      const { registryRemove } = await import("./commands/registry.ts");
      exit(await registryRemove(run, kind, key, options));
    });
    registryCommand(
      "import <file>",
      "from a CSV file with the columns address,name,account",
    ).action(async (file: string, options: TicketOptions) => {
      const { registryImport } = await import("./commands/registry.ts");
      exit(await registryImport(run, kind, file, options));
    });
  }
  const blocked = command(
    people,
    "blocked",
    "blocked senders: list, add, remove, import",
    "mcrules blocked add spam@example.com",
  );
  const blockedCommand = (spec: string, description: string, isDefault = false): Command =>
    blocked
      .command(spec, { isDefault })
      .description(description)
      .exitOverride()
      .addOption(project())
      .addOption(store())
      .addOption(format("text", "json"));
  blockedCommand("list", "all blocked senders", true).action(async (options: TicketOptions) => {
    const { blockedList } = await import("./commands/blocked.ts");
    exit(await blockedList(run, options));
  });
  blockedCommand("add <address>", "block a sender").action(
    async (address: string, options: TicketOptions) => {
      const { blockedAdd } = await import("./commands/blocked.ts");
      exit(await blockedAdd(run, address, options));
    },
  );
  blockedCommand("remove <address>", "let a sender in again").action(
    async (address: string, options: TicketOptions) => {
      const { blockedRemove } = await import("./commands/blocked.ts");
      exit(await blockedRemove(run, address, options));
    },
  );
  blockedCommand("import <file>", "from a CSV file with the column address").action(
    async (file: string, options: TicketOptions) => {
      const { blockedImport } = await import("./commands/blocked.ts");
      exit(await blockedImport(run, file, options));
    },
  );
  return program;
}

function wholeNumber(text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) {
    throw new InvalidArgumentError("A whole number from 1 was expected.");
  }
  return Number(text);
}
