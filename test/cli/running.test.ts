import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mail, mcrules, Place, start } from "./mcrules.ts";

let place: Place;

beforeEach(() => {
  place = new Place();
  place.addProject();
});

afterEach(() => {
  place.remove();
});

async function titles(): Promise<readonly string[]> {
  const { out } = await mcrules("ticket list --format json", { in: place.path });
  return JSON.parse(out).tickets.map((ticket: { title: string }) => ticket.title);
}

describe("a scan that is told to stop", { timeout: 120_000 }, () => {
  const mails = 400;

  beforeEach(() => {
    for (let number = 3; number <= mails; number++) {
      place.write(`mail/${number}.eml`, mail(number, `Mail ${number}`));
    }
  });

  /** Starts a scan, and does something once it has told of a mail. */
  async function scanAnd(act: (kill: (signal: NodeJS.Signals) => void) => void) {
    const { child, ended } = start(["scan"], { in: place.path });
    child.stdout.once("data", () => {
      act((signal) => child.kill(signal));
    });
    return ended;
  }

  async function expectTheRestIsDone(): Promise<void> {
    expect(await mcrules("scan", { in: place.path })).toMatchObject({ code: 0, err: "" });
    const all = await titles();
    expect(all).toHaveLength(mails - 1);
    expect(new Set(all).size).toBe(mails - 1);
  }

  test.each(["SIGINT", "SIGTERM"] as const)(
    "by one %s ends after the mail in hand",
    async (signal) => {
      const { code, out, err } = await scanAnd((kill) => {
        kill(signal);
      });
      expect(code).toBe(130);
      expect(err).toContain("Stopping after the mail in hand");
      expect(out).toMatch(/\nmailbox +new +created/);
      expect((await titles()).length).toBeLessThan(mails - 1);
      await expectTheRestIsDone();
    },
  );

  test("by two ends at once, and loses nothing", async () => {
    const { code } = await scanAnd((kill) => {
      kill("SIGINT");
      setTimeout(() => {
        kill("SIGINT");
      }, 20);
    });
    // Where it is at its end already, the second one ends it by itself, which shells show as 130 too.
    expect([130, null]).toContain(code);
    await expectTheRestIsDone();
  });

  test("by a reader that goes away loses nothing", async () => {
    const { child, ended } = start(["scan"], { in: place.path });
    child.stdout.once("data", () => {
      child.stdout.destroy();
    });
    expect(await ended).toMatchObject({ code: 0, err: "" });
    await expectTheRestIsDone();
  });
});

describe("two at once:", { timeout: 120_000 }, () => {
  const both = async (line: string) =>
    Promise.all([mcrules(line, { in: place.path }), mcrules(line, { in: place.path })]);

  test("scans of one project do each mail once", async () => {
    for (let number = 3; number <= 60; number++) {
      place.write(`mail/${number}.eml`, mail(number, `Mail ${number}`));
    }
    const ended = await both("scan --format json");
    expect(ended.map(({ code, err }) => [code, err])).toEqual([
      [0, ""],
      [0, ""],
    ]);
    const counted = ended.map(({ out }) => JSON.parse(out).mailboxes[0]);
    expect(counted.reduce((sum, { created, updated }) => sum + created + updated, 0)).toBe(60);
    expect(await titles()).toHaveLength(59);
  });

  test("imports of one list enter everybody once", async () => {
    const people = Array.from(
      { length: 500 },
      (_, index) => `p${index}@firm.example,Name ${index}`,
    );
    place.write("people.csv", `address,name\n${people.join("\n")}\n`);
    const ended = await both("contacts import people.csv");
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    const { out } = await mcrules("contacts --format json", { in: place.path });
    expect(JSON.parse(out).contacts).toHaveLength(500);
  });

  test("formatters leave one whole file and nothing beside it", async () => {
    const path = join(place.path, "support.mcrules");
    const right = readFileSync(path, "utf8");
    writeFileSync(path, right.replaceAll("  ", "       "));
    const ended = await both("fmt");
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect(readFileSync(path, "utf8")).toBe(right);
    expect(readdirSync(place.path).toSorted()).toEqual(["mail", "mcrules.json", "support.mcrules"]);
  });

  test("of two new projects in one folder one is made whole", async () => {
    const ended = await both("init new");
    expect(new Set(ended.map(({ code }) => code))).toEqual(new Set([0, 2]));
    expect(await mcrules("test", { in: join(place.path, "new") })).toMatchObject({ code: 0 });
  });
});

describe("a huge file", { timeout: 240_000 }, () => {
  test("that is a mail becomes a ticket whose mail is cut and told so", async () => {
    const line = `${"x".repeat(99)}\n`;
    place.write("mail/huge.eml", mail(50, "Huge") + line.repeat(600_000));
    expect(await mcrules("scan", { in: place.path })).toMatchObject({ code: 0, err: "" });
    expect(await titles()).toContain("Huge");
    expect(await mcrules("explain mail/huge.eml", { in: place.path })).toMatchObject({ code: 0 });
  });

  test("that is a list of rules is read", async () => {
    const comment = "# A comment that says nothing, to make the file long.\n";
    place.write("long.mcrules", comment.repeat(40_000));
    expect(await mcrules("check", { in: place.path })).toMatchObject({ code: 0, out: "" });
  });
});
