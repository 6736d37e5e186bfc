/**
 * The path, relative to the project's root, of what `path` names in the file `from`; undefined where
 * it leaves the project.
 */
export function resolvePath(from: string, path: string): string | undefined {
  if (path.startsWith("/") || path.startsWith("\\") || /^[A-Za-z]:[\\/]/.test(path)) {
    return undefined;
  }
  const steps = from.split("/").slice(0, -1);
  for (const step of path.split("/")) {
    if (step === "" || step === ".") continue;
    if (step === "..") {
      if (steps.pop() === undefined) return undefined;
    } else steps.push(step);
  }
  return steps.join("/");
}

/**
 * Where the file or folder lies that `path` names in the file `from`: relative to the project's root,
 * beginning with `../` where it lies outside; an absolute path stays as it is. For what belongs to the
 * machine and not to the rules: mail, databases, secrets, certificates.
 */
export function placeOf(from: string, path: string): string {
  if (path.startsWith("/") || path.startsWith("\\") || /^[A-Za-z]:[\\/]/.test(path)) return path;
  const steps = from.split("/").slice(0, -1);
  for (const step of path.split("/")) {
    if (step === "" || step === ".") continue;
    const last = steps.at(-1);
    if (step === ".." && last !== undefined && last !== "..") steps.pop();
    else steps.push(step);
  }
  return steps.length === 0 ? "." : steps.join("/");
}
