import type { Comment } from "@mcrules/language";

/** The comments of a file, handed out once each, in their order. */
export class Remarks {
  readonly #comments: readonly Comment[];
  #next = 0;

  constructor(comments: readonly Comment[]) {
    this.#comments = comments;
  }

  /** The comments that begin before `offset` and were not taken yet. */
  takeBefore(offset: number): readonly Comment[] {
    const from = this.#next;
    while ((this.#comments[this.#next]?.span.start ?? Infinity) < offset) this.#next += 1;
    return this.#comments.slice(from, this.#next);
  }

  /** The next comment, where it begins before `offset` and stands behind something on its line. */
  takeBehind(offset: number): Comment | undefined {
    const comment = this.#comments[this.#next];
    if (comment === undefined || comment.ownLine || comment.span.start >= offset) return undefined;
    this.#next += 1;
    return comment;
  }

  /** Whether any comment that was not taken yet begins before `offset`. */
  anyBefore(offset: number): boolean {
    return (this.#comments[this.#next]?.span.start ?? Infinity) < offset;
  }
}

/** A comment as it is written: without blanks at its end. */
export function commentText(comment: Comment): string {
  return `#${comment.text.trimEnd()}`;
}
