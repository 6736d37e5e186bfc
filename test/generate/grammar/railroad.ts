import type { Chapter, Rule } from "./rule.ts";

/** A drawing whose rail goes in at the left and out at the right, on the height `rail`. */
interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly rail: number;
  /** The elements of the picture, placed at (x, y). */
  readonly draw: (x: number, y: number) => string;
}

const letter = 7.3;
const boxHeight = 24;
const gap = 10;
const row = 8;
const turn = 8;

/** The parts of a chapter as railroad diagrams, in one picture that needs nothing else. */
export function railroad({ title, parts }: Chapter): string {
  const diagrams = Object.entries(parts).map(([name, rule]) => ({
    name,
    drawing: drawingOf(rule),
  }));
  const width = Math.max(...diagrams.map(({ drawing }) => drawing.width)) + 60;
  const pieces: string[] = [];
  let y = 10;
  for (const { name, drawing } of diagrams) {
    const top = y + 26;
    const rail = top + drawing.rail;
    const end = 30 + drawing.width;
    pieces.push(
      `<text class="name" x="10" y="${y + 14}">${escaped(name)}</text>`,
      line(`M10 ${rail - 6}v12M10 ${rail}H30M${end} ${rail}h20M${end + 20} ${rail - 6}v12`),
      drawing.draw(30, top),
    );
    y = top + drawing.height + 24;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(y)}" viewBox="0 0 ${round(width)} ${round(y)}" role="img">
<title>${escaped(title)}</title>
<style>
rect.page { fill: #fff; stroke: none }
path { fill: none; stroke: #444; stroke-width: 1.5 }
rect { fill: #eef3fb; stroke: #444; stroke-width: 1.2 }
rect.words { fill: #e6f5ea }
text { font: 12px ui-monospace, Menlo, Consolas, monospace; fill: #111 }
text.box { text-anchor: middle }
text.name { font-weight: bold }
</style>
<rect class="page" width="100%" height="100%"/>
${pieces.join("\n")}
</svg>
`;
}

function drawingOf(rule: Rule): Drawing {
  switch (rule.kind) {
    case "words":
    case "sign":
      return box(rule.text, "words", 12);
    case "token":
      return box(rule.token, "token", 12);
    case "part":
      return box(rule.name, "part", 0);
    case "sequence":
      return inRow(rule.rules.map(drawingOf));
    case "choice":
      return branches(rule.rules.map(drawingOf));
    case "optional":
      return branches([nothing, drawingOf(rule.rule)]);
    case "repeat":
      return branches([nothing, loop(drawingOf(rule.rule))]);
  }
}

const nothing: Drawing = { width: 0, height: 12, rail: 6, draw: () => "" };

function box(label: string, kind: "words" | "token" | "part", radius: number): Drawing {
  const width = label.length * letter + 20;
  return {
    width,
    height: boxHeight,
    rail: boxHeight / 2,
    draw: (x, y) =>
      `<rect class="${kind}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${boxHeight}" rx="${radius}"/>` +
      `<text class="box" x="${round(x + width / 2)}" y="${round(y + 16)}">${escaped(label)}</text>`,
  };
}

function inRow(drawings: readonly Drawing[]): Drawing {
  const rail = Math.max(...drawings.map((one) => one.rail));
  const below = Math.max(...drawings.map((one) => one.height - one.rail));
  const width =
    drawings.reduce((sum, one) => sum + one.width, 0) + gap * Math.max(0, drawings.length - 1);
  return {
    width,
    height: rail + below,
    rail,
    draw: (x, y) => {
      const pieces: string[] = [];
      let at = x;
      drawings.forEach((one, index) => {
        if (index > 0) {
          pieces.push(line(`M${at} ${y + rail}h${gap}`));
          at += gap;
        }
        pieces.push(one.draw(at, y + rail - one.rail));
        at += one.width;
      });
      return pieces.join("\n");
    },
  };
}

/** One below the other; the first stands on the rail. */
function branches(drawings: readonly Drawing[]): Drawing {
  const inner = Math.max(...drawings.map((one) => one.width));
  const side = 2 * turn;
  const [first] = drawings;
  const rail = first?.rail ?? 0;
  const height =
    drawings.reduce((sum, one) => sum + one.height, 0) + row * Math.max(0, drawings.length - 1);
  return {
    width: inner + 2 * side,
    height,
    rail,
    draw: (x, y) => {
      const right = x + inner + 2 * side;
      const pieces: string[] = [];
      let top = y;
      drawings.forEach((one, index) => {
        const at = top + one.rail;
        const end = x + side + one.width;
        const down = at - (y + rail) - 2 * turn;
        pieces.push(
          index === 0
            ? line(`M${x} ${at}h${side}M${end} ${at}H${right}`)
            : line(
                `M${x} ${y + rail}q${turn} 0 ${turn} ${turn}v${down}q0 ${turn} ${turn} ${turn}` +
                  `M${end} ${at}H${right - side}q${turn} 0 ${turn} ${-turn}v${-down}q0 ${-turn} ${turn} ${-turn}`,
              ),
          one.draw(x + side, top),
        );
        top += one.height + row;
      });
      return pieces.filter((piece) => piece !== "").join("\n");
    },
  };
}

/** Once or more: a rail leads back above it. */
function loop(one: Drawing): Drawing {
  const above = 2 * turn;
  return {
    width: one.width + 4 * turn,
    height: one.height + above,
    rail: one.rail + above,
    draw: (x, y) => {
      const at = y + above + one.rail;
      const right = x + one.width + 4 * turn;
      const up = at - y - 2 * turn;
      return [
        line(
          `M${x} ${at}h${2 * turn}M${right - 2 * turn} ${at}H${right}` +
            `M${right - 2 * turn} ${at}q${turn} 0 ${turn} ${-turn}v${-up}q0 ${-turn} ${-turn} ${-turn}` +
            `H${x + 2 * turn}q${-turn} 0 ${-turn} ${turn}v${up}q0 ${turn} ${turn} ${turn}`,
        ),
        one.draw(x + 2 * turn, y + above),
      ].join("\n");
    },
  };
}

function line(path: string): string {
  return `<path d="${path.replace(/-?\d+\.\d+/g, (number) => String(round(Number(number))))}"/>`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
