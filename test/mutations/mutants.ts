import { tokensOf } from "../../packages/language/src/shape/grammar.ts";

/** A text with one mistake in its tokens. */
export interface Mutant {
  readonly kind: "deleted" | "doubled" | "swapped";
  /** The token or the tokens that the mistake is about. */
  readonly image: string;
  readonly text: string;
  /** The lines that the mistake touches, from 1. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Every text that is one token away: each token deleted, doubled, and swapped with the next one. */
export function mutantsOf(text: string): readonly Mutant[] {
  const tokens = tokensOf(text);
  const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
  return tokens.flatMap(({ image, start }, index): readonly Mutant[] => {
    const end = start + image.length;
    const before = text.slice(0, start);
    const behind = text.slice(end);
    const place = { firstLine: lineAt(start), lastLine: lineAt(end) };
    const deleted = { kind: "deleted", image, text: before + behind, ...place } as const;
    const doubled = {
      kind: "doubled",
      image,
      text: `${before}${image} ${image}${behind}`,
      ...place,
    } as const;
    const next = tokens[index + 1];
    if (next === undefined || next.image === image) return [deleted, doubled];
    const between = text.slice(end, next.start);
    const swapped = {
      kind: "swapped",
      image: `${image} ${next.image}`,
      text: before + next.image + between + image + text.slice(next.start + next.image.length),
      firstLine: place.firstLine,
      lastLine: lineAt(next.start + next.image.length),
    } as const;
    return [deleted, doubled, swapped];
  });
}
