/**
 * The command cannot run: wrong use, or something outside is not as it must be. Shown in one or two
 * lines; the exit code is 2.
 */
export class CannotRun extends Error {
  /** How to mend it. */
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.name = "CannotRun";
    this.help = help;
  }
}

/** Why a file could not be read, for a sentence that names the file itself. */
export function reasonUnreadable(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EACCES":
    case "EPERM":
      return "its permissions do not allow it";
    case "EISDIR":
      return "it is a folder";
    case "ELOOP":
      return "it is a link that leads to itself";
    default:
      return "the disk gives an error";
  }
}

/** In people's words, why a file or folder could not be used. Undefined for errors of another kind. */
export function fileTrouble(error: unknown, path: string): CannotRun | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  switch (error.code) {
    case "ENOENT":
      return new CannotRun(`${path} does not exist`, "Look at the spelling of the path.");
    case "EACCES":
    case "EPERM":
      return new CannotRun(`${path} may not be read or written`, "Change its permissions.");
    case "EISDIR":
      return new CannotRun(`${path} is a folder, a file was expected`);
    case "EEXIST":
      return new CannotRun(`${path} is there already`);
    case "ENOTDIR":
      return new CannotRun(`${path} cannot be reached: a part of the path is a file`);
    case "ENOSPC":
      return new CannotRun(`no space is left on the disk for ${path}`, "Free some and try again.");
    case "EROFS":
      return new CannotRun(`${path} lies on a disk that can only be read`);
    case "EMFILE":
    case "ENFILE":
      return new CannotRun("too many files are open");
    case "ELOOP":
      return new CannotRun(`${path} is a link that leads to itself`);
    case "ENAMETOOLONG":
      return new CannotRun("the path is too long");
    default:
      return undefined;
  }
}
