import type { Project, RawDiagnostic, Span } from "@mcrules/language";
import { offsetOf, report } from "@mcrules/language";
import type { Position } from "@mcrules/language";
import type { ProgramCondition } from "../program/condition.ts";
import type { ProgramGuarantee } from "../program/compile.ts";
import type { ProgramRule } from "../program/program.ts";
import type { MailModel } from "./atoms.ts";
import { clashingConditions } from "./clash.ts";
import { Purse } from "./purse.ts";
import { reachOfRules } from "./reach.ts";
import type { World } from "./world.ts";

/** What is known of all the mails that a rule can act on. */
export interface RuleProof {
  readonly rule: ProgramRule;
  /** Of every mailbox that applies it. */
  readonly worlds: readonly World[];
  readonly verdict:
    | { readonly kind: "proved"; readonly coveredBy: readonly ProgramRule[] }
    /** A mail of a mailbox that the model allows; it proves nothing before it is tried. */
    | { readonly kind: "found"; readonly mailbox: string; readonly model: MailModel }
    | { readonly kind: "not decided" };
}

/**
 * Asks of each rule whether it can ever act, in any mailbox that applies it, the disabled ones included. "Proved" is only
 * said where no mail at all gets there.
 */
export function proveRules(worlds: readonly World[]): readonly RuleProof[] {
  const purse = new Purse();
  const proofs = new Map<string, RuleProof>();
  for (const world of worlds) {
    const { mailbox } = world;
    for (const { rule, reach } of reachOfRules(world, purse)) {
      const key = JSON.stringify([rule.set, rule.name]);
      const known = proofs.get(key);
      const verdict: RuleProof["verdict"] =
        reach.kind === "can act"
          ? { kind: "found", mailbox: mailbox.name, model: reach.model }
          : reach.kind === "never acts"
            ? { kind: "proved", coveredBy: reach.coveredBy }
            : { kind: "not decided" };
      proofs.set(key, {
        rule,
        worlds: [...(known?.worlds ?? []), world],
        verdict: known === undefined ? verdict : livelier(known.verdict, verdict),
      });
    }
  }
  return [...proofs.values()];
}

/** A rule is dead only where it is dead everywhere. */
function livelier(one: RuleProof["verdict"], other: RuleProof["verdict"]): RuleProof["verdict"] {
  if (one.kind === "found" || other.kind === "proved") return one;
  return other;
}

/** The findings of proofs, for `checkProject`: an error at each rule that never acts. */
export function proofFindings(
  project: Project,
  proofs: readonly RuleProof[],
): readonly RawDiagnostic[] {
  const spanOf = spansIn(project);
  return proofs.flatMap(({ rule, worlds: [world], verdict }) => {
    if (verdict.kind !== "proved") return [];
    const { coveredBy } = verdict;
    if (coveredBy.length > 0) {
      const related = coveredBy.map((above) => ({
        span: spanOf(above.at),
        message: coveredBy.length === 1 ? "takes them all" : "takes some of them",
      }));
      return report(
        "MC3202",
        spanOf(rule.at),
        {
          rule: rule.name,
          above: named(coveredBy),
          takes: coveredBy.length === 1 ? "takes" : "take",
        },
        { related },
      );
    }
    const clashing = world === undefined ? [] : clashingConditions(world, rule);
    return report(
      "MC3201",
      spanOf(rule.at),
      { rule: rule.name },
      {
        related: clashing.map((condition, at) => ({
          span: spanOf(condition.at),
          message: clashWords(clashing, at),
        })),
      },
    );
  });
}

function clashWords(clashing: readonly ProgramCondition[], at: number): string {
  if (clashing.length === 1) return "no mail fulfils this";
  return at === 0 ? "where this holds …" : "… this does not";
}

function named(rules: readonly ProgramRule[]): string {
  const names = rules.map(({ name }) => `"${name}"`);
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}

/** What came of trying whether a guarantee is broken. */
export interface GuaranteeAnswer {
  readonly guarantee: ProgramGuarantee;
  readonly verdict:
    | { readonly kind: "proved" }
    /** `rule`: the one that decides the mail; undefined: none does. */
    | {
        readonly kind: "broken";
        readonly claimAt: Position;
        readonly rule: ProgramRule | undefined;
      }
    | { readonly kind: "not decided"; readonly reason: string };
}

/** The findings of guarantees, for `checkProject`: an error where one is broken, a warning where it is not decided. */
export function guaranteeFindings(
  project: Project,
  answers: readonly GuaranteeAnswer[],
): readonly RawDiagnostic[] {
  const spanOf = spansIn(project);
  return answers.flatMap(({ guarantee: { name, at }, verdict }) => {
    switch (verdict.kind) {
      case "proved":
        return [];
      case "not decided":
        return report("MC3204", spanOf(at), { name, reason: verdict.reason });
      case "broken": {
        const { rule, claimAt } = verdict;
        const how = rule === undefined ? "no rule decides a mail" : `rule "${rule.name}" breaks it`;
        const related = [
          { span: spanOf(claimAt), message: "this is what is broken" },
          ...(rule === undefined ? [] : [{ span: spanOf(rule.at), message: "by this rule" }]),
        ];
        return report("MC3203", spanOf(at), { name, how }, { related });
      }
    }
  });
}

function spansIn(project: Project): (at: Position) => Span {
  return (at) => {
    const text = project.sources.get(at.file) ?? "";
    return {
      file: at.file,
      start: offsetOf(at, text),
      end: offsetOf({ line: at.endLine, column: at.endColumn }, text),
    };
  };
}
