import { tokensOf, type WrittenToken } from "../../../packages/language/src/shape/grammar.ts";
import type { Rule, TokenKind } from "./rule.ts";

/**
 * Whether a text is a sentence of the grammar, and if not, the place up to which it could be read.
 * Line ends mean nothing here: the grammar of entries does not speak of them.
 */
export function accepts(
  parts: ReadonlyMap<string, Rule>,
  start: string,
  text: string,
): { readonly accepted: boolean; readonly readUpTo: number } {
  const tokens = tokensOf(text);
  const reader = new Reader(parts, tokens);
  const ends = reader.ends({ kind: "part", name: start }, 0);
  const furthest = tokens[reader.furthest];
  return {
    accepted: ends.has(tokens.length),
    readUpTo: furthest?.start ?? text.length,
  };
}

class Reader {
  readonly #parts: ReadonlyMap<string, Rule>;
  readonly #tokens: readonly WrittenToken[];
  /** What a part reads from a place is asked often, and is always the same. */
  readonly #known = new Map<string, ReadonlySet<number>>();
  furthest = 0;

  constructor(parts: ReadonlyMap<string, Rule>, tokens: readonly WrittenToken[]) {
    this.#parts = parts;
    this.#tokens = tokens;
  }

  /** Every place at which a rule can end that begins at `at`. */
  ends(rule: Rule, at: number): ReadonlySet<number> {
    switch (rule.kind) {
      case "words":
        return this.#take(rule.text.split(" "), at);
      case "sign":
        return this.#take([rule.text], at);
      case "token": {
        const token = this.#tokens[at];
        const fits = token !== undefined && kindsOf(token).includes(rule.token);
        return this.#reached(fits ? [at + 1] : []);
      }
      case "part":
        return this.#part(rule.name, at);
      case "sequence":
        return rule.rules.reduce<ReadonlySet<number>>(
          (places, one) => union([...places].map((place) => this.ends(one, place))),
          new Set([at]),
        );
      case "choice":
        return union(rule.rules.map((one) => this.ends(one, at)));
      case "optional":
        return union([new Set([at]), this.ends(rule.rule, at)]);
      case "repeat": {
        const places = new Set([at]);
        for (const place of places) {
          for (const end of this.ends(rule.rule, place)) places.add(end);
        }
        return places;
      }
    }
  }

  #part(name: string, at: number): ReadonlySet<number> {
    const key = `${at} ${name}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const rule = this.#parts.get(name);
    if (rule === undefined) throw new Error(`the grammar has no part "${name}"`);
    const ends = this.ends(rule, at);
    this.#known.set(key, ends);
    return ends;
  }

  #take(images: readonly string[], at: number): ReadonlySet<number> {
    const fits = images.every((image, offset) => this.#tokens[at + offset]?.image === image);
    return this.#reached(fits ? [at + images.length] : []);
  }

  #reached(places: readonly number[]): ReadonlySet<number> {
    this.furthest = Math.max(this.furthest, ...places);
    return new Set(places);
  }
}

function union(sets: readonly ReadonlySet<number>[]): ReadonlySet<number> {
  return new Set(sets.flatMap((set) => [...set]));
}

function kindsOf({ name, image }: WrittenToken): readonly TokenKind[] {
  switch (name) {
    case "Text":
    case "TextBlock":
      return ["TEXT"];
    case "Pattern":
      return ["PATTERN"];
    case "Number":
      return ["NUMBER"];
    case "Date":
      return [image.includes("T") ? "MOMENT" : "DATE"];
    case "Time":
      return ["TIME"];
    case "Word":
      return image.includes(".") ? [] : ["NAME"];
    case "Capture":
      return ["CAPTURE"];
    default:
      return [];
  }
}
