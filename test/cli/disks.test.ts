import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mail, mcrules, Place } from "./mcrules.ts";

let place: Place;

beforeEach(() => {
  place = new Place();
  place.addProject();
});

afterEach(() => {
  place.remove();
});

describe("a standard output that takes nothing", { timeout: 120_000 }, () => {
  test.each(["check --format json", "test", "explain mail/1.eml", "status", "help", "scan"])(
    "is told by %s",
    async (line) => {
      const ended = await mcrules(line, { in: place.path, outputTo: "/dev/full" });
      expect(ended).toMatchObject({
        code: 2,
        err: expect.stringContaining("no space is left on the disk for standard output"),
      });
    },
  );

  test("loses no mail of a scan", async () => {
    await mcrules("scan", { in: place.path, outputTo: "/dev/full" });
    await mcrules("scan", { in: place.path });
    const { out } = await mcrules("ticket list --format json", { in: place.path });
    expect(JSON.parse(out)).toMatchObject({ tickets: [{ title: "Printer broken", comments: 1 }] });
  });
});

const canMount = isMountable();
if (!canMount) console.log("No tmpfs can be mounted here: full and read-only disks are not tried.");

function isMountable(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "mcrules-mount-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], { stdio: "ignore" });
    execFileSync("umount", [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!canMount)("a disk", { timeout: 120_000 }, () => {
  let disk: string;

  beforeEach(() => {
    disk = join(place.path, "disk");
    mkdirSync(disk);
  });

  afterEach(() => {
    execFileSync("umount", [disk]);
  });

  const mount = (...options: readonly string[]) => {
    execFileSync("mount", ["-t", "tmpfs", "-o", options.join(","), "tmpfs", disk]);
  };

  test("that is too small for a store leaves the mails for the next scan", async () => {
    mount("size=64k");
    const ended = await mcrules("scan --store sqlite:disk/helpdesk.db", { in: place.path });
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining("no room left") });
    execFileSync("mount", ["-o", "remount,size=8m", disk]);
    const again = await mcrules("scan --format json --store sqlite:disk/helpdesk.db", {
      in: place.path,
    });
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ mailboxes: [{ created: 1, updated: 1 }] });
  });

  test("that fills up within a scan loses nothing, and the scan goes on when there is room", async () => {
    for (let number = 3; number <= 30; number++) {
      place.write(`mail/${number}.eml`, mail(number, `Mail ${number}`) + "x".repeat(20_000));
    }
    mount("size=600k");
    const line = "scan --format json --store sqlite:disk/helpdesk.db";
    const full = await mcrules(line, { in: place.path });
    expect(full).toMatchObject({ code: 2, err: expect.stringContaining("no room left") });
    execFileSync("mount", ["-o", "remount,size=16m", disk]);
    expect(await mcrules(line, { in: place.path })).toMatchObject({ code: 0, err: "" });
    const list = await mcrules("ticket list --format json --store sqlite:disk/helpdesk.db", {
      in: place.path,
    });
    const { tickets } = JSON.parse(list.out);
    expect(tickets).toHaveLength(29);
    expect(new Set(tickets.map((ticket: { title: string }) => ticket.title)).size).toBe(29);
  });

  test("that is full leaves a file that is to be formatted as it is", async () => {
    mount("size=32k");
    const crooked = readFileSync(join(place.path, "support.mcrules"), "utf8").replaceAll(
      "  ",
      "      ",
    );
    place.write("disk/support.mcrules", crooked);
    expect(() => place.write("disk/fill", "x".repeat(40_000))).toThrow("ENOSPC");
    const ended = await mcrules("fmt", { in: disk });
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining("no space is left") });
    expect(readFileSync(join(disk, "support.mcrules"), "utf8")).toBe(crooked);
    expect(readdirSync(disk).toSorted()).toEqual(["fill", "support.mcrules"]);
  });

  test("that is full gets no half of a new project", async () => {
    mount("size=8k");
    const ended = await mcrules("init disk/new", { in: place.path });
    expect(ended).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("no space is left"),
    });
    expect(existsSync(join(disk, "new"))).toBe(false);
  });

  test("that can only be read is said to be so, and looked at all the same", async () => {
    mount("size=4m");
    for (const name of ["mail", "support.mcrules", "mcrules.json"]) {
      cpSync(join(place.path, name), join(disk, name), { recursive: true });
    }
    expect((await mcrules("scan", { in: disk })).code).toBe(0);
    execFileSync("mount", ["-o", "remount,ro", disk]);
    for (const line of ["check", "test", "status", "ticket list", "why 1", "explain mail/1.eml"]) {
      expect({ line, ...(await mcrules(line, { in: disk })) }).toMatchObject({ line, code: 0 });
    }
    for (const line of ["scan", "ticket close 1", "contacts add a@b.example"]) {
      const ended = await mcrules(line, { in: disk });
      expect(ended).toMatchObject({ code: 2, err: expect.stringContaining("cannot be written") });
    }
    const made = await mcrules("init new", { in: disk });
    expect(made).toMatchObject({ code: 2, err: expect.stringContaining("can only be read") });
  });
});
