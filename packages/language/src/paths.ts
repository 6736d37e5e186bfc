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
