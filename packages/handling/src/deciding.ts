import { isDeepStrictEqual } from "node:util";
import type { Answer, Decision, Need, RecordedAnswer } from "@mcrules/compiler";
import type { HelpdeskQueries } from "@mcrules/helpdesk";
import type { Instant } from "@mcrules/mail";
import type { Asking } from "./answers.ts";
import { answerNeed } from "./answers.ts";
import type { HandlingContext, IncomingMail } from "./handling.ts";
import type { MailInHand } from "./mailInHand.ts";
import { decideInput, takeInHand } from "./mailInHand.ts";

/** Runs a judge's generator to its end, answering what it asks. */
export async function drive<T>(
  judging: Generator<Need, T, Answer>,
  answer: (need: Need) => Promise<Answer>,
): Promise<T> {
  let step = judging.next();
  while (step.done !== true) step = judging.next(await answer(step.value));
  return step.value;
}

/** Judges a mail in hand by what `desk` says now. */
export function decideMail(
  context: HandlingContext,
  mail: MailInHand,
  desk: HelpdeskQueries,
  options: { readonly now: Instant; readonly asNew: boolean; readonly trace: boolean | number },
): Promise<Decision> {
  const asking: Asking = {
    program: context.judge.program,
    desk,
    mail,
    asNew: options.asNew,
  };
  const { now, trace } = options;
  return drive(context.judge.decide(decideInput(mail, now), { trace }), (need) =>
    answerNeed(need, asking),
  );
}

/** Whether the helpdesk would still give the answers that a decision stands on. */
export async function answersHold(
  answers: readonly RecordedAnswer[],
  asking: Asking,
): Promise<boolean> {
  for (const { need, answer } of answers) {
    const present = await answerNeed(need, asking);
    if (!isDeepStrictEqual(present, answer)) return false;
  }
  return true;
}

/**
 * Judges a mail without writing anything: for `explain` and dry runs. With `asNew` the journal does
 * not count, so that a mail that was handled before is explained too. Throws where the mail cannot
 * be read.
 */
export async function explainMail(
  context: HandlingContext,
  incoming: IncomingMail,
  options: { readonly asNew?: boolean } = {},
): Promise<Decision> {
  const mail = await takeInHand(context, incoming);
  return decideMail(context, mail, context.helpdesk, {
    now: context.now(),
    asNew: options.asNew ?? false,
    trace: true,
  });
}

/**
 * Judges a mail beside a helpdesk that is only assumed: `answer` says what it would answer. Writes nothing, and tells no
 * reasons.
 */
export async function decideAssuming(
  context: Pick<HandlingContext, "judge" | "reader">,
  incoming: IncomingMail,
  assumed: {
    readonly now: Instant;
    readonly answer: (need: Exclude<Need, { need: "content" }>) => Answer;
  },
): Promise<Decision> {
  const mail = await takeInHand(context, incoming);
  const deciding = context.judge.decide(decideInput(mail, assumed.now), { trace: false });
  return drive(deciding, async (need) =>
    need.need === "content"
      ? { need: "content", content: await mail.content() }
      : assumed.answer(need),
  );
}
