import type { Run } from "../commandLine.ts";
import { momentText, withDesk, type DeskOptions } from "../desk.ts";
import { count, printable, table } from "../terminal.ts";

interface MailboxStatus {
  readonly name: string;
  readonly enabled: boolean;
  readonly lastScan: number | undefined;
  /** Marks and moves still to be carried out. */
  readonly waiting: number;
}

/** `mcrules status`: how mailboxes, journal and outbox stand. */
export function status(run: Run, options: DeskOptions): Promise<number> {
  const { terminal } = run;
  return withDesk(run, options, "look", async ({ helpdesk, judge }) => {
    const mailboxes: MailboxStatus[] = [];
    for (const { name, settings } of judge.program.mailboxes) {
      mailboxes.push({
        name,
        enabled: settings.enabled,
        lastScan: await helpdesk.lastScan(name),
        waiting: (await helpdesk.pendingMailEffects(name)).length,
      });
    }
    const failed = (await helpdesk.journal({ failed: true })).length;
    const sending = (await helpdesk.outbox({ state: "waiting" })).length;
    const withheld = (await helpdesk.outbox({ state: "withheld" })).length;
    const open = (await helpdesk.tickets({ open: true, spam: false })).length;
    const alarms = await helpdesk.alarms();
    switch (options.format) {
      case "json":
        terminal.out(
          `${JSON.stringify(
            {
              mailboxes: mailboxes.map(({ lastScan, ...mailbox }) => ({
                ...mailbox,
                lastScan: lastScan === undefined ? null : new Date(lastScan).toISOString(),
                lag: lastScan === undefined ? null : secondsSince(lastScan),
              })),
              tickets: { open },
              mails: { failed },
              outbox: { waiting: sending, withheld },
              alarms: alarms.map(({ at, message }) => ({
                at: new Date(at).toISOString(),
                message,
              })),
            },
            null,
            2,
          )}\n`,
        );
        break;
      case "prometheus":
        terminal.out(prometheus(mailboxes, { open, failed, sending, withheld }));
        break;
      default: {
        const { zone } = judge.program.helpdesk;
        terminal.out(
          table([
            ["mailbox", "last scan", "marks and moves waiting"],
            ...mailboxes.map(({ name, enabled, lastScan, waiting }) => [
              enabled ? name : `${name} (disabled)`,
              lastScan === undefined ? "never" : momentText(lastScan, zone),
              String(waiting),
            ]),
          ]),
        );
        terminal.out(
          `\n${count(open, "open ticket")}, ${count(failed, "failed mail")}, ` +
            `${count(sending, "mail or call", "mails and calls")} to be sent, ${withheld} withheld\n`,
        );
        for (const { at, message } of alarms) {
          terminal.out(
            `${terminal.style("yellow", "alarm")}  ${momentText(at, zone)}  ${printable(message)}\n`,
          );
        }
      }
    }
    return 0;
  });
}

function secondsSince(instant: number): number {
  return Math.max(0, Math.round((Date.now() - instant) / 1000));
}

/** The text format of Prometheus, version 0.0.4. */
function prometheus(
  mailboxes: readonly MailboxStatus[],
  numbers: {
    readonly open: number;
    readonly failed: number;
    readonly sending: number;
    readonly withheld: number;
  },
): string {
  const gauge = (name: string, help: string, samples: readonly (readonly [string, number])[]) =>
    `# HELP mcrules_${name} ${help}\n# TYPE mcrules_${name} gauge\n` +
    samples.map(([labels, value]) => `mcrules_${name}${labels} ${value}\n`).join("");
  const label = (name: string) => `{mailbox="${name}"}`;
  return [
    gauge(
      "last_scan_timestamp_seconds",
      "When the mailbox was last scanned to its end.",
      mailboxes.flatMap(({ name, lastScan }): [string, number][] =>
        lastScan === undefined ? [] : [[label(name), lastScan / 1000]],
      ),
    ),
    gauge(
      "mail_effects_waiting",
      "Marks and moves still to be carried out.",
      mailboxes.map(({ name, waiting }): [string, number] => [label(name), waiting]),
    ),
    gauge("open_tickets", "Tickets that are not closed.", [["", numbers.open]]),
    gauge("failed_mails", "Mails whose handling failed.", [["", numbers.failed]]),
    gauge("outbox_waiting", "Mails and calls still to be sent.", [["", numbers.sending]]),
    gauge("outbox_withheld", "Mails that were not sent, and why is told in the outbox.", [
      ["", numbers.withheld],
    ]),
  ].join("");
}
