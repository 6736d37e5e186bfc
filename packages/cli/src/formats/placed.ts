import type { Position } from "@mcrules/language";

/** Something at a place, as programs read it: the place by itself, and its parts beside the rest. */
export function placed<T extends object>(
  position: Position,
  rest: T,
): T & Position & { readonly position: Position } {
  return { ...rest, ...position, position };
}
