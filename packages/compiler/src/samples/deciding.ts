import type { MailContent, MailHeaders } from "@mcrules/mail";
import { judge } from "../decide/judgeProgram.ts";
import type { Program, ProgramMailbox, ProgramRule } from "../program/program.ts";
import { answered, ticket } from "./helpdesk.ts";
import type { SampleHelpdesk } from "./helpdesk.ts";
import { address, arrived, mailContent, mailHeaders } from "./mail.ts";
import { matches, program } from "./program.ts";

/** What a decision in a test starts from; what is left out is the sample's. */
export interface Given {
  readonly headers?: Partial<MailHeaders>;
  readonly content?: Partial<Omit<MailContent, "headers">>;
  readonly program?: Partial<Program> & { readonly settings?: Partial<ProgramMailbox["settings"]> };
  readonly desk?: SampleHelpdesk;
  readonly now?: number;
}

/** Judges a sample mail by these rules; `asked` is what was asked on the way. */
export function decide(rules: readonly ProgramRule[], given: Given = {}) {
  const headers = mailHeaders(given.headers);
  const { result, needs } = answered(
    judge(program(rules, given.program)).decide(
      arrived(headers, given.now === undefined ? {} : { now: given.now }),
    ),
    { content: mailContent(headers, given.content), ...given.desk },
  );
  return { ...result, asked: needs.map((need) => need.need) };
}

export const day = 86_400_000;
export const byId = { kind: "id", capture: "id" } as const;
export const reply = matches("subject", "Ticket Id: (?<id>[0-9]+)\\b");

/** Headers of an answer that names the ticket in its subject. */
export function answerTo(id: string, from = "anna@example.org"): Partial<MailHeaders> {
  return { subject: `Re: Ticket Id: ${id}`, from: [address(from)] };
}

/** A helpdesk with ticket 42, in which Anna takes part. */
export const known = { tickets: [ticket(42, { takesPart: ["anna@example.org"] })] };
