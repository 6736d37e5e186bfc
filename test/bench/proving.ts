import { compileWithGuarantees, proveGuarantees, proveRules, worldsOf } from "@mcrules/compiler";
import { inTurns, of } from "./measuring.ts";
import { checked } from "./projects.ts";
import { ruleSet } from "./ruleSets.ts";
import { figure, table } from "./table.ts";

const counts = [50, 500, 5000] as const;

const guarantees = `
guarantee "the suppliers open nothing" {
  when from.domain is "supplier7.example"
  never create ticket
}

guarantee "nothing is lost" {
  expect decided
}
`;

/** What can be said of all mails: of each rule whether it can act, and of two guarantees whether they hold. */
export async function proving(): Promise<void> {
  const rows = [["", "rules", "milliseconds", "can act", "never act", "not decided"]];
  for (const mix of ["headers only", "with bodies"] as const) {
    for (const count of counts) {
      const { project } = checked(ruleSet(count, mix).mcrules + guarantees);
      if (project === undefined) throw new Error("The project of the benchmark has errors.");
      const { program, guarantees: held, tables } = compileWithGuarantees(project);
      let kinds: readonly string[] = [];
      const run = (): number => {
        const worlds = worldsOf(program, tables);
        kinds = proveRules(worlds).map(({ verdict }) => verdict.kind);
        proveGuarantees(program, held, worlds);
        return 1;
      };
      run();
      const taken = of(await inTurns([{ name: "proving", run }], count > 500 ? 3 : 7), "proving");
      const counted = (kind: string): string => figure(kinds.filter((one) => one === kind).length);
      rows.push([
        mix,
        figure(count),
        figure(taken),
        counted("found"),
        counted("proved"),
        counted("not decided"),
      ]);
    }
  }
  console.log("each rule and two guarantees, proved from cold");
  console.log(table(rows));
}
