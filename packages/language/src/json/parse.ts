/** A JSON value with the places of its parts: offsets in UTF-16 units. */
export type JsonNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" }
  | { readonly kind: "array"; readonly items: readonly JsonNode[] }
  | { readonly kind: "object"; readonly members: readonly JsonMember[] }
);

export interface JsonMember {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: JsonNode;
}

export type JsonResult =
  | { readonly kind: "value"; readonly value: JsonNode }
  | { readonly kind: "problem"; readonly problem: string; readonly at: number };

const deepest = 100;

/** Reads JSON (RFC 8259) and keeps the places. Gives the first problem where the text is none. */
export function parseJson(text: string): JsonResult {
  const reader = new JsonReader(text);
  try {
    return { kind: "value", value: reader.whole() };
  } catch (problem) {
    if (problem instanceof JsonProblem) {
      return { kind: "problem", problem: problem.message, at: problem.at };
    }
    throw problem;
  }
}

class JsonProblem extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): JsonNode {
    if (this.#text.startsWith("\uFEFF")) this.#at = 1;
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) this.#fail("nothing is expected behind the value");
    return value;
  }

  #value(depth: number): JsonNode {
    this.#space();
    if (depth > deepest) this.#fail("it is nested too deeply");
    const start = this.#at;
    const first = this.#text[start];
    if (first === "{") return this.#object(start, depth);
    if (first === "[") return this.#array(start, depth);
    if (first === '"') {
      const value = this.#string();
      return { kind: "string", value, start, end: this.#at };
    }
    const word = /^[A-Za-z]+/.exec(this.#text.slice(start, start + 6))?.[0];
    if (word === "true" || word === "false") {
      this.#at += word.length;
      return { kind: "boolean", value: word === "true", start, end: this.#at };
    }
    if (word === "null") {
      this.#at += word.length;
      return { kind: "null", start, end: this.#at };
    }
    const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(
      this.#text.slice(start),
    )?.[0];
    if (number !== undefined) {
      this.#at += number.length;
      return { kind: "number", value: Number(number), start, end: this.#at };
    }
    return this.#fail(start < this.#text.length ? "a value is expected here" : "it ends too early");
  }

  #object(start: number, depth: number): JsonNode {
    this.#at += 1;
    const members: JsonMember[] = [];
    this.#space();
    if (this.#take("}")) return { kind: "object", members, start, end: this.#at };
    for (;;) {
      this.#space();
      const keyStart = this.#at;
      if (this.#text[keyStart] !== '"') {
        this.#fail(
          this.#text[keyStart] === "}"
            ? "no comma is expected before the brace"
            : "a key in quotes is expected here",
        );
      }
      const key = this.#string();
      const keyEnd = this.#at;
      this.#space();
      if (!this.#take(":")) this.#fail("a colon is expected here");
      members.push({ key, keyStart, keyEnd, value: this.#value(depth + 1) });
      this.#space();
      if (this.#take("}")) return { kind: "object", members, start, end: this.#at };
      if (!this.#take(",")) this.#fail("a comma or a closing brace is expected here");
    }
  }

  #array(start: number, depth: number): JsonNode {
    this.#at += 1;
    const items: JsonNode[] = [];
    this.#space();
    if (this.#take("]")) return { kind: "array", items, start, end: this.#at };
    for (;;) {
      items.push(this.#value(depth + 1));
      this.#space();
      if (this.#take("]")) return { kind: "array", items, start, end: this.#at };
      if (!this.#take(",")) this.#fail("a comma or a closing bracket is expected here");
    }
  }

  #string(): string {
    const start = this.#at;
    const written = /^"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/.exec(
      this.#text.slice(start),
    )?.[0];
    if (written === undefined)
      return this.#fail("the text in quotes is not finished or not allowed");
    this.#at += written.length;
    return String(JSON.parse(written));
  }

  #space(): void {
    while (/^[ \t\r\n]$/.test(this.#text[this.#at] ?? "")) this.#at += 1;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #fail(problem: string): never {
    throw new JsonProblem(problem, this.#at);
  }
}
