import { emptyAnswer, type DecideInput, type Decision, type Judge } from "@mcrules/compiler";
import { readHeaders, type MailContent, type MailReader, type Reading } from "@mcrules/mail";

export const plainReading: Reading = { pec: false, through: [], trusts: [] };

/** What `decide` is given of a mail. */
export function inputOf(mail: Uint8Array): DecideInput {
  return {
    headers: readHeaders(mail, plainReading),
    arrival: {
      mailbox: "support",
      folder: "INBOX",
      received: 1_762_000_000_000,
      size: mail.length,
    },
    now: 1_762_000_000_000,
  };
}

/** Reads and decides a mail; its content is read where deciding asks for it. */
export async function readAndDecide(
  judge: Judge,
  reader: MailReader,
  mail: Uint8Array,
  trace: boolean,
): Promise<Decision> {
  const judging = judge.decide(inputOf(mail), { trace });
  let step = judging.next();
  while (step.done !== true) {
    const need = step.value;
    step = judging.next(
      need.need === "content"
        ? { need: "content", content: await reader.readContent(mail, plainReading) }
        : emptyAnswer(need),
    );
  }
  return step.value;
}

/** Decides a mail that was read before. */
export function decide(
  judge: Judge,
  input: DecideInput,
  content: MailContent,
  trace: boolean,
): Decision {
  const judging = judge.decide(input, { trace });
  let step = judging.next();
  while (step.done !== true) {
    const need = step.value;
    step = judging.next(need.need === "content" ? { need: "content", content } : emptyAnswer(need));
  }
  return step.value;
}
