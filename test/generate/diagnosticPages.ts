import {
  compileWithGuarantees,
  guaranteeFindings,
  proofFindings,
  proveGuarantees,
  proveRules,
  worldsOf,
  type GuaranteeAnswer,
} from "@mcrules/compiler";
import { checkFixture, readFixture, type Fixture } from "../../packages/language/src/fixture.ts";
import {
  diagnosticTable,
  renderDiagnostic,
  retiredCodes,
  type Analysis,
  type Diagnostic,
  type DiagnosticRow,
} from "../../packages/language/src/index.ts";
import type { GeneratedFile } from "./generatedFile.ts";
import { block, code as inline, madeBy, page, plain, table } from "./markdown.ts";

const folder = "docs/diagnostics";

/** What the first two digits of a code say. */
const chapters: Readonly<Record<string, string>> = {
  MC10: "The text of a file",
  MC11: "The words of conditions",
  MC12: "Types of fields and values",
  MC13: "Patterns and captures",
  MC14: "Rules and actions",
  MC15: "Holes of texts",
  MC16: "Processes and guarantees",
  MC20: "Declarations, names and imports",
  MC21: "Settings",
  MC22: "Tests",
  MC31: "What follows from several places",
  MC32: "What is proved of the rules",
  MC40: "The configuration",
  MC41: "Comments that silence",
  MC42: "The whole project",
};

/** A page for each diagnostic, and one that lists them all. */
export function diagnosticPages(): readonly GeneratedFile[] {
  const rows: readonly (readonly [string, DiagnosticRow])[] = Object.entries(diagnosticTable);
  return [
    { path: `${folder}/README.md`, text: overview(rows) },
    ...rows.map(([code, row]) => ({ path: `${folder}/${code}.md`, text: pageOf(code, row) })),
  ];
}

/** What `mcrules check` proves; mails that may break a guarantee are believed to do it, unless a process is asked for. */
const provedFindings: Analysis = (project) => {
  const { program, guarantees, tables } = compileWithGuarantees(project);
  const worlds = worldsOf(program, tables);
  const answers = proveGuarantees(program, guarantees, worlds).map(
    ({ guarantee, claim, verdict }): GuaranteeAnswer => {
      if (verdict.kind !== "found") return { guarantee, verdict };
      const reason = "a process may send a mail, and whether it does was not tried";
      return claim.outcomes.some(({ kind }) => kind === "send mail")
        ? { guarantee, verdict: { kind: "not decided", reason } }
        : {
            guarantee,
            verdict: { kind: "broken", claimAt: claim.at, rule: verdict.suspects[0]?.rule },
          };
    },
  );
  return [...proofFindings(project, proveRules(worlds)), ...guaranteeFindings(project, answers)];
};

function overview(rows: readonly (readonly [string, DiagnosticRow])[]): string {
  const numbers = [...new Set(rows.map(([code]) => code.slice(0, 4)))].toSorted();
  const parts = numbers.flatMap((number) => [
    `## ${chapterOf(number)}`,
    table(
      ["code", "name", "severity", "message"],
      rows
        .filter(([code]) => code.startsWith(number))
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([code, { name, severity, message }]) => [
          `[${code}](${code}.md)`,
          name,
          severity,
          plain(withoutHoles(message)),
        ]),
    ),
  ]);
  return page(
    "# Diagnostics",
    madeBy,
    "Every message of `mcrules check` and of the editor. `mcrules explain MC1203` shows a page in the terminal. The first digit of a code is the phase: 1 what stands at one place, 2 names and settings, 3 what follows from several places together, 4 the project.",
    "An error stops the rules from running. A warning is silenced in place by a comment, `# mcrules-allow MC3102: why`, or given another severity in [mcrules.json](../reference/configuration.md); an error never is.",
    ...parts,
    retiredCodes.length === 0
      ? ""
      : `## Retired\n\nNever used again: ${retiredCodes.map(inline).join(", ")}.`,
  );
}

function chapterOf(number: string): string {
  const title = chapters[number];
  if (title === undefined) throw new Error(`docs/diagnostics has no chapter for ${number}xx`);
  return title;
}

/** A message with an ellipsis for each value that it is filled with. */
function withoutHoles(message: string): string {
  return message.replace(/(?<!\$)\{[A-Za-z]+\}/g, "…");
}

function pageOf(code: string, row: DiagnosticRow): string {
  const title = `# ${code} ${row.name}`;
  const kind = { error: "Error", warning: "Warning", info: "Hint" }[row.severity];
  const intro = `${kind}: ${plain(withoutHoles(row.message))}`;
  if (row.wrong === "") return page(title, madeBy, intro, plain(row.why), plain(row.help ?? ""));
  const wrong = readFixture(row.wrong);
  const { diagnostics } = checkFixture(wrong, provedFindings);
  const titles = [
    ...new Set(diagnostics.flatMap(({ fixes = [] }) => fixes.map((fix) => fix.title))),
  ];
  return page(
    title,
    madeBy,
    intro,
    plain(row.why),
    "## Wrong",
    ...filesOf(wrong),
    block("text", diagnostics.map((one) => shown(one, wrong)).join("\n")),
    "## Right",
    ...filesOf(readFixture(row.right)),
    titles.length === 0 ? "" : `The editor offers to mend it: ${titles.map(plain).join("; ")}.`,
    row.severity === "error" ? "" : silencing(code),
  );
}

/** The files of an example; where it is a single one, its name says nothing. */
function filesOf({ files, unreadable }: Fixture): readonly string[] {
  return [...files]
    .filter(([, text]) => text !== "" || files.size > 1)
    .flatMap(([path, text]) => {
      const ending = path.slice(path.lastIndexOf(".") + 1);
      const language = ending === "mcrules" || ending === "json" ? ending : "text";
      const locked = unreadable.has(path) ? ", which cannot be read" : "";
      const name = files.size === 1 ? "" : `${inline(path)}${locked}:`;
      return [name, block(language, visible(text))];
    });
}

/** Control characters as pictures: a page that holds them cannot be read either. */
function visible(text: string): string {
  return text
    .replaceAll("\r", "␍")
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, (sign) =>
      String.fromCharCode(0x2400 + sign.charCodeAt(0)),
    )
    .replace(/[\u007f-\u009f\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]/g, "␦");
}

function shown(diagnostic: Diagnostic, { files }: Fixture): string {
  return renderDiagnostic(diagnostic, (file) => files.get(file), { colour: false, width: 80 });
}

function silencing(code: string): string {
  return page(
    "## To silence it",
    block("mcrules", `# mcrules-allow ${code}: why it is right here`),
    `Above the line that it speaks of. For a whole project, in ${inline("mcrules.json")}:`,
    block("json", `{ "diagnostics": { "${code}": "off" } }`),
  ).trimEnd();
}
