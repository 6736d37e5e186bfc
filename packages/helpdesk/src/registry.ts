export type RegistryKind = "contact" | "account" | "lead" | "vendor";

/** One entry. Contacts, leads and vendors are found by address; accounts have a name and any number of addresses. */
export interface RegistryEntry {
  readonly kind: RegistryKind;
  readonly id: number;
  readonly name: string;
  readonly addresses: readonly string[];
  /** Of a contact: the account's name. */
  readonly account: string | undefined;
}

export interface NewRegistryEntry {
  readonly kind: RegistryKind;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly account?: string | undefined;
}
