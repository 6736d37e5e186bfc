import { report } from "../diagnostics/report.ts";
import type { Placed } from "../tree/index.ts";
import type { BindContext } from "./context.ts";

/** Whether a text is a bare address: something without white space on both sides of its last @. */
export function isAddress(text: string): boolean {
  return /^[^\s<>,;"()]+@[^\s<>,;"()@]+$/u.test(text) || /^"[^"\r\n]+"@[^\s<>,;"()@]+$/u.test(text);
}

/** A bare address, in lower case; what is none is reported. */
export function bareAddress(
  text: Placed<string>,
  context: BindContext,
): Placed<string> | undefined {
  if (isAddress(text.value)) return { value: text.value.toLowerCase(), span: text.span };
  context.add(report("MC2119", text.span, { text: text.value }));
  return undefined;
}

/** `Name <user@host>`, or a bare address, whose name is empty then. */
export function namedAddress(
  text: Placed<string>,
  context: BindContext,
):
  | { readonly span: Placed<string>["span"]; readonly name: string; readonly address: string }
  | undefined {
  const parts = /^(.*)<([^<>]*)>$/su.exec(text.value.trim());
  const address = (parts?.[2] ?? text.value).trim();
  const name = (parts?.[1] ?? "").trim().replace(/^"(.*)"$/su, "$1");
  if (isAddress(address) && !/[\r\n]/.test(name)) {
    return { span: text.span, name, address: address.toLowerCase() };
  }
  context.add(report("MC2119", text.span, { text: text.value }));
  return undefined;
}
