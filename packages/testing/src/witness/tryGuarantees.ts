import type { ClaimProof, GuaranteeAnswer, Judge } from "@mcrules/compiler";
import { breaksClaim } from "@mcrules/compiler";
import type { MailReader } from "@mcrules/mail";
import type { Shown } from "./tryMail.ts";
import { tryMail } from "./tryMail.ts";

/** What is known of a guarantee in the end; where it is broken with a mail that breaks it. */
export interface TriedGuarantee extends GuaranteeAnswer {
  readonly shown: Extract<Shown, { readonly kind: "shown" }> | undefined;
}

/** Tries the mails that may break guarantees, until the judge confirms one for each. */
export async function tryGuarantees(
  judge: Judge,
  reader: MailReader,
  proofs: readonly ClaimProof[],
): Promise<readonly TriedGuarantee[]> {
  const tried: TriedGuarantee[] = [];
  for (const [guarantee, claims] of Map.groupBy(proofs, (proof) => proof.guarantee)) {
    let answer: TriedGuarantee = { guarantee, verdict: { kind: "proved" }, shown: undefined };
    for (const claim of claims) {
      const one = await tryClaim(judge, reader, claim);
      if (one.verdict.kind === "proved") continue;
      answer = one;
      if (one.verdict.kind === "broken") break;
    }
    tried.push(answer);
  }
  return tried;
}

async function tryClaim(
  judge: Judge,
  reader: MailReader,
  { guarantee, claim, verdict }: ClaimProof,
): Promise<TriedGuarantee> {
  if (verdict.kind !== "found") return { guarantee, verdict, shown: undefined };
  let reason = "";
  for (const suspect of verdict.suspects) {
    const { rule } = suspect;
    const shown = await tryMail(
      judge,
      reader,
      suspect,
      (decision) =>
        breaksClaim(claim, decision, judge.program) === true &&
        (rule === undefined ? decision.rule === null : decision.rules.includes(rule.name)),
    );
    if (shown.kind === "shown") {
      return { guarantee, verdict: { kind: "broken", claimAt: claim.at, rule }, shown };
    }
    reason ||= `by ${rule === undefined ? "a mail that no rule decides" : `rule "${rule.name}"`} it might be broken, but ${shown.reason}`;
  }
  const sends = claim.outcomes.some(({ kind }) => kind === "send mail");
  return {
    guarantee,
    verdict: {
      kind: "not decided",
      reason: sends ? "a process may send a mail, and whether it does was not tried" : reason,
    },
    shown: undefined,
  };
}
