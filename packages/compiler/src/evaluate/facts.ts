import type { ElementName } from "@mcrules/language";
import type { Attachment, Address } from "@mcrules/mail";
import type { Need } from "../decide/needs.ts";
import type { ProgramField } from "../program/condition.ts";
import type { FieldValues } from "./values.ts";

/** One value that `some`, `every` and `no` go over, with what was read of it already. */
export type Element = { readonly read: Map<string, FieldValues> } & (
  | { readonly kind: "attachment"; readonly attachment: Attachment }
  | { readonly kind: "address"; readonly address: Address }
  | { readonly kind: "header"; readonly value: string }
);

export type AskedRegistry = "contacts" | "accounts" | "leads" | "vendors";

/**
 * What a condition looks at. Where something is not known yet, the need that would tell is given
 * instead: whoever judges asks for it and judges again.
 */
export interface Facts {
  values(field: ProgramField): FieldValues | Need;
  flag(flag: string): boolean | Need;
  elements(element: ElementName, argument: string | undefined): readonly Element[] | Need;
  registered(registry: AskedRegistry, address: string): boolean | Need;
}

export function isNeed(value: unknown): value is Need {
  return typeof value === "object" && value !== null && "need" in value;
}
