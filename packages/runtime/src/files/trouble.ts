const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is nothing at that path",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder",
  ENOTDIR: "part of the path is no folder",
  ELOOP: "its symbolic links go in a circle",
  EMFILE: "too many files are open",
  ENOSPC: "the disk is full",
  EIO: "the disk reports an error",
  EROFS: "the disk is read only",
};

/** The system's code of a file error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}

/** A file error in people's words. */
export function fileReason(error: unknown): string {
  const code = codeOf(error);
  const known = code === undefined ? undefined : reasons[code];
  return known ?? (error instanceof Error ? error.message : String(error));
}
