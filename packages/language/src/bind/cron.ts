const fields = [
  { name: "minute", from: 0, to: 59, names: [] },
  { name: "hour", from: 0, to: 23, names: [] },
  { name: "day", from: 1, to: 31, names: [] },
  {
    name: "month",
    from: 1,
    to: 12,
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  },
  { name: "weekday", from: 0, to: 7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
] as const;

type Field = (typeof fields)[number];

/** What is wrong with a cron expression of five fields, in a sentence; undefined where it is right. */
export function cronProblem(expression: string): string | undefined {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== fields.length) {
    return `a cron expression has five fields, and this one has ${expression.trim() === "" ? 0 : parts.length}`;
  }
  const values: number[][] = [];
  for (const [index, field] of fields.entries()) {
    const read = readField(parts[index] ?? "", field);
    if (typeof read === "string") return read;
    values.push(read);
  }
  const [, , days = [], months = []] = values;
  // A weekday that is named beside the day is enough for the expression to come true.
  if (parts[4] === "*" && !days.some((day) => months.some((month) => day <= longest(month)))) {
    return `no month that it names has a day ${Math.min(...days)}, so it never comes`;
  }
  return undefined;
}

function longest(month: number): number {
  if (month === 2) return 29;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function readField(text: string, field: Field): number[] | string {
  const values: number[] = [];
  for (const part of text.split(",")) {
    const read = readPart(part, field);
    if (typeof read === "string") return read;
    values.push(...read);
  }
  return values;
}

function readPart(part: string, field: Field): number[] | string {
  const shape = /^(?:(\*)|([0-9A-Za-z]+)(?:-([0-9A-Za-z]+))?)(?:\/(\d+))?$/.exec(part);
  if (shape === null) return `"${part}" is no ${field.name} of a cron expression`;
  const [, star, first, second, step] = shape;
  const from = star === undefined ? numberOf(first ?? "", field) : field.from;
  const to =
    star !== undefined
      ? field.to
      : second !== undefined
        ? numberOf(second, field)
        : step === undefined
          ? from
          : field.to;
  if (from === undefined || to === undefined) {
    const wrong = from === undefined ? first : second;
    return `"${wrong ?? part}" is no ${field.name} from ${field.from} to ${field.to}`;
  }
  if (from > to) return `"${part}" ends before it begins`;
  const by = step === undefined ? 1 : Number(step);
  if (by < 1) return `"${part}" goes on by nothing`;
  const values: number[] = [];
  for (let value = from; value <= to; value += by) values.push(value);
  return values;
}

function numberOf(text: string, field: Field): number | undefined {
  const named = field.names.findIndex((name) => name === text.toLowerCase());
  const value = named >= 0 ? named + (field.name === "month" ? 1 : 0) : Number(text);
  return /^\d+$/.test(text) || named >= 0
    ? value >= field.from && value <= field.to
      ? value
      : undefined
    : undefined;
}
