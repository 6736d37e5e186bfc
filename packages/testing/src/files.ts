/** Where `receive "file.eml"` reads: a path relative to the project's root to the mail's bytes. */
export type ReadMailFile = (path: string) => Uint8Array;
