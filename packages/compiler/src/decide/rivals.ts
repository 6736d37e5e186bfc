import type { PreparedCondition } from "../evaluate/prepared.ts";
import type { MailCase } from "./mailCase.ts";

/**
 * What the pattern that set a capture finds further on in the same value, each once: the leftmost match
 * counts, and a trace tells that there are others.
 */
export function rivalsOf(
  condition: PreparedCondition,
  mail: MailCase,
  capture: string,
): readonly string[] {
  const further = new Map<string, readonly string[]>();
  const chosen = condition.captures(mail, undefined, further).get(capture);
  return [...new Set(further.get(capture) ?? [])].filter((value) => value !== chosen);
}
