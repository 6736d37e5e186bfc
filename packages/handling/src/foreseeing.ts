import type { Decision, Program } from "@mcrules/compiler";
import { answerNeed } from "./answers.ts";
import type { Asking } from "./answers.ts";
import type { HandlingContext, IncomingMail } from "./handling.ts";
import { bodyTells, decideInput, takeInHand } from "./mailInHand.ts";
import { isOutage } from "./outage.ts";

/**
 * Whether handling a mail will ask for its body, as the store is now: so that a source can fetch the bodies of
 * several mails at once. Looks at the header alone and writes nothing. It is a forecast: what other mails change until
 * the mail is handled may make it wrong, and then the body is fetched by itself, or was fetched in vain. Throws
 * StoreError, SourceOutage or MailGone; what is wrong with the mail is told where it is handled.
 */
export async function foreseesBody(
  context: HandlingContext,
  incoming: IncomingMail,
): Promise<boolean> {
  if (incoming.bodyLater !== true) return true;
  try {
    const mail = await takeInHand(context, incoming);
    const { program } = context.judge;
    const asking: Asking = { program, desk: context.helpdesk, mail, asNew: false };
    const judging = context.judge.decide(decideInput(mail, context.now()), { trace: false });
    let step = judging.next();
    while (step.done !== true) {
      const need = step.value;
      if (need.need === "content") return true;
      if (need.need === "seen" && (await bodyTells(asking.desk, mail))) return true;
      step = judging.next(await answerNeed(need, asking));
    }
    return usesContent(program, step.value) || keepsWhole(program, step.value);
  } catch (error) {
    if (isOutage(error)) throw error;
    return false;
  }
}

/** Whether what was decided writes something of the mail's content. */
export function usesContent(program: Program, decision: Decision): boolean {
  return (
    decision.effects.some(
      (effect) =>
        effect.kind === "create ticket" ||
        effect.kind === "update ticket" ||
        effect.kind === "note bounce",
    ) ||
    (decision.outcome === "ignored" &&
      program.processes.some((process) => process.on.includes("mail ignored")))
  );
}

/** Whether the raw mail is to be kept that is deleted on the server: it can be had only now. */
export function keepsWhole(program: Program, decision: Decision): boolean {
  const deleted = decision.mailEffects.some((effect) => effect.kind === "delete");
  return deleted && program.helpdesk.keep.kind !== "nothing";
}
