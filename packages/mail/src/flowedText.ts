/**
 * Undoes format=flowed (RFC 3676) in a text with LF line ends: a line that ends with a space goes
 * on in the next one of the same quote depth.
 *
 * @param deleteSpace what the DelSp parameter says: the space at the line's end is no part of the text
 */
export function unflow(text: string, deleteSpace: boolean): string {
  const lines: string[] = [];
  let paragraph: string[] = [];
  let paragraphDepth = 0;
  let open = false;
  const close = () => {
    if (paragraph.length > 0) {
      lines.push(
        `${">".repeat(paragraphDepth)}${paragraphDepth > 0 ? " " : ""}${paragraph.join("")}`,
      );
    }
    paragraph = [];
    open = false;
  };
  for (const line of text.split("\n")) {
    let depth = 0;
    while (line.charCodeAt(depth) === 0x3e) depth += 1;
    let content = line.slice(depth);
    if (content.startsWith(" ")) content = content.slice(1);
    if (open && depth !== paragraphDepth) close();
    const signature = content === "-- ";
    // An empty line parts paragraphs for people, though the one above it says it goes on.
    if (open && (signature || content === "")) close();
    if (!open) close();
    paragraphDepth = depth;
    const flows = content.endsWith(" ") && !signature;
    paragraph.push(flows && deleteSpace ? content.slice(0, -1) : content);
    open = flows;
    if (!flows) close();
  }
  close();
  return lines.join("\n");
}
