import type { Run } from "../commandLine.ts";
import { readCsv } from "../csv.ts";
import { momentText, withDesk, type DeskOptions } from "../desk.ts";
import { CannotRun } from "../failure.ts";
import { count, printable, table } from "../terminal.ts";
import { bareAddress } from "./registry.ts";

const byHand = "by hand";

/** `mcrules blocked list`. */
export function blockedList(run: Run, options: DeskOptions): Promise<number> {
  const { terminal } = run;
  return withDesk(run, options, "list", async ({ helpdesk, judge }) => {
    const blocked = await helpdesk.blockedAddresses();
    if (options.format === "json") {
      terminal.out(
        `${JSON.stringify(
          {
            blocked: blocked.map(({ address, at, reason }) => ({
              address,
              since: new Date(at).toISOString(),
              reason,
            })),
          },
          null,
          2,
        )}\n`,
      );
      return 0;
    }
    if (blocked.length === 0) {
      terminal.note("Nobody is blocked.\n");
      return 0;
    }
    terminal.out(
      table([
        ["address", "since", "why"],
        ...blocked.map(({ address, at, reason }) => [
          printable(address),
          momentText(at, judge.program.helpdesk.zone),
          printable(reason),
        ]),
      ]),
    );
    return 0;
  });
}

/** `mcrules blocked add`. */
export function blockedAdd(run: Run, text: string, options: DeskOptions): Promise<number> {
  const address = bareAddress(text);
  return withDesk(run, options, "write", async ({ helpdesk }) => {
    await helpdesk.transaction((desk) => desk.block(address, byHand, Date.now()));
    told(run, options.format, "blocked", [address], `${address} is blocked.`);
    return 0;
  });
}

/** `mcrules blocked remove`. */
export function blockedRemove(run: Run, text: string, options: DeskOptions): Promise<number> {
  const address = bareAddress(text);
  return withDesk(run, options, "change", async ({ helpdesk }) => {
    const removed = await helpdesk.transaction((desk) => desk.unblock(address));
    if (!removed) throw new CannotRun(`${address} is not blocked`);
    told(run, options.format, "removed", [address], `${address} is no longer blocked.`);
    return 0;
  });
}

/** `mcrules blocked import FILE.csv`: all rows or none. */
export function blockedImport(run: Run, path: string, options: DeskOptions): Promise<number> {
  const addresses = readCsv(path, ["address"]).map((row) => bareAddress(row.get("address") ?? ""));
  return withDesk(run, options, "write", async ({ helpdesk }) => {
    await helpdesk.transaction(async (desk) => {
      for (const address of addresses) await desk.block(address, byHand, Date.now());
    });
    told(
      run,
      options.format,
      "blocked",
      addresses,
      `${count(addresses.length, "address", "addresses")} blocked.`,
    );
    return 0;
  });
}

function told(
  { terminal }: Run,
  format: string,
  key: string,
  addresses: readonly string[],
  text: string,
): void {
  terminal.out(format === "json" ? `${JSON.stringify({ [key]: addresses })}\n` : `${text}\n`);
}
