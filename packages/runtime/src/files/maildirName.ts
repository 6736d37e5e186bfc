/** A file name of a Maildir: what stays the same, and the flags. */
export interface MaildirName {
  /** Unique within the Maildir, whatever becomes of the flags. */
  readonly base: string;
  /** `D F P R S T`, each at most once, in that order. */
  readonly flags: string;
}

/** Reads `1700000000.M1P2.host,S=123:2,FS`. */
export function readMaildirName(name: string): MaildirName {
  const at = name.lastIndexOf(":2,");
  return at < 0
    ? { base: name, flags: "" }
    : { base: name.slice(0, at), flags: inOrderOfLetters(name.slice(at + 3)) };
}

/** The name of a file in `cur`. */
export function writeMaildirName({ base, flags }: MaildirName): string {
  return `${base}:2,${inOrderOfLetters(flags)}`;
}

/** The name with a flag set or taken away. */
export function withFlag(name: MaildirName, flag: "S" | "F", on: boolean): MaildirName {
  const others = name.flags.replaceAll(flag, "");
  return { base: name.base, flags: inOrderOfLetters(on ? others + flag : others) };
}

function inOrderOfLetters(flags: string): string {
  return [...new Set(flags)].toSorted().join("");
}
