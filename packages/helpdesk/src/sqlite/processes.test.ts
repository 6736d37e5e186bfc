import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqliteHelpdesk } from "../index.ts";
import { newTicket } from "../store/given.suite.ts";

const PROGRAM = fileURLToPath(new URL("./rival.suite.ts", import.meta.url));

interface Rival {
  readonly process: ChildProcessWithoutNullStreams;
  readonly lines: string[];
  readonly ended: Promise<void>;
  readonly complaints: () => string;
  said(line: string): Promise<void>;
}

let folder = "";
let store = "";
const rivals: Rival[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mcrules-rivals-"));
  store = join(folder, "helpdesk.db");
});

afterEach(async () => {
  for (const rival of rivals.splice(0)) {
    rival.process.kill("SIGKILL");
    await rival.ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

function rival(...given: readonly string[]): Rival {
  const child = spawn(process.execPath, [PROGRAM, store, ...given]);
  const lines: string[] = [];
  let complaints = "";
  const waiting = new Map<string, () => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    waiting.get(line)?.();
  });
  child.stderr.on("data", (data) => {
    complaints += String(data);
  });
  const ended = once(child, "close").then(() => undefined);
  const made: Rival = {
    process: child,
    lines,
    ended,
    complaints: () => complaints,
    said: (line) =>
      Promise.race([
        new Promise<void>((resolve) => {
          waiting.set(line, resolve);
          if (lines.includes(line)) {
            resolve();
          }
        }),
        ended.then(() => {
          if (!lines.includes(line)) {
            throw new Error(`The other process ended without "${line}": ${complaints}`);
          }
        }),
      ]),
  };
  rivals.push(made);
  return made;
}

test("of processes that handle the same mails at once, one does each mail, and each mail is done", async () => {
  const mails = 200;
  const all = [rival("handle", String(mails)), rival("handle", String(mails))];
  await Promise.all(all.map((one) => one.said("ready")));
  for (const one of all) {
    one.process.stdin.write("go\n");
  }
  await Promise.all(all.map((one) => one.ended));
  expect(all.map((one) => one.complaints())).toEqual(["", ""]);
  for (let mail = 0; mail < mails; mail += 1) {
    const outcomes = all.map((one) => (one.lines.includes(`won ${mail}`) ? "won" : "lost")).sort();
    expect(outcomes).toEqual(["lost", "won"]);
  }
  const desk = await openSqliteHelpdesk(store);
  expect(await desk.tickets({})).toHaveLength(mails);
  expect(await desk.journal({})).toHaveLength(mails);
  await desk.close();
});

test("a process that is killed in the middle of a transaction leaves nothing of it, and no lock", async () => {
  const before = await openSqliteHelpdesk(store);
  const hanging = rival("hang");
  await hanging.said("ready");
  hanging.process.kill("SIGKILL");
  await hanging.ended;
  const desk = await openSqliteHelpdesk(store);
  for (const each of [before, desk]) {
    expect(await each.tickets({})).toEqual([]);
    expect(await each.journal({})).toEqual([]);
    expect(await each.documents(1)).toEqual([]);
  }
  expect((await desk.transaction((t) => t.createTicket(newTicket()))).id).toBe(1);
  await before.close();
  await desk.close();
});

test("what was committed outlives a kill, whole and with nothing half written beside it", async () => {
  const writing = rival("write");
  await writing.said("ready");
  writing.process.stdin.write("go\n");
  await writing.said("done 40");
  writing.process.kill("SIGKILL");
  await writing.ended;
  const said = writing.lines.filter((line) => line.startsWith("done ")).length;
  const desk = await openSqliteHelpdesk(store);
  const tickets = await desk.tickets({});
  expect(tickets.length).toBeGreaterThanOrEqual(said);
  expect(tickets.length).toBeLessThanOrEqual(said + 1);
  expect(tickets.filter(({ comments }) => comments !== 1)).toEqual([]);
  expect((await desk.journal({})).map(({ ticket }) => ticket)).toEqual(tickets.map(({ id }) => id));
  await desk.close();
});

test("processes that open a fresh store at the same moment all get it", async () => {
  const all = Array.from({ length: 4 }, () => rival("open"));
  await Promise.all(all.map((one) => one.ended));
  expect(all.map((one) => [...one.lines, one.complaints()])).toEqual(
    all.map(() => ["opened 0", ""]),
  );
});
