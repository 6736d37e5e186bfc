import { compile, type FormatCallback, type HtmlToTextOptions } from "html-to-text";
import { stripTags } from "./stripTags.ts";

// Beyond these the converter would take long or run out of stack.
const longestHtml = 2_000_000;
const deepest = 200;
const deepestIndented = 20;

// They close by themselves or hold nothing, so they do not nest.
const flat: ReadonlySet<string> = new Set(
  "area base br col dd dt embed hr img input li link meta option p param source td th tr tbody thead wbr o:p".split(
    " ",
  ),
);

// Each level of these is written before every line inside.
const indented: ReadonlySet<string> = new Set(["blockquote", "ul", "ol", "dir", "menu"]);

/** Whether elements nest too deep; a tag that nobody closes counts as open. */
function isDeep(html: string): boolean {
  const open = new Map<string, number>();
  let depth = 0;
  let indentation = 0;
  for (const [, slash, rawName] of html.matchAll(/<(\/?)([A-Za-z][A-Za-z0-9:_-]{0,40})/gu)) {
    if (rawName === undefined) continue;
    const name = rawName.toLowerCase();
    if (flat.has(name)) continue;
    const count = open.get(name) ?? 0;
    if (slash === "/") {
      if (count > 0) {
        open.set(name, count - 1);
        depth -= 1;
        if (indented.has(name)) indentation -= 1;
      }
    } else {
      open.set(name, count + 1);
      depth += 1;
      if (indented.has(name)) indentation += 1;
      if (depth > deepest || indentation > deepestIndented) return true;
    }
  }
  return false;
}

const image: FormatCallback = (element, _walk, builder) => {
  const alternative: unknown = element.attribs["alt"];
  if (typeof alternative === "string" && alternative.trim() !== "") {
    builder.addInline(alternative.trim());
  }
};

// A cell stands beside the next one, whatever it holds.
const cell: FormatCallback = (element, walk, builder) => {
  walk(element.children, builder);
  builder.addInline(" ");
};

// Newsletters set the size to nothing around elements that have their own.
const sizeless: FormatCallback = (element, walk, builder) => {
  const holdsElements = element.children.some((child) => child.type === "tag");
  if (!holdsElements) return;
  builder.openBlock({ leadingLineBreaks: 1 });
  walk(element.children, builder);
  builder.closeBlock({ trailingLineBreaks: 1 });
};

const hidden = [
  "display:none",
  "display: none",
  "visibility:hidden",
  "visibility: hidden",
  "mso-hide:all",
  "mso-hide: all",
].map((style) => ({ selector: `[style*="${style}" i]`, format: "skip" }));

const withoutSize = ["font-size:0;", "font-size: 0;", "font-size:0px", "font-size: 0px"].map(
  (style) => ({ selector: `[style*="${style}" i]`, format: "sizeless" }),
);

const options: HtmlToTextOptions = {
  wordwrap: false,
  // Cells and rows were not counted.
  limits: { maxDepth: deepest * 5, maxInputLength: longestHtml },
  formatters: { image, cell, sizeless },
  selectors: [
    { selector: "a", options: { ignoreHref: true } },
    { selector: "img", format: "image" },
    { selector: "hr", options: { length: 24 } },
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({
      selector,
      options: { uppercase: false },
    })),
    {
      selector: "table",
      format: "block",
      options: { leadingLineBreaks: 1, trailingLineBreaks: 1 },
    },
    { selector: "tr", format: "block", options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: "td", format: "cell" },
    { selector: "th", format: "cell" },
    // An indentation, as web mail makes it, quotes nobody.
    ...["border:none", "border: none"].map((style) => ({
      selector: `blockquote[style*="${style}" i]`,
      format: "block",
    })),
    { selector: "blockquote[type=cite]", format: "blockquote" },
    ...["head", "title", "style", "script", "template", "object"].map((selector) => ({
      selector,
      format: "skip",
    })),
    { selector: "[hidden]", format: "skip" },
    ...hidden,
    ...withoutSize,
  ],
};

// Compiling the selectors takes far longer than a common mail.
const convert = compile(options);

function tidy(text: string): string {
  return text
    .replace(/\r\n?/gu, "\n")
    .replace(/[\u00A0\u202F]/gu, " ")
    .replace(/\u034F|[\u200B\u2060\uFEFF\u00AD]/gu, "")
    .split("\n")
    .map((line) => (/^(?:>\s?)*--\s$/u.test(line) ? line : line.trimEnd()))
    .join("\n")
    .replace(/\n{3,}/gu, "\n\n")
    .replace(/^\n+/u, "")
    .trimEnd();
}

/**
 * The text that a person would read, without scripts, styles and what the mail hides. Quoted blocks
 * come with `> `, links without their address, images by their alternative text. Any input gives a
 * text; beyond two million characters nothing is read.
 */
export function htmlToText(html: string): string {
  const bounded = html.slice(0, longestHtml);
  return tidy(isDeep(bounded) ? stripTags(bounded) : convert(bounded));
}
