import { ClassReader } from "./classes.ts";
import type { PatternProblem } from "./problem.ts";
import { Reader } from "./reader.ts";
import type { AssertionPlace, PatternNode, PatternSpan } from "./tree.ts";

export interface PatternFlags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

export type ParsedPattern =
  | { readonly tree: PatternNode; readonly problem?: undefined }
  | { readonly problem: PatternProblem; readonly tree?: undefined };

/** RE2's own bounds. */
const mostRepeats = 1000;
const deepestNesting = 200;

/**
 * Reads a regular expression in RE2 syntax. Gives its tree, or the first thing that is wrong with
 * it. What RE2 bounds by the size of the compiled program is not looked at here.
 */
export function parsePattern(source: string, flags: PatternFlags): ParsedPattern {
  const parser = new PatternParser(source);
  const tree = parser.parse({ ...flags, ungreedy: false });
  if (parser.reader.problem !== undefined) return { problem: parser.reader.problem };
  return { tree };
}

interface Flags extends PatternFlags {
  readonly ungreedy: boolean;
}

/** One group that is being read: its finished branches and the nodes of the open one. */
class PatternParser {
  readonly reader: Reader;
  readonly #classes: ClassReader;
  readonly #names = new Set<string>();
  #flags: Flags = { i: false, m: false, s: false, ungreedy: false };
  #depth = 0;

  constructor(source: string) {
    this.reader = new Reader(source);
    this.#classes = new ClassReader(this.reader);
  }

  parse(flags: Flags): PatternNode {
    this.#flags = flags;
    const node = this.#choice();
    if (!this.reader.failed && !this.reader.atEnd) {
      this.reader.fail("syntax", this.reader.spanOfNext(), 'this ")" closes no group', {
        help: 'Take it away, or write "\\)" for the character.',
        instead: "\\)",
      });
    }
    return node;
  }

  #choice(): PatternNode {
    const start = this.reader.at;
    const branches = [this.#sequence()];
    while (!this.reader.failed && this.reader.eat("|")) branches.push(this.#sequence());
    const [only] = branches;
    if (branches.length === 1 && only !== undefined) return only;
    return { kind: "choice", span: this.reader.spanFrom(start), branches };
  }

  #sequence(): PatternNode {
    const { reader } = this;
    const start = reader.at;
    const nodes: PatternNode[] = [];
    let afterRepeat = false;
    while (!reader.failed && !reader.atEnd && !reader.sees("|") && !reader.sees(")")) {
      const from = reader.at;
      const repeat = this.#repeat();
      if (reader.failed) break;
      if (repeat !== undefined) {
        const node = nodes.pop();
        if (node === undefined) {
          this.#nothingToRepeat(from);
        } else if (afterRepeat) {
          this.#repeatedTwice(from);
        } else {
          nodes.push({
            kind: "repeat",
            span: { start: node.span.start, end: reader.at },
            node,
            ...repeat,
          });
        }
        afterRepeat = true;
        continue;
      }
      afterRepeat = false;
      if (reader.sees("\\Q")) nodes.push(...this.#quoted());
      else {
        const node = this.#atom();
        if (node !== undefined) nodes.push(node);
      }
    }
    const span = reader.spanFrom(start);
    const [only] = nodes;
    if (only === undefined) return { kind: "empty", span };
    return nodes.length === 1 ? only : { kind: "sequence", span, nodes };
  }

  #nothingToRepeat(from: number): void {
    const sign = this.reader.source.slice(from, this.reader.at);
    this.reader.fail(
      "syntax",
      this.reader.spanFrom(from),
      `"${sign}" has nothing before it to repeat`,
      {
        help: `Write "\\${sign}" for the character.`,
      },
    );
  }

