import {
  compileWithGuarantees,
  guaranteeFindings,
  judge,
  proofFindings,
  proveGuarantees,
  proveRules,
  totalGuarantees,
  worldsOf,
  type ClaimProof,
  type Program,
  type RuleProof,
  type World,
} from "@mcrules/compiler";
import type { Position, RawDiagnostic } from "@mcrules/language";
import type { Shown, TriedGuarantee, tryMail as TryMail } from "@mcrules/testing";
import { placed } from "./formats/placed.ts";
import { loadProject, shownIn, type LoadedProject } from "./project.ts";

/** What was asked of all mails, of one project. */
export interface Proofs {
  /** Absolute. */
  readonly root: string;
  readonly program: Program;
  readonly worlds: readonly World[];
  readonly rules: readonly RuleProof[];
  readonly guarantees: readonly ClaimProof[];
}

/** A project that was checked, with what was proved of it. */
export interface ProvedProject {
  readonly project: LoadedProject;
  /** Undefined where the project has an error of another kind. */
  readonly proofs: Proofs | undefined;
  readonly guarantees: readonly TriedGuarantee[];
}

/**
 * Loads, checks and proves the project at a root. A guarantee that a mail may break is tried with it, and what comes of
 * that is among the findings.
 * @throws CannotRun as `loadProject` does.
 */
export async function provedProject(root: string): Promise<ProvedProject> {
  const found: { readonly proofs: Proofs; readonly findings: readonly RawDiagnostic[] }[] = [];
  const project = loadProject(root, (of) => {
    const { program, guarantees, tables } = compileWithGuarantees(of);
    const worlds = worldsOf(program, tables);
    const rules = proveRules(worlds);
    const claims = proveGuarantees(program, guarantees, worlds);
    const findings = proofFindings(of, rules);
    found.push({ proofs: { root, program, worlds, rules, guarantees: claims }, findings });
    return findings;
  });
  const [first] = found;
  if (first === undefined) return { project, proofs: undefined, guarantees: [] };
  const { proofs, findings } = first;
  const guarantees = await triedGuarantees(proofs, proofs.guarantees);
  const open = guarantees.filter(({ verdict }) => verdict.kind !== "proved");
  if (open.length === 0) return { project, proofs, guarantees };
  // Which findings are shown, and in which order, is said by what checks the rest.
  const again = loadProject(root, (of) => [...findings, ...guaranteeFindings(of, open)]);
  return { project: again, proofs, guarantees };
}

/** What tries mails is loaded only where it is asked for: most checks only ask for mistakes. */
async function withTrying<T>(
  program: Program,
  work: (trying: {
    readonly mail: (
      found: Parameters<typeof TryMail>[2],
      isWanted: Parameters<typeof TryMail>[3],
    ) => Promise<Shown>;
    readonly guarantees: (claims: readonly ClaimProof[]) => Promise<readonly TriedGuarantee[]>;
  }) => Promise<T>,
): Promise<T> {
  const [{ tryMail, tryGuarantees }, { openMailReader }] = await Promise.all([
    import("@mcrules/testing"),
    import("@mcrules/mail"),
  ]);
  const reader = openMailReader();
  const judgeOfRules = judge(program);
  try {
    return await work({
      mail: (found, isWanted) => tryMail(judgeOfRules, reader, found, isWanted),
      guarantees: (claims) => tryGuarantees(judgeOfRules, reader, claims),
    });
  } finally {
    await reader.close();
  }
}

async function triedGuarantees(
  { program }: Proofs,
  claims: readonly ClaimProof[],
): Promise<readonly TriedGuarantee[]> {
  if (claims.length === 0) return [];
  return withTrying(program, ({ guarantees }) => guarantees(claims));
}

/** Of each mailbox whether its rules decide every mail. */
export function triedTotals(proofs: Proofs): Promise<readonly TriedGuarantee[]> {
  const { program, worlds } = proofs;
  const claims = proveGuarantees(program, totalGuarantees(program), worlds);
  return triedGuarantees(proofs, claims);
}

/** As programs read it: of each rule whether it can ever decide, of each guarantee and mailbox what is known. */
export async function proofsAsJson(
  proofs: Proofs,
  guarantees: readonly TriedGuarantee[],
  isShown: (file: string) => boolean,
): Promise<readonly object[]> {
  const at = (position: Position): Position => ({
    ...position,
    file: shownIn(proofs.root, position.file),
  });
  const rules = await withTrying(proofs.program, async ({ mail }) => {
    const all: object[] = [];
    for (const { rule, verdict } of proofs.rules) {
      if (!isShown(rule.at.file)) continue;
      const shown =
        verdict.kind === "found"
          ? await mail(verdict, ({ rules: acted }) => acted.includes(rule.name))
          : verdict;
      all.push(placed(at(rule.at), { kind: "rule", name: rule.name, ...ruleAnswer(shown) }));
    }
    return all;
  });
  const totals = await triedTotals(proofs);
  return [
    ...rules,
    ...guarantees
      .filter(({ guarantee }) => isShown(guarantee.at.file))
      .map((one) =>
        placed(at(one.guarantee.at), {
          kind: "guarantee",
          name: one.guarantee.name,
          ...guaranteeAnswer(one, "holds", "fails"),
        }),
      ),
    ...totals
      .filter(({ guarantee }) => isShown(guarantee.at.file))
      .map((one) =>
        placed(at(one.guarantee.at), {
          kind: "total",
          name: one.guarantee.name,
          ...guaranteeAnswer(one, "every mail is decided", "some mail is undecided"),
        }),
      ),
  ];
}

function ruleAnswer(shown: Shown | Exclude<RuleProof["verdict"], { kind: "found" }>): object {
  switch (shown.kind) {
    case "proved":
      return {
        verdict: "proved",
        claim: "never decides",
        coveredBy: shown.coveredBy.map(({ name }) => name),
      };
    case "shown": {
      const { mail, given, mailbox } = shown;
      return { verdict: "shown", claim: "can decide", mailbox, mail, given };
    }
    case "not decided": {
      const reason = "reason" in shown ? shown.reason : "the question took too long";
      return { verdict: "not decided", claim: "can decide", reason };
    }
  }
}

function guaranteeAnswer({ verdict, shown }: TriedGuarantee, holds: string, fails: string): object {
  switch (verdict.kind) {
    case "proved":
      return { verdict: "proved", claim: holds };
    case "broken": {
      const { mail, given, mailbox } = shown ?? { mail: "", given: [], mailbox: "" };
      return {
        verdict: "shown",
        claim: fails,
        rule: verdict.rule?.name ?? null,
        mailbox,
        mail,
        given,
      };
    }
    case "not decided":
      return { verdict: "not decided", claim: holds, reason: verdict.reason };
  }
}
