import { composed, folded } from "../text/folding.ts";

/** Literals of which each match holds at least one; undefined where none can be told. */
type AnyOf = readonly string[] | undefined;

/** Shorter ones are in nearly every text. */
const shortest = 2;

/**
 * Canonical literals of which a text holds at least one wherever the pattern (RE2 syntax) matches in it.
 * Undefined where none can be told: what is not understood here costs speed, never a match.
 */
export function requiredLiterals(source: string): AnyOf {
  const reader = new PatternReader(composed(source));
  const required = reader.choice();
  return reader.understood && reader.atEnd ? required : undefined;
}

/** What stands at one place of a sequence. */
type Piece =
  /** Exactly this character. */
  | { readonly kind: "character"; readonly text: string }
  /** A place between characters: what stands before and behind it is adjacent. */
  | { readonly kind: "place" }
  | { readonly kind: "other"; readonly required: AnyOf };

const controls: Readonly<Record<string, string>> = {
  a: "\u0007",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

class PatternReader {
  readonly #characters: readonly string[];
  #at = 0;
  understood = true;

  constructor(source: string) {
    this.#characters = Array.from(source);
  }

  get atEnd(): boolean {
    return this.#at >= this.#characters.length;
  }

  get #next(): string | undefined {
    return this.#characters[this.#at];
  }

  #sees(text: string): boolean {
    return this.#characters.slice(this.#at, this.#at + text.length).join("") === text;
  }

  #eat(text: string): boolean {
    if (!this.#sees(text)) return false;
    this.#at += text.length;
    return true;
  }

  choice(): AnyOf {
    const branches = [this.#sequence()];
    while (this.understood && this.#eat("|")) branches.push(this.#sequence());
    const all: string[] = [];
    for (const branch of branches) {
      if (branch === undefined) return undefined;
      all.push(...branch);
    }
    return [...new Set(all)];
  }

  #sequence(): AnyOf {
    let best: AnyOf;
    let run = "";
    const offer = (required: AnyOf): void => {
      if (required !== undefined && worth(required) > worth(best)) best = required;
    };
    const endRun = (): void => {
      const literal = folded(run);
      if (literal.length >= shortest) offer([literal]);
      run = "";
    };
    while (this.understood && !this.atEnd && this.#next !== "|" && this.#next !== ")") {
      const piece = this.#piece();
      const times = this.#repetition();
      if (piece.kind === "place") continue;
      if (piece.kind === "character" && times === "once") {
        run += piece.text;
        continue;
      }
      if (piece.kind === "character" && times === "at least once") run += piece.text;
      endRun();
      if (piece.kind === "other" && times !== "perhaps") offer(piece.required);
    }
    endRun();
    return best;
  }

  #repetition(): "once" | "at least once" | "perhaps" {
    let times: "once" | "at least once" | "perhaps" = "once";
    const next = this.#next;
    if (next === "*" || next === "?") {
      times = "perhaps";
      this.#at += 1;
    } else if (next === "+") {
      times = "at least once";
      this.#at += 1;
    } else if (next === "{") {
      const close = this.#characters.indexOf("}", this.#at);
      const bounds = /^\{(\d+)(?:,\d*)?\}$/.exec(
        this.#characters.slice(this.#at, close + 1).join(""),
      );
      // Without bounds the brace is a character: it is read as such next.
      if (close === -1 || bounds === null) return "once";
      times = Number(bounds[1]) === 0 ? "perhaps" : "at least once";
      this.#at = close + 1;
    } else return "once";
    this.#eat("?");
    return times;
  }

  #piece(): Piece {
    const character = this.#next ?? "";
    this.#at += 1;
    switch (character) {
      case "^":
      case "$":
        return { kind: "place" };
      case ".":
        return { kind: "other", required: undefined };
      case "[":
        this.#skipClass();
        return { kind: "other", required: undefined };
      case "(":
        return this.#group();
      case "\\":
        return this.#escape();
      default:
        return { kind: "character", text: character };
    }
  }

  #group(): Piece {
    if (this.#eat("?")) {
      const named = this.#eat("P<") || this.#eat("<");
      if (named) {
        while (!this.atEnd && this.#next !== ">") this.#at += 1;
        this.#at += 1;
      } else if (!this.#eat(":")) {
        // Flags that change in the middle are left to the engine.
        this.understood = false;
        return { kind: "place" };
      }
    }
    const required = this.choice();
    if (!this.#eat(")")) this.understood = false;
    return { kind: "other", required };
  }

  #skipClass(): void {
    this.#eat("^");
    // A bracket that stands first is one of the class.
    this.#eat("]");
    while (!this.atEnd && this.#next !== "]") {
      if (this.#eat("[:")) {
        while (!this.atEnd && !this.#eat(":]")) this.#at += 1;
      } else this.#at += this.#next === "\\" ? 2 : 1;
    }
    if (!this.#eat("]")) this.understood = false;
  }

  #escape(): Piece {
    const character = this.#next ?? "";
    this.#at += 1;
    const control = controls[character];
    if (control !== undefined) return { kind: "character", text: control };
    if (/^[bBAz]$/.test(character)) return { kind: "place" };
    if (/^[dDsSwW]$/.test(character)) return { kind: "other", required: undefined };
    if (/^[pP]$/.test(character)) {
      if (this.#eat("{")) while (!this.atEnd && !this.#eat("}")) this.#at += 1;
      else this.#at += 1;
      return { kind: "other", required: undefined };
    }
    if (!/^[\p{P}\p{S}]$/u.test(character)) this.understood = false;
    return { kind: "character", text: character };
  }
}

/** How much is gained by looking for these first: the shortest of them tells, then how few they are. */
function worth(required: AnyOf): number {
  if (required === undefined || required.length === 0) return 0;
  return Math.min(...required.map((literal) => literal.length)) + 1 / (required.length + 1);
}