  #repeatedTwice(from: number): void {
    const sign = this.reader.source.slice(from, this.reader.at);
    this.reader.fail(
      "syntax",
      this.reader.spanFrom(from),
      `"${sign}" repeats what is repeated already`,
      {
        help: "Take one of the two away; a group (?:…) can be repeated again. There are no possessive repeats, and none are needed: every pattern takes linear time.",
      },
    );
  }

  /** `* + ? {n} {n,} {n,m}`, each with a `?` behind it for as few as possible. */
  #repeat(): { min: number; max: number | undefined; greedy: boolean } | undefined {
    const { reader } = this;
    const start = reader.at;
    let min: number;
    let max: number | undefined;
    if (reader.eat("*")) [min, max] = [0, undefined];
    else if (reader.eat("+")) [min, max] = [1, undefined];
    else if (reader.eat("?")) [min, max] = [0, 1];
    else {
      const counted = /\{(\d+)(,(\d*))?\}/y;
      counted.lastIndex = reader.at;
      const match = counted.exec(reader.source);
      if (match === null) return undefined;
      reader.skip(match[0].length);
      min = Number(match[1]);
      max = match[2] === undefined ? min : match[3] === "" ? undefined : Number(match[3]);
      const bad =
        min > mostRepeats || (max ?? 0) > mostRepeats
          ? `a repeat counts to ${mostRepeats} at most`
          : max !== undefined && max < min
            ? `${min} is more than ${max}`
            : undefined;
      if (bad !== undefined) {
        reader.fail("syntax", reader.spanFrom(start), bad, {});
        return undefined;
      }
    }
    const few = reader.eat("?");
    return { min, max, greedy: few === this.#flags.ungreedy };
  }

  /** `\Q…\E`: the characters as they are. */
  #quoted(): PatternNode[] {
    const { reader } = this;
    reader.skip(2);
    const nodes: PatternNode[] = [];
    while (!reader.atEnd && !reader.sees("\\E")) {
      const start = reader.at;
      const codePoint = reader.take();
      nodes.push({ kind: "literal", span: reader.spanFrom(start), codePoint, fold: this.#flags.i });
    }
    reader.eat("\\E");
    return nodes;
  }

  /** Undefined where it stands for nothing: flags. */
  #atom(): PatternNode | undefined {
    const { reader } = this;
    const start = reader.at;
    const assertion = (at: AssertionPlace): PatternNode => ({
      kind: "assertion",
      span: reader.spanFrom(start),
      at,
    });
    if (reader.sees("(")) return this.#group();
    if (reader.sees("[")) {
      const read = this.#classes.bracketed();
      if (read === undefined) return undefined;
      return { kind: "class", span: reader.spanFrom(start), ...read, fold: this.#flags.i };
    }
    if (reader.eat("."))
      return { kind: "any", span: reader.spanFrom(start), newline: this.#flags.s };
    if (reader.eat("^")) return assertion(this.#flags.m ? "line start" : "text start");
    if (reader.eat("$")) return assertion(this.#flags.m ? "line end" : "text end");
    if (reader.eat("\\A")) return assertion("text start");
    if (reader.eat("\\z")) return assertion("text end");
    if (reader.eat("\\b")) return assertion("word boundary");
    if (reader.eat("\\B")) return assertion("no word boundary");
    const item = this.#classes.escapedClass();
    if (item !== undefined) {
      const span = reader.spanFrom(start);
      return { kind: "class", span, items: [item], negated: false, fold: this.#flags.i };
    }
    if (reader.failed) return undefined;
    const codePoint = reader.sees("\\") ? this.#classes.escape() : reader.take();
    if (codePoint === undefined) return undefined;
    return { kind: "literal", span: reader.spanFrom(start), codePoint, fold: this.#flags.i };
  }

  #group(): PatternNode | undefined {
    const { reader } = this;
    const start = reader.at;
    if (this.#refuseForeignGroup()) return undefined;
    reader.skip(1);
    const outside = this.#flags;
    let name: { text: string; span: PatternSpan } | undefined;
    let captures = true;
    if (reader.sees("?<")) {
      reader.skip(2);
      name = this.#groupName(start);
      if (name === undefined) return undefined;
    } else if (reader.sees("?")) {
      captures = false;
      const ended = this.#groupFlags(start);
      if (ended === undefined) return undefined;
      // `(?i)` holds up to the end of the group it stands in.
      if (ended === ")") return undefined;
    }
    this.#depth += 1;
    if (this.#depth > deepestNesting) {
      const span = { start, end: start + 1 };
      reader.fail("syntax", span, `the groups are nested more than ${deepestNesting} deep`, {});
      return undefined;
    }
    const node = this.#choice();
    this.#depth -= 1;
    this.#flags = outside;
    if (reader.failed) return undefined;
    if (!reader.eat(")")) {
      reader.fail("syntax", { start, end: start + 1 }, 'this group has no ")"', {
        help: 'Close it, or write "\\(" for the character.',
      });
      return undefined;
    }
    const span = reader.spanFrom(start);
    return captures ? { kind: "group", span, name, node } : { ...node, span };
  }

  /** Groups of other engines, each told by its own name. */
  #refuseForeignGroup(): boolean {
    const { reader } = this;
    for (const foreign of foreignGroups) {
      if (!reader.sees(foreign.sign)) continue;
      const start = reader.at;
      const span = { start, end: start + foreign.sign.length };
      reader.fail(foreign.kind, span, foreign.what, foreign);
      return true;
    }
    return false;
  }

  #groupName(start: number): { text: string; span: PatternSpan } | undefined {
    const { reader } = this;
    const from = reader.at;
    const found = /[^>)]*/y;
    found.lastIndex = from;
    const text = found.exec(reader.source)?.[0] ?? "";
    reader.skip(text.length);
    const span = reader.spanFrom(from);
    if (!reader.eat(">")) {
      reader.fail("syntax", { start, end: reader.at }, "the name of this group has no end", {
        help: "Write it so: (?<name>…).",
      });
      return undefined;
    }
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(text)) {
      reader.fail(
        "syntax",
        span.end > span.start ? span : { start, end: reader.at },
        `"${text}" cannot name a group`,
        {
          help: "A name begins with a letter; letters, digits and _ follow (a to z, no accents).",
        },
      );
      return undefined;
    }
    if (this.#names.has(text)) {
      reader.fail("syntax", span, `two groups of this pattern are named "${text}"`, {
        help: "Give each a name of its own, or write two tests in an any { }.",
      });
      return undefined;
    }
    this.#names.add(text);
    return { text, span };
  }

  /** Reads `?flags)` or `?flags:` and sets the flags; gives what ended them. */
  #groupFlags(start: number): ")" | ":" | undefined {
    const { reader } = this;
    const form = /\?([a-zA-Z]*)(-([a-zA-Z]*))?([):])?/y;
    form.lastIndex = reader.at;
    const match = form.exec(reader.source);
    const [whole = "?", on = "", minus, off = "", end] = match ?? [];
    reader.skip(whole.length);
    const unknown = [...on, ...off].find((letter) => !"imsU".includes(letter));
    if (unknown !== undefined || end === undefined || (minus !== undefined && off === "")) {
      const what =
        unknown === undefined
          ? "this group begins with signs that mean nothing here"
          : `there is no flag "${unknown}"`;
      reader.fail("syntax", { start, end: reader.at }, what, {
        help: "The flags are i, m and s: (?i:…). A group that captures nothing is (?:…).",
      });
      return undefined;
    }
    const value = (letter: string, now: boolean): boolean =>
      off.includes(letter) ? false : on.includes(letter) ? true : now;
    const { i, m, s, ungreedy } = this.#flags;
    this.#flags = {
      i: value("i", i),
      m: value("m", m),
      s: value("s", s),
      ungreedy: value("U", ungreedy),
    };
    return end === ")" ? ")" : ":";
  }
}

