import type { Automaton } from "../regular/automaton.ts";
import type { Characters } from "../regular/characters.ts";
import { single } from "../regular/characters.ts";

const at = 0x40;
const atSign: Characters = single(at);

/** The addresses whose domain, behind the last `@`, is in a language. */
export function domainIn(domains: Automaton): Automaton {
  const states = pairs();
  // The first number: the domain's state, or none before an `@`.
  const none = -10;
  return {
    sets: [...domains.sets, atSign],
    start: states.of(none, 0),
    step: (state, codePoint) => {
      const [domain] = states.at(state);
      if (codePoint === at) return states.of(domains.start, 0);
      return domain === none ? state : states.of(domains.step(domain, codePoint), 0);
    },
    accepts: (state) => {
      const [domain] = states.at(state);
      return domain !== none && domains.accepts(domain);
    },
    // An `@` that comes may begin the domain anew.
    isDead: () => false,
    isCertain: () => false,
    samples: { [Symbol.iterator]: () => mapped(domains.samples, (domain) => `x@${domain}`) },
  };
}

/** The addresses whose local part, before the last `@`, is in a language. */
export function localIn(locals: Automaton): Automaton {
  const states = pairs();
  return {
    sets: [...locals.sets, atSign],
    // The state of all that was read, and whether it was in the language before the last `@`.
    start: states.of(locals.start, 0),
    step: (state, codePoint) => {
      const [local, was] = states.at(state);
      const is = codePoint === at ? Number(locals.accepts(local)) : was;
      return states.of(locals.step(local, codePoint), is);
    },
    accepts: (state) => states.at(state)[1] === 1,
    isDead: (state) => {
      const [local, was] = states.at(state);
      return was === 0 && locals.isDead(local);
    },
    isCertain: () => false,
    samples: { [Symbol.iterator]: () => mapped(locals.samples, (local) => `${local}@x`) },
  };
}

function* mapped(texts: Iterable<string>, change: (text: string) => string): Generator<string> {
  for (const text of texts) yield change(text);
}

/** Pairs of numbers, each with a number of its own. */
function pairs(): {
  readonly of: (one: number, other: number) => number;
  readonly at: (number: number) => readonly [number, number];
} {
  const all: (readonly [number, number])[] = [];
  const known = new Map<string, number>();
  return {
    of: (one, other) => {
      const key = `${one} ${other}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const number = all.push([one, other]) - 1;
      known.set(key, number);
      return number;
    },
    at: (number) => all[number] ?? [0, 0],
  };
}
