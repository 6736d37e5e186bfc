import type { Comment, Line, SourceFile } from "../shape/shape.ts";
import { allowWord } from "../vocabulary/allow.ts";

/**
 * For a file: the comments that touch a declaration from above, without `#` and one space behind it.
 * A blank line parts a comment from what follows.
 */
export function documentationIn(file: SourceFile): (line: Line) => string | undefined {
  return (line) => {
    const texts: string[] = [];
    let below = line.span.start;
    for (let comment = above(file, below); comment !== undefined; comment = above(file, below)) {
      const text = comment.text.replace(/^ /, "").trimEnd();
      // What a comment allows is said to the checker, not to readers.
      if (!text.startsWith(allowWord)) texts.unshift(text);
      below = comment.span.start;
    }
    return texts.length === 0 ? undefined : texts.join("\n");
  };
}

/** The comment that stands alone on the line right above the offset. */
function above(file: SourceFile, offset: number): Comment | undefined {
  let low = 0;
  let high = file.comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((file.comments[middle]?.span.start ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  const comment = file.comments[low - 1];
  if (comment === undefined || !comment.ownLine) return undefined;
  const between = file.text.slice(comment.span.end, offset);
  return /^[ \t]*(\r\n?|\n)[ \t]*$/.test(between) ? comment : undefined;
}
