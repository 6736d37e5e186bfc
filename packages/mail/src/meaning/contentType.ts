import type { HeaderField } from "../mail.ts";
import { firstField, withoutComments } from "./fields.ts";

/** The parts of a Content-Type that the meaning of a mail hangs on, in lower case. */
export interface ContentType {
  /** `type/subtype`; undefined where there is no such field or it cannot be read. */
  readonly type: string | undefined;
  readonly parameter: (name: string) => string | undefined;
}

/** Reads the mail's own Content-Type. */
export function contentType(fields: readonly HeaderField[]): ContentType {
  const field = firstField(fields, "Content-Type");
  const value = field === undefined ? "" : withoutComments(field.raw.slice(0, 4000)).toLowerCase();
  const type = /^\s*([\w.+-]{1,80}\/[\w.+-]{1,80})/u.exec(value)?.[1];
  return {
    type,
    parameter: (name) => {
      const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;"]*))`, "u").exec(value);
      return found?.[1] ?? found?.[2];
    },
  };
}
