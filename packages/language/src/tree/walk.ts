import type { Condition, FieldTest } from "./conditions.ts";
import type { Text } from "./values.ts";

/** Every part of a condition, itself included; named conditions are entered when `through` says so. */
export function* partsOf(
  condition: Condition,
  through: "names" | "text only",
): Generator<Condition> {
  const entered = new Set<Condition>();
  const open = [condition];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (entered.has(next)) continue;
    entered.add(next);
    yield next;
    switch (next.kind) {
      case "all":
      case "any":
        open.push(...next.conditions.toReversed());
        break;
      case "not":
      case "each":
        open.push(next.condition);
        break;
      case "named":
        if (through === "names") open.push(next.declaration.condition);
        break;
      case "always":
      case "test":
      case "flag":
      case "broken":
        break;
      default: {
        const none: never = next;
        return none;
      }
    }
  }
}

/** The tests of fields in a condition. */
export function* testsOf(
  condition: Condition,
  through: "names" | "text only",
): Generator<FieldTest> {
  for (const part of partsOf(condition, through)) if (part.kind === "test") yield part;
}

/** The texts that a condition compares with, as they are written in it. */
export function* textsOf(condition: Condition): Generator<Text> {
  for (const { operand } of testsOf(condition, "text only")) {
    if (operand.kind === "texts") yield* operand.texts;
  }
}
