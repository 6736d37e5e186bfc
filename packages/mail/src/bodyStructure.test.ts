import { describe, expect, it } from "vitest";
import { sortParts } from "./bodyStructure.ts";
import { defaultLimits } from "./limits.ts";
import { type MimeNode, walkMime } from "./mimeTree.ts";

/** `kind` and what stands inside, such as `alternative(text html)`; a name after a colon. */
function write(structure: string): string {
  const found = /^(\w+)\((.*)\)$/s.exec(structure);
  if (found === null) {
    const [type = "", name] = structure.split(":");
    const types: Readonly<Record<string, string>> = {
      text: "text/plain",
      html: "text/html",
      amp: "text/x-amp-html",
      rich: "text/enriched",
      image: "image/png",
      mail: "message/rfc822",
      calendar: "text/calendar",
    };
    return `Content-Type: ${types[type]}${name === undefined ? "" : `; name=${name}`}\n\n`;
  }
  const [, kind = "", inner = ""] = found;
  const children: string[] = [];
  let depth = 0;
  let word = "";
  for (const char of `${inner} `) {
    if (char === " " && depth === 0) {
      if (word !== "") children.push(word);
      word = "";
      continue;
    }
    if (char === "(") depth += 1;
    if (char === ")") depth -= 1;
    word += char;
  }
  const boundary = `=${structure.length}-${inner.length}`;
  const parts = children.map((child) => `--${boundary}\n${write(child)}\n`);
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\n\n${parts.join("")}--${boundary}--\n`;
}

function paths(nodes: readonly MimeNode[]): string {
  return nodes.map((node) => node.path).join(" ");
}

describe("which parts are text and which are attached", () => {
  it.each([
    ["text", "1", "1", ""],
    ["html", "1", "1", ""],
    ["image", "", "", "1"],
    ["alternative(text html)", "1", "2", ""],
    ["alternative(html text)", "2", "1", ""],
    ["alternative(html)", "1", "1", ""],
    ["alternative(text)", "1", "1", ""],
    ["alternative(text amp html)", "1", "3", ""],
    ["alternative(text html calendar)", "1", "2", "3"],
    ["alternative(text rich)", "1", "1", "2"],
    ["alternative(rich)", "1", "1", ""],
    ["alternative(text related(html image))", "1", "2.1", "2.2"],
    ["alternative(text mixed(html image html))", "1", "2.1 2.3", "2.2"],
    ["related(alternative(text html) image)", "1.1", "1.2", "2"],
    ["related(image html)", "2", "2", "1"],
    ["mixed(text image text)", "1 3", "1 3", "2"],
    ["mixed(alternative(text html) text)", "1.1 2", "1.2 2", ""],
    ["mixed(text text:a.txt)", "1", "1", "2"],
    ["mixed(text:a.txt image)", "1", "1", "2"],
    ["mixed(html text:a.txt)", "1", "1", "2"],
    ["mixed(text mail)", "1", "1", "2"],
    ["report(text text mail)", "1", "1", "2 3"],
    ["report(alternative(text html) mail)", "1.1", "1.2", "2"],
    ["signed(mixed(text image) image)", "1.1", "1.1", "1.2 2"],
    ["digest(mail mail)", "", "", "1 2"],
  ])("%s", (structure, text, html, attached) => {
    const sorted = sortParts(walkMime(Buffer.from(write(structure)), defaultLimits).root);
    expect(paths(sorted.text)).toBe(text);
    expect(paths(sorted.html)).toBe(html);
    expect(paths(sorted.attached)).toBe(attached);
  });

  it("the root of multipart/related is the part that start names", () => {
    const mail =
      'Content-Type: multipart/related; boundary=b; start="<root@x>"\n\n--b\nContent-Type: text/plain\n\nno\n--b\nContent-Type: text/html\nContent-ID: <root@x>\n\nyes\n--b--';
    const sorted = sortParts(walkMime(Buffer.from(mail), defaultLimits).root);
    expect(paths(sorted.html)).toBe("2");
    expect(paths(sorted.attached)).toBe("1");
  });
});
