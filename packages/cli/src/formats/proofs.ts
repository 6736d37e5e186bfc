import type { Program, RuleProof } from "@mcrules/compiler";
import { judge } from "@mcrules/compiler";
import { openMailReader } from "@mcrules/mail";
import { tryMail } from "@mcrules/testing";
import { shownIn } from "../project.ts";
import { placed } from "./placed.ts";

/** What was asked of all mails, of one project. */
export interface ProvedRules {
  /** Absolute. */
  readonly root: string;
  readonly program: Program;
  readonly proofs: readonly RuleProof[];
}

/** As programs read it: of each rule whether it can ever decide, with a mail that the judge has confirmed. */
export async function proofsAsJson(proved: readonly ProvedRules[]): Promise<readonly object[]> {
  const reader = openMailReader();
  try {
    const all: object[] = [];
    for (const { root, program, proofs } of proved) {
      const judgeOfRules = judge(program);
      for (const proof of proofs) {
        const { rule, verdict } = proof;
        const shown =
          verdict.kind === "found" ? await tryMail(judgeOfRules, reader, proof, verdict) : verdict;
        const at = { ...rule.at, file: shownIn(root, rule.at.file) };
        all.push(placed(at, { kind: "rule", name: rule.name, ...answer(shown) }));
      }
    }
    return all;
  } finally {
    await reader.close();
  }
}

type Answered =
  Awaited<ReturnType<typeof tryMail>> | Exclude<RuleProof["verdict"], { kind: "found" }>;

function answer(shown: Answered): object {
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
