import type { NewRegistryEntry, RegistryEntry, RegistryKind } from "@mcrules/helpdesk";
import { parseAddress } from "@mcrules/mail";
import type { Run } from "../commandLine.ts";
import { readCsv } from "../csv.ts";
import { withDesk, type DeskOptions } from "../desk.ts";
import { CannotRun } from "../failure.ts";
import { count, printable, table } from "../terminal.ts";

/** The registries by the names of their commands. */
export type RegistryCommand = "contacts" | "accounts" | "leads" | "vendors";

const kinds: Readonly<Record<RegistryCommand, RegistryKind>> = {
  contacts: "contact",
  accounts: "account",
  leads: "lead",
  vendors: "vendor",
};

/** `mcrules contacts list` and its like. */
export function registryList(
  run: Run,
  command: RegistryCommand,
  options: DeskOptions,
): Promise<number> {
  const { terminal } = run;
  return withDesk(run, options, "list", async ({ helpdesk }) => {
    const entries = await helpdesk.registryEntries(kinds[command]);
    if (options.format === "json") {
      terminal.out(`${JSON.stringify({ [command]: entries.map(entryJson) }, null, 2)}\n`);
      return 0;
    }
    if (entries.length === 0) {
      terminal.note(`No ${command}.\n`);
      return 0;
    }
    terminal.out(
      table([
        ["name", "address", ...(command === "contacts" ? ["account"] : [])],
        ...entries.map((entry) =>
          [
            entry.name,
            entry.addresses.join(", "),
            ...(command === "contacts" ? [entry.account ?? ""] : []),
          ].map(printable),
        ),
      ]),
    );
    return 0;
  });
}

/** `mcrules contacts add ADDRESS` and its like; `accounts add NAME`. One that is there is changed. */
export function registryAdd(
  run: Run,
  command: RegistryCommand,
  key: string,
  options: DeskOptions & {
    readonly name?: string;
    readonly account?: string;
    readonly address?: readonly string[];
  },
): Promise<number> {
  const { terminal } = run;
  const entry: NewRegistryEntry =
    command === "accounts"
      ? {
          kind: "account",
          name: someName(key),
          addresses: (options.address ?? []).map(bareAddress),
        }
      : {
          kind: kinds[command],
          name: options.name ?? "",
          addresses: [bareAddress(key)],
          ...(options.account === undefined ? {} : { account: someName(options.account) }),
        };
  return withDesk(run, options, "write", async ({ helpdesk }) => {
    const added = await helpdesk.transaction((desk) => desk.addRegistryEntry(entry));
    if (options.format === "json") {
      terminal.out(`${JSON.stringify({ [command]: [entryJson(added)] }, null, 2)}\n`);
    } else {
      terminal.out(`${printable(added.addresses[0] ?? added.name)} is in ${command}.\n`);
    }
    return 0;
  });
}

/** `mcrules contacts remove ADDRESS` and its like. */
export function registryRemove(
  run: Run,
  command: RegistryCommand,
  key: string,
  options: DeskOptions,
): Promise<number> {
  return withDesk(run, options, "change", async ({ helpdesk }) => {
    const removed = await helpdesk.transaction((desk) =>
      desk.removeRegistryEntry(kinds[command], key),
    );
    if (!removed) throw new CannotRun(`${key} is not in ${command}`);
    if (options.format === "json") run.terminal.out(`${JSON.stringify({ removed: [key] })}\n`);
    else run.terminal.out(`${key} is no longer in ${command}.\n`);
    return 0;
  });
}

/** `mcrules contacts import FILE.csv` and its like: all rows or none. */
export function registryImport(
  run: Run,
  command: RegistryCommand,
  path: string,
  options: DeskOptions,
): Promise<number> {
  const kind = kinds[command];
  const rows = readCsv(path, command === "accounts" ? ["name"] : ["address"]);
  const entries = rows.map((row, index): NewRegistryEntry => {
    const line = index + 2;
    const address = row.get("address") ?? "";
    const name = row.get("name") ?? "";
    const account = row.get("account") ?? "";
    try {
      return {
        kind,
        name: kind === "account" ? someName(name) : name,
        addresses: kind === "account" && address === "" ? [] : [bareAddress(address)],
        ...(account === "" || kind === "account" ? {} : { account }),
      };
    } catch (error) {
      if (!(error instanceof CannotRun)) throw error;
      throw new CannotRun(`${path}, row ${line}: ${error.message}`, "Nothing was imported.");
    }
  });
  return withDesk(run, options, "write", async ({ helpdesk }) => {
    await helpdesk.transaction(async (desk) => {
      for (const entry of entries) await desk.addRegistryEntry(entry);
    });
    if (options.format === "json")
      run.terminal.out(`${JSON.stringify({ imported: entries.length })}\n`);
    else run.terminal.out(`${count(entries.length, "row")} imported into ${command}.\n`);
    return 0;
  });
}

function entryJson(entry: RegistryEntry): object {
  return {
    id: entry.id,
    name: entry.name,
    addresses: entry.addresses,
    ...(entry.kind === "account" ? {} : { address: entry.addresses[0] ?? null }),
    ...(entry.kind === "contact" ? { account: entry.account ?? null } : {}),
  };
}

/** @throws CannotRun where the text is no address. */
export function bareAddress(text: string): string {
  const address = parseAddress(text);
  if (address === undefined) {
    throw new CannotRun(`"${text}" is no address`, "An address looks like anna@example.it.");
  }
  return address.address;
}

function someName(text: string): string {
  if (text.trim() === "") throw new CannotRun("the name is empty");
  return text.trim();
}
