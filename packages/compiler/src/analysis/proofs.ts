import type { Project, RawDiagnostic, Span } from "@mcrules/language";
import { offsetOf, report } from "@mcrules/language";
import type { Position } from "@mcrules/language";
import type { ProgramCondition } from "../program/condition.ts";
import type { Program, ProgramRule } from "../program/program.ts";
import { NamedSets } from "../regular/patternProgram.ts";
import type { MailModel } from "./atoms.ts";
import { clashingConditions } from "./clash.ts";
import { reachOfRules } from "./reach.ts";

/** What is known of all the mails that a rule can act on. */
export interface RuleProof {
  readonly rule: ProgramRule;
  /** Every mailbox that applies it. */
  readonly mailboxes: readonly string[];
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
export function proveRules(program: Program): readonly RuleProof[] {
  const named = new NamedSets();
  const proofs = new Map<string, RuleProof>();
  for (const mailbox of program.mailboxes) {
    for (const { rule, reach } of reachOfRules(program, mailbox, named)) {
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
        mailboxes: [...(known?.mailboxes ?? []), mailbox.name],
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
  program: Program,
  proofs: readonly RuleProof[],
): readonly RawDiagnostic[] {
  const spanOf = (at: Position): Span => {
    const text = project.sources.get(at.file) ?? "";
    return {
      file: at.file,
      start: offsetOf(at, text),
      end: offsetOf({ line: at.endLine, column: at.endColumn }, text),
    };
  };
  return proofs.flatMap(({ rule, mailboxes, verdict }) => {
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
    const clashing = clashingConditions(program, mailboxes[0] ?? "", rule);
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
