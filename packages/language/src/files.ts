/** What the language needs from outside: the files of one project. Paths are relative to its root, with `/`. */
export interface ProjectFiles {
  /** The `.mcrules` files that the project includes. */
  readonly sources: readonly string[];
  /** Bytes of a file, or why they cannot be had. */
  read(path: string): Uint8Array | { readonly missing: true } | { readonly unreadable: string };
  /** True where a file or folder is there. */
  exists(path: string): boolean;
  /** The names in a folder, for "do you mean"; empty where there is no such folder. */
  list?(folder: string): readonly string[];
}
