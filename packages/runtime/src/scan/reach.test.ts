import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { ListedMail } from "../source.ts";
import { isDead, thisProcess } from "./holder.ts";
import { Reach } from "./reach.ts";

function mail(uid: number): ListedMail {
  const nothing = () => Promise.resolve(new Uint8Array());
  return {
    path: "",
    place: `7:${uid}`,
    uid,
    arrival: { mailbox: "support", folder: "INBOX", received: 0, size: undefined },
    header: nothing,
    whole: nothing,
  };
}

const end = { folder: "INBOX", uidValidity: "7", lastUid: 100, highestModseq: "9" };

it("a folder is done as far as every listed mail up to there is done, in whatever order", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 11, max: 100 }), { maxLength: 30 }),
      fc.integer({ min: 0, max: 30 }),
      (pending, done) => {
        const reach = new Reach([{ before: 10, end, pending }]);
        for (const uid of pending.slice(0, done)) reach.isDone(mail(uid));
        // Of an older failure that is tried again nothing depends.
        reach.isDone(mail(3));
        const left = pending.slice(done);
        const [position] = reach.positions();
        expect(position).toEqual(
          left.length === 0
            ? end
            : { ...end, lastUid: Math.min(...left) - 1, highestModseq: undefined },
        );
      },
    ),
  );
});

it("a holder of a claim is dead where its process is, and of other machines nothing is known", () => {
  expect(isDead(thisProcess())).toBe(false);
  const [, host = ""] = thisProcess().split("@");
  expect(isDead(`${spawnSync("true").pid}@${host}`)).toBe(true);
  expect(isDead("1@another-machine")).toBe(false);
  expect(isDead("nonsense")).toBe(false);
});
