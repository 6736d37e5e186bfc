import type { Effect, MailMark } from "@mcrules/compiler";
import type { Person, Ticket } from "@mcrules/helpdesk";
import { subjectBase } from "@mcrules/mail";
import { foldAddress, personOf } from "../address.ts";
import { signedBy } from "../answers.ts";
import { agentAddresses } from "../mailbox.ts";
import { storeDocuments } from "./documents.ts";
import { noteMail } from "./notes.ts";
import { connectionFor, propertyChange } from "./properties.ts";
import { rememberMessageIds } from "./thread.ts";
import type { Work } from "./work.ts";

/** Adds the mail to the ticket that a rule found: comment, documents, properties. */
export async function updateTicket(
  work: Work,
  effect: Extract<Effect, { kind: "update ticket" }>,
  marks: readonly MailMark[],
): Promise<Ticket> {
  const { desk, headers, now, program } = work;
  const id = effect.ticket.id;
  const content = await work.content();
  const comment = await desk.addComment(id, {
    author: author(work, effect.agent),
    by: effect.agent === undefined ? "customer" : "agent",
    internal: effect.internal,
    text: content.bodyNew,
    quoted: content.bodyQuoted,
    at: now,
  });
  const documents = await storeDocuments(work, id, comment.id, effect.documents);
  await noteMail(work, id, marks, documents);
  for (const participant of effect.participants) {
    await desk.addParticipant(id, personOf(participant), "cc");
  }
  if (effect.flood !== true && (await answersUs(work, id))) {
    const agents = agentAddresses(program);
    for (const sender of headers.from) {
      if (agents.has(foldAddress(sender.address))) continue;
      await desk.addParticipant(id, personOf(sender), "answered");
    }
  }
  await rememberMessageIds(work, id);
  return desk.changeTicket(id, {
    ...propertyChange(program.helpdesk, effect.properties),
    ...(effect.title === undefined
      ? {}
      : { title: effect.title, titleBase: subjectBase(effect.title) }),
    ...(effect.code === undefined ? {} : { code: effect.code }),
    ...(await connectionFor(desk, effect.contact)),
    at: now,
  });
}

function author(work: Work, agent: string | undefined): Person | undefined {
  const { headers, program } = work;
  if (agent === undefined) {
    const [first] = headers.from;
    return first === undefined ? undefined : personOf(first);
  }
  const folded = foldAddress(agent);
  const known = program.agents.find((candidate) => foldAddress(candidate.address) === folded);
  return { address: agent, name: known?.name ?? "" };
}

/**
 * Whether a person answers a Message-ID that we signed for this ticket. A program that answers by
 * itself takes no part, nor does a sender whom the server found to be forged.
 */
async function answersUs(work: Work, ticket: number): Promise<boolean> {
  const { desk, headers, mail } = work;
  if (headers.thread.length === 0) return false;
  const forged = mail.mailbox.settings.trusts.length > 0 && headers.authentication.dmarc === "fail";
  if (forged) return false;
  const signed = await signedBy(desk, headers.thread);
  if (!signed.some((id) => id.ticket === ticket)) return false;
  const { flags } = (await work.content()).headers;
  return flags.automatic !== true;
}
