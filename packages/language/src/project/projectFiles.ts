import type { FileProblem } from "../bind/context.ts";
import type { ProjectFiles } from "../files.ts";
import { resolvePath } from "../paths.ts";
import { decode } from "../shape/decode.ts";
import { nearest } from "../suggest.ts";

/** What stands for a byte that is no part of a character. */
const noCharacter = "\u{fffd}";

/** The files that texts name, read once each; paths are relative to the file that names them. */
export class NamedFiles {
  readonly #files: ProjectFiles;
  readonly #texts = new Map<
    string,
    { readonly path: string; readonly text: string } | FileProblem
  >();

  constructor(files: ProjectFiles) {
    this.#files = files;
  }

  /** The texts that were read, by path. */
  get texts(): ReadonlyMap<string, string> {
    const texts = new Map<string, string>();
    for (const [path, read] of this.#texts) if ("text" in read) texts.set(path, read.text);
    return texts;
  }

  resolve(from: string, path: string): { readonly path: string } | FileProblem {
    const resolved = resolvePath(from, path);
    if (resolved === undefined) return { kind: "outside", path };
    if (this.#files.exists(resolved)) return { path: resolved };
    return { kind: "missing", path: resolved, near: this.#near(path, resolved) };
  }

  /** A file beside the missing one whose name is like its name, as it would be written. */
  #near(written: string, resolved: string): string | undefined {
    const cut = resolved.lastIndexOf("/");
    const names = this.#files.list?.(resolved.slice(0, Math.max(0, cut))) ?? [];
    const name = nearest(resolved.slice(cut + 1), names);
    return name === undefined ? undefined : written.slice(0, written.lastIndexOf("/") + 1) + name;
  }

  readText(
    from: string,
    path: string,
  ): { readonly path: string; readonly text: string } | FileProblem {
    const place = this.resolve(from, path);
    if ("kind" in place) return place;
    const known = this.#texts.get(place.path);
    if (known !== undefined) return known;
    const read = this.#read(place.path);
    this.#texts.set(place.path, read);
    return read;
  }

  #read(path: string): { readonly path: string; readonly text: string } | FileProblem {
    const bytes = this.#files.read(path);
    if (bytes instanceof Uint8Array) {
      const text = decode(bytes);
      if (!text.includes(noCharacter)) return { path, text };
      return { kind: "unreadable", path, reason: "it is not UTF-8" };
    }
    if ("missing" in bytes) return { kind: "missing", path, near: undefined };
    return { kind: "unreadable", path, reason: bytes.unreadable };
  }
}
