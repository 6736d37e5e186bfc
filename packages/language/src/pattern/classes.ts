import { compiledSize } from "./compiled.ts";
import type { Reader } from "./reader.ts";
import { asciiClasses, type AsciiClassName, type ClassItem } from "./tree.ts";

/** Reads escapes and `[…]`. Where it gives undefined without a problem at the reader, nothing of its kind stood there. */
export class ClassReader {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** `[…]`, the reader standing before the bracket. */
  bracketed(): { items: ClassItem[]; negated: boolean } | undefined {
    const reader = this.#reader;
    const start = reader.at;
    reader.skip(1);
    const negated = reader.eat("^");
    const items: ClassItem[] = [];
    for (let first = true; first || !reader.sees("]"); first = false) {
      if (reader.atEnd) {
        reader.fail("syntax", { start, end: start + 1 }, 'this class has no "]"', {
          help: 'Close it, or write "\\[" for the character.',
        });
        return undefined;
      }
      const item = this.#posix() ?? this.escapedClass() ?? this.#range();
      if (item === undefined || reader.failed) return undefined;
      items.push(item);
    }
    reader.skip(1);
    return { items, negated };
  }

  /** `\d \D \s \S \w \W`, `\pN`, `\p{Name}`, `\p{^Name}`, and `\P` of each. */
  escapedClass(): ClassItem | undefined {
    const reader = this.#reader;
    for (const [letter, name] of perlClasses) {
      if (reader.eat(`\\${letter}`)) return { kind: "ascii", name, negated: false };
      if (reader.eat(`\\${letter.toUpperCase()}`)) return { kind: "ascii", name, negated: true };
    }
    if (!reader.sees("\\p") && !reader.sees("\\P")) return undefined;
    const start = reader.at;
    const form = /\\[pP](?:\{(\^?)([^}]*)\}|([^]))/uy;
    form.lastIndex = start;
    const match = form.exec(reader.source);
    const name = match?.[2] ?? match?.[3];
    if (match === null || name === undefined || !isUnicodeClass(name)) {
      reader.skip(match?.[0].length ?? 2);
      reader.fail("syntax", reader.spanFrom(start), `Unicode has no class "${name ?? ""}"`, {
        help: "Write a general category, such as \\p{Lu}, or a script, such as \\p{Greek}.",
      });
      return undefined;
    }
    const capital = reader.sees("\\P");
    reader.skip(match[0].length);
    return { kind: "unicode", name, negated: capital !== (match[1] === "^") };
  }

  /** `[:alpha:]`, inside a class only. */
  #posix(): ClassItem | undefined {
    const reader = this.#reader;
    if (!reader.sees("[:")) return undefined;
    const start = reader.at;
    const end = reader.source.indexOf(":]", start + 2);
    if (end < 0) return undefined;
    const inside = reader.source.slice(start + 2, end);
    const negated = inside.startsWith("^");
    const name = negated ? inside.slice(1) : inside;
    reader.skip(end + 2 - start);
    if (!isPosixName(name)) {
      reader.fail("syntax", reader.spanFrom(start), `there is no class "[:${name}:]"`, {
        help: `There are ${posixNames.join(", ")}.`,
      });
      return undefined;
    }
    return { kind: "ascii", name, negated };
  }

  #range(): ClassItem | undefined {
    const reader = this.#reader;
    const start = reader.at;
    const low = this.#character();
    if (low === undefined) return undefined;
    let high: number | undefined = low;
    if (reader.sees("-") && !reader.sees("-]") && reader.at + 1 < reader.source.length) {
      reader.skip(1);
      high = this.#character();
      if (high === undefined) return undefined;
      if (high < low) {
        const range = reader.source.slice(start, reader.at);
        reader.fail("syntax", reader.spanFrom(start), `the range ${range} runs backwards`, {});
        return undefined;
      }
    }
    return { kind: "range", low, high };
  }

  #character(): number | undefined {
    return this.#reader.sees("\\") ? this.escape() : this.#reader.take();
  }

  /** An escape that stands for one character, the reader standing before the backslash. */
  escape(): number | undefined {
    const reader = this.#reader;
    const start = reader.at;
    reader.skip(1);
    if (reader.atEnd) {
      reader.fail("syntax", reader.spanFrom(start), "it ends with a backslash", {
        help: 'Write "\\\\" for the character.',
        instead: "\\\\",
      });
      return undefined;
    }
    const octal = /0[0-7]{0,2}|[1-7][0-7]{1,2}/y;
    octal.lastIndex = reader.at;
    const digits = octal.exec(reader.source)?.[0];
    if (digits !== undefined) {
      reader.skip(digits.length);
      return Number.parseInt(digits, 8);
    }
    const hex = /x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/y;
    hex.lastIndex = reader.at;
    const hexMatch = hex.exec(reader.source);
    const codePoint = Number.parseInt(hexMatch?.[1] ?? hexMatch?.[2] ?? "110000", 16);
    if (hexMatch !== null && codePoint <= 0x10ffff) {
      reader.skip(hexMatch[0].length);
      return codePoint;
    }
    const character = String.fromCodePoint(reader.take());
    const known = namedCharacters.get(character);
    if (known !== undefined) return known;
    if (/[\x00-\x7f]/.test(character) && !/[A-Za-z0-9]/.test(character)) {
      return character.codePointAt(0);
    }
    this.#refuse(start, character);
    return undefined;
  }

  #refuse(start: number, character: string): void {
    const reader = this.#reader;
    if (
      /[1-9]/.test(character) ||
      (character === "k" && /[<{']/.test(reader.source[reader.at] ?? ""))
    ) {
      reader.fail("back-reference", reader.spanFrom(start), `\\${character}`, {
        help: "Capture both parts under two names, or write out what may stand there.",
      });
      return;
    }
    const unicode = /([0-9A-Fa-f]{4})|\{([0-9A-Fa-f]+)\}/y;
    unicode.lastIndex = reader.at;
    const match = character === "u" ? unicode.exec(reader.source) : null;
    if (match !== null) {
      reader.skip(match[0].length);
      const instead = `\\x{${match[1] ?? match[2] ?? ""}}`;
      reader.fail("escape", reader.spanFrom(start), `\\u`, {
        help: `A character by its number is written ${instead}.`,
        instead,
      });
      return;
    }
    const instead =
      character === "Z" ? "\\z" : /[^\x00-\x7f]/.test(character) ? character : undefined;
    reader.fail("escape", reader.spanFrom(start), `\\${character}`, {
      help:
        instead === undefined
          ? 'Write "\\\\" for a backslash; letters have a meaning only in \\d \\s \\w \\b \\p{…} \\n \\t and the like.'
          : `Write ${instead}.`,
      ...(instead === undefined ? {} : { instead }),
    });
  }
}

const perlClasses: readonly (readonly [string, AsciiClassName])[] = [
  ["d", "digit"],
  ["s", "perl space"],
  ["w", "word"],
];

const namedCharacters: ReadonlyMap<string, number> = new Map([
  ["a", 7],
  ["f", 12],
  ["n", 10],
  ["r", 13],
  ["t", 9],
  ["v", 11],
]);

const posixNames = Object.keys(asciiClasses).filter((name) => name !== "perl space");

function isPosixName(name: string): name is AsciiClassName {
  return posixNames.includes(name);
}

/** The names that the engine knows; they are fewer than those of the Unicode standard. */
function isUnicodeClass(name: string): boolean {
  if (!/^[A-Za-z_]+$/.test(name)) return false;
  const flags = { i: false, m: false, s: false };
  return compiledSize(`\\p{${name}}`, flags).kind === "size";
}
