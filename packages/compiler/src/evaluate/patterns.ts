import { RE2JS } from "re2js";
import { composed } from "../text/folding.ts";

/** A regular expression of the program, ready to run in time linear in the text. */
export interface ReadyPattern {
  test(text: string): boolean;
  /** The named groups of the leftmost match, or undefined where there is none. A group that took no part is left out. */
  find(text: string): ReadonlyMap<string, string> | undefined;
  /** What the named groups are in the matches behind the leftmost one, of very many in the first of them. */
  findFurther(text: string): ReadonlyMap<string, readonly string[]>;
}

/** No more matches are looked for than people read of. */
const mostMatches = 10;

/** Makes a pattern ready. Throws where RE2 does not take it: the checker has looked at that before. */
export function readyPattern(source: string, flags: string): ReadyPattern {
  // What is written with a letter and its mark apart means the letter that composed texts have.
  const pattern = RE2JS.compile(
    composed(source),
    (flags.includes("i") ? RE2JS.CASE_INSENSITIVE : 0) |
      (flags.includes("m") ? RE2JS.MULTILINE : 0) |
      (flags.includes("s") ? RE2JS.DOTALL : 0),
  );
  const names = Object.keys(pattern.namedGroups());
  return {
    test: (text) => pattern.test(text),
    find: (text) => {
      // `find` may take far longer than `test`, so it never runs in vain.
      if (!pattern.test(text)) return undefined;
      const matcher = pattern.matcher(text);
      if (!matcher.find()) return undefined;
      const groups = new Map<string, string>();
      for (const name of names) {
        const group = matcher.group(name);
        if (group !== null) groups.set(name, group);
      }
      return groups;
    },
    findFurther: (text) => {
      const further = new Map<string, string[]>();
      const matcher = pattern.matcher(text);
      if (!matcher.find()) return further;
      for (let matches = 1; matches < mostMatches && matcher.find(); matches++) {
        for (const name of names) {
          const group = matcher.group(name);
          if (group !== null) further.set(name, [...(further.get(name) ?? []), group]);
        }
      }
      return further;
    },
  };
}
