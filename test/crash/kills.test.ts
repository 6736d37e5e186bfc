import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openMailReader } from "@mcrules/mail";
import { breakFiles, type Breaking } from "./breakingFiles.ts";
import { breakingDatabase } from "./breakingDatabase.ts";
import { startProcess } from "./processes.ts";
import { sample } from "./sampling.ts";
import { machine, scan, scanToTheEnd, type World } from "./scanning.ts";
import { difference } from "./difference.ts";
import { disturbed, makeStages, type Stages } from "./stages.ts";
import { noStrike } from "./strike.ts";

const reader = openMailReader();
const scanning = machine(reader);
let stages: Stages;

beforeAll(async () => {
  stages = await makeStages(scanning);
});

afterAll(async () => {
  for (const { before } of Object.values(stages)) before.remove();
  await reader.close();
});

const names = ["first", "later", "conversation"] as const;

/** At how many places of a layer the scan of that world can be killed. */
async function placesOf(before: World, layer: "store" | "files"): Promise<number> {
  const counting = noStrike();
  const world = before.copy();
  const breaking: Breaking | undefined =
    layer === "files" ? { folder: world.root, strike: counting } : undefined;
  const undo = breakFiles(() => breaking);
  await scan(scanning, world, (database) =>
    layer === "store" ? breakingDatabase(database, counting) : database,
  );
  undo();
  world.remove();
  return counting.places;
}

describe("each mail is handled once where the process is killed", { timeout: 3_600_000 }, () => {
  test.each(
    names.flatMap((name) => (["store", "files"] as const).map((layer) => [layer, name] as const)),
  )("at any call of the %s, %s", async (layer, name) => {
    const stage = stages[name];
    const places = sample(`killed, ${layer}, ${name}`, await placesOf(stage.before, layer), 4);
    expect(
      await disturbed(scanning, stage, places, async (world, place) => {
        const child = await startProcess(world, { layer, place });
        const { signal, errors } = await child.scan();
        expect(errors).toBe("");
        return signal === "SIGKILL" ? `killed at ${place} of the ${layer}` : undefined;
      }),
    ).toEqual([]);
  });
});

describe(
  "each mail is handled once where several processes scan at once:",
  { timeout: 3_600_000 },
  () => {
    test.each(names.flatMap((name) => [2, 4].map((processes) => [processes, name] as const)))(
      "%d, %s",
      async (processes, name) => {
        const { before, undisturbed } = stages[name];
        const world = before.copy();
        const children = await Promise.all(
          Array.from({ length: processes }, () => startProcess(world)),
        );
        const ended = await Promise.all(children.map((child) => child.scan()));
        expect(ended.map(({ code, errors }) => [code, errors])).toEqual(
          children.map(() => [0, ""]),
        );
        await scanToTheEnd(scanning, world);
        expect(difference(undisturbed, world.outcome())).toEqual([]);
        world.remove();
      },
    );
  },
);
