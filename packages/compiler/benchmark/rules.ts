// How long a mail is judged among 5, 50, 500 and 5,000 rules of typical shape. Run it with
//   npx node --conditions=mcrules-source packages/compiler/benchmark/rules.ts
import { stdout } from "node:process";
import { judge } from "../src/decide/judgeProgram.ts";
import { answered } from "../src/samples/helpdesk.ts";
import { address, arrived, mailContent, mailHeaders } from "../src/samples/mail.ts";
import {
  all,
  always,
  any,
  create,
  flag,
  ignore,
  inList,
  matches,
  not,
  program,
  rule,
  texts,
  update,
} from "../src/samples/program.ts";
import type { ProgramRule } from "../src/program/program.ts";

const lists = Array.from({ length: 20 }, (_, list) => ({
  name: `list${list}`,
  values: Array.from({ length: 1000 }, (_, value) => `customer${value}.list${list}.example`),
}));

function typicalRule(index: number): ProgramRule {
  const name = `Rule ${index}`;
  switch (index % 7) {
    case 0:
      return rule(name, texts("from.domain", "is", `supplier${index}.example`), ignore);
    case 1:
      return rule(
        name,
        texts("subject", "contains", `invoice ${index}`, `bill ${index}`),
        create(),
      );
    case 2:
      return rule(name, inList("from.domain", index % lists.length), ignore);
    case 3:
      return rule(
        name,
        matches("subject", `Order ${index}-(?<id>[0-9]+)\\b`, "i"),
        update({ kind: "id", capture: "id" }),
      );
    case 4:
      return rule(
        name,
        all(not(flag("automatic")), texts("body", "contains", `machine number ${index}`)),
        create(),
      );
    case 5:
      return rule(name, texts("recipients.domain", "under", `brand${index}.example`), create());
    default:
      return rule(
        name,
        any(
          texts("from", "is", `person${index}@example.com`),
          all(
            texts("subject", "starts with", `[team ${index}]`),
            matches("body", `Ref: ${index}$`, "m"),
          ),
        ),
        create(),
      );
  }
}

const headers = mailHeaders({
  from: [address("anna@customer.example", "Anna")],
  to: [address("info@example.it")],
  subject: "The printer in the second floor prints no invoices any more",
});
const content = mailContent(headers, { body: "It does not print. ".repeat(550) });

function microseconds(work: () => void): number {
  const runs = (count: number): number => {
    const start = performance.now();
    for (let run = 0; run < count; run += 1) work();
    return performance.now() - start;
  };
  runs(200);
  const least = Math.min(...Array.from({ length: 5 }, () => runs(200)));
  return (least * 1000) / 200;
}

const line = (text: string): void => {
  stdout.write(`${text}\n`);
};

line("rules   made ready   passing over, µs a mail   every rule traced, µs a mail");
for (const count of [5, 50, 500, 5000]) {
  const rules = Array.from({ length: count }, (_, index) => typicalRule(index));
  const made = program([...rules, rule("Last", always, create())], { lists });
  const start = performance.now();
  const ready = judge(made);
  const readyIn = performance.now() - start;
  const decide = (options: { readonly trace?: boolean }) => () => {
    const { result } = answered(ready.decide(arrived(headers), options), { content });
    if (result.rule !== "Last") throw new Error(`"${result.rule}" decided.`);
  };
  const fast = microseconds(decide({ trace: false }));
  const traced = count > 500 ? Number.NaN : microseconds(decide({}));
  line(
    [
      String(count).padStart(5),
      `${readyIn.toFixed(0)} ms`.padStart(12),
      fast.toFixed(1).padStart(23),
      (Number.isNaN(traced) ? "-" : traced.toFixed(1)).padStart(27),
    ].join(" "),
  );
}
