import type { HeaderField } from "../mail.ts";

function isNamed(field: HeaderField, wanted: string): boolean {
  return field.name.length === wanted.length && field.name.toLowerCase() === wanted;
}

/** All fields of that name, in any letter case, the topmost first. */
export function fieldsNamed(fields: readonly HeaderField[], name: string): readonly HeaderField[] {
  const wanted = name.toLowerCase();
  return fields.filter((field) => isNamed(field, wanted));
}

/** The topmost field of that name, in any letter case. */
export function firstField(fields: readonly HeaderField[], name: string): HeaderField | undefined {
  const wanted = name.toLowerCase();
  return fields.find((field) => isNamed(field, wanted));
}

/** The value of a structured field without its comments, nested ones too; quoted text stays. */
export function withoutComments(value: string): string {
  let text = "";
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < value.length; at += 1) {
    const character = value.charAt(at);
    if (character === "\\") {
      if (depth === 0) text += value.slice(at, at + 2);
      at += 1;
    } else if (quoted) {
      text += character;
      if (character === '"') quoted = false;
    } else if (character === "(") {
      depth += 1;
    } else if (character === ")" && depth > 0) {
      depth -= 1;
      if (depth === 0) text += " ";
    } else if (depth === 0) {
      text += character;
      if (character === '"') quoted = true;
    }
  }
  return text;
}

/** The first word of a structured field in lower case: before white space, `;` or a comment. */
export function leadingWord(value: string): string {
  return /^[^\s;,]*/u.exec(withoutComments(value).trim())?.[0].toLowerCase() ?? "";
}