const noLookAround =
  "Match what stands around it too, and capture the part that you want; or write a test of its own, with not.";

const foreignGroups: readonly {
  readonly sign: string;
  readonly kind: PatternProblem["kind"];
  readonly what: string;
  readonly help: string;
  readonly instead?: string;
}[] = [
  { sign: "(?=", kind: "look-around", what: "a look-ahead", help: noLookAround },
  { sign: "(?!", kind: "look-around", what: "a negative look-ahead", help: noLookAround },
  { sign: "(?<=", kind: "look-around", what: "a look-behind", help: noLookAround },
  { sign: "(?<!", kind: "look-around", what: "a negative look-behind", help: noLookAround },
  {
    sign: "(?P<",
    kind: "python group",
    what: "a named group is written (?<name>…) here",
    help: "Leave the P out.",
    instead: "(?<",
  },
  {
    sign: "(?P=",
    kind: "back-reference",
    what: "(?P=",
    help: "Capture both parts under two names, or write out what may stand there.",
  },
  {
    sign: "(?>",
    kind: "syntax",
    what: "there are no atomic groups",
    help: "None are needed: every pattern takes linear time. Write (?:…).",
    instead: "(?:",
  },
  {
    sign: "(?#",
    kind: "syntax",
    what: "there are no comments inside a pattern",
    help: "Write a # comment on the line above.",
  },
  {
    sign: "(?(",
    kind: "syntax",
    what: "there are no conditional groups",
    help: "Write two tests in an any { }.",
  },
  {
    sign: "(?R)",
    kind: "syntax",
    what: "a pattern cannot call itself",
    help: "Write out as many levels as you need.",
  },
  {
    sign: "(?|",
    kind: "syntax",
    what: "there are no branch-reset groups",
    help: "Write two tests in an any { }: both may set one name there.",
  },
];
