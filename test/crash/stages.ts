import { difference } from "./difference.ts";
import { scanToTheEnd, World, type Machine, type Outcome } from "./scanning.ts";

/** A world before a scan, and all that is there when its mails are done. */
export interface Stage {
  readonly before: World;
  readonly undisturbed: Outcome;
}

/** The first mails; the answers that come when those are done; then a conversation that comes at once. */
export interface Stages {
  readonly first: Stage;
  readonly later: Stage;
  readonly conversation: Stage;
}

export async function makeStages(machine: Machine): Promise<Stages> {
  const first = await World.make();
  const later = first.copy();
  await scanToTheEnd(machine, later);
  const afterFirst = later.outcome();
  await later.addLaterMails();
  const conversation = later.copy();
  await scanToTheEnd(machine, conversation);
  const afterLater = conversation.outcome();
  conversation.addConversation();
  const end = conversation.copy();
  await scanToTheEnd(machine, end);
  const afterConversation = end.outcome();
  end.remove();
  return {
    first: { before: first, undisturbed: afterFirst },
    later: { before: later, undisturbed: afterLater },
    conversation: { before: conversation, undisturbed: afterConversation },
  };
}

/** What went wrong is told of so many runs at most. */
const mostTold = 3;

/**
 * Disturbs a scan of the stage's mails, once for each place, has clean scans follow each time, and tells what
 * is otherwise than in an undisturbed run. `disturb` gives in words what it did; undefined where the run came
 * to its end before that place.
 */
export async function disturbed(
  machine: Machine,
  stage: Stage,
  places: readonly number[],
  disturb: (world: World, place: number) => Promise<string | undefined>,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const place of places) {
    const world = stage.before.copy();
    try {
      const what = await disturb(world, place);
      if (what === undefined) {
        wrong.push(`${place}: nothing was disturbed`);
        continue;
      }
      await scanToTheEnd(machine, world);
      const differences = difference(stage.undisturbed, world.outcome());
      if (differences.length > 0) {
        wrong.push(`${place}, ${what.replaceAll(world.root, "")}:\n${differences.join("\n")}`);
      }
    } finally {
      world.remove();
    }
  }
  return wrong.length <= mostTold
    ? wrong
    : [...wrong.slice(0, mostTold), `and ${wrong.length - mostTold} more`];
}
