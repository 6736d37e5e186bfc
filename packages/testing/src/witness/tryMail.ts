import type {
  Answer,
  Decision,
  Judge,
  MailModel,
  Need,
  ProgramMailbox,
  TicketFacts,
  TicketQuery,
} from "@mcrules/compiler";
import { emptyAnswer } from "@mcrules/compiler";
import { decideAssuming, mailFromBytes } from "@mcrules/handling";
import type { MailReader } from "@mcrules/mail";
import { emptyMail, usualMail, writeMail, type Usual, type WrittenMail } from "./writeMail.ts";

/** What was made of a proof: only a mail that the judge has confirmed is shown. */
export type Shown =
  | {
      readonly kind: "shown";
      readonly mailbox: string;
      /** The mail as a file would hold it. */
      readonly mail: string;
      /** What the helpdesk has to know, and how the mail arrives, in the words of tests. */
      readonly given: readonly string[];
    }
  | { readonly kind: "not decided"; readonly reason: string };

const day = 86_400_000;
/** A Monday morning and the middle of a Sunday's night: calendars mostly differ there. */
const moments = [Date.UTC(2026, 10, 2, 9), Date.UTC(2026, 10, 1, 2)];

/** What the model leaves open, the likeliest first. */
interface Variant {
  readonly usual: Usual;
  readonly moment: number;
  /** Whoever is asked for in a registry is there. */
  readonly everybody: boolean;
  /** The requester is beyond the ticket limit, and has a flood ticket. */
  readonly flooded: boolean;
}

function* variants(mailbox: ProgramMailbox, isLimited: boolean): Generator<Variant> {
  for (const flooded of isLimited ? [false, true] : [false]) {
    for (const moment of moments) {
      for (const everybody of [false, true]) {
        for (const answers of [false, true]) {
          for (const usual of [usualMail(mailbox), emptyMail]) {
            yield { usual: { ...usual, answers }, moment, everybody, flooded };
          }
        }
      }
    }
  }
}

/**
 * Writes a mail that a solver found and hands it to the judge, who decides as in production: it is shown where the decision
 * is the one that was looked for.
 */
export async function tryMail(
  judge: Judge,
  reader: MailReader,
  found: { readonly mailbox: string; readonly model: MailModel },
  isWanted: (decision: Decision) => boolean,
): Promise<Shown> {
  const mailbox = judge.program.mailboxes.find(({ name }) => name === found.mailbox);
  if (mailbox === undefined) return { kind: "not decided", reason: "the mailbox is not there" };
  let reason = "the mail that was found does not do what the model says of it";
  for (const variant of variants(mailbox, judge.program.helpdesk.ticketLimit !== undefined)) {
    const written = writeMail(found.model, mailbox, variant.usual);
    if ("reason" in written) {
      reason = written.reason;
      continue;
    }
    const tried = { ...found, mailbox, isWanted, variant, written };
    const given = await confirmed(judge, reader, tried);
    if (given !== undefined) {
      return { kind: "shown", mailbox: mailbox.name, mail: written.text, given };
    }
  }
  return { kind: "not decided", reason };
}

/** What has to be given for the decision; undefined where it is another one. */
async function confirmed(
  judge: Judge,
  reader: MailReader,
  tried: {
    readonly mailbox: ProgramMailbox;
    readonly isWanted: (decision: Decision) => boolean;
    readonly model: MailModel;
    readonly variant: Variant;
    readonly written: WrittenMail;
  },
): Promise<readonly string[] | undefined> {
  const { mailbox, isWanted, model, variant, written } = tried;
  const received = written.received ?? variant.moment;
  const now = received + (written.age ?? (written.received === undefined ? 0 : day));
  const incoming = mailFromBytes(new TextEncoder().encode(written.text), {
    mailbox: mailbox.name,
    folder: written.folder,
    received,
    place: "",
  });
  // Of the tickets that are asked for, none is there, or one alone.
  let asked = 0;
  for (let there = -1; there < Math.min(asked, mostTickets); there += 1) {
    const desk = new AssumedDesk(model, {
      there,
      sender: written.sender,
      everybody: variant.everybody,
      flooded: variant.flooded,
    });
    const decision = await decideAssuming({ judge, reader }, incoming, {
      now,
      answer: (need) => desk.answer(need),
    });
    asked = Math.max(asked, desk.asked);
    if (isWanted(decision)) {
      const inFolder = written.folder === "INBOX" ? [] : [`in "${written.folder}"`];
      return [...desk.given, ...inFolder];
    }
  }
  return undefined;
}

const mostTickets = 20;

const unnamedTicket = { number: "TT1", title: "A question", status: "", closedAt: undefined };

/** A helpdesk that knows what a model assumes, and perhaps one ticket. */
class AssumedDesk {
  readonly #contacts: ReadonlySet<string>;
  readonly #there: number;
  readonly #sender: string;
  readonly #everybody: boolean;
  readonly #flooded: boolean;
  readonly given: string[] = [];
  asked = 0;

  /** `there`: which of the tickets that are asked for is there; -1: none. */
  constructor(
    model: MailModel,
    assumed: {
      readonly there: number;
      readonly sender: string;
      readonly everybody: boolean;
      readonly flooded: boolean;
    },
  ) {
    const { there, sender, everybody, flooded } = assumed;
    this.#flooded = flooded;
    this.#there = there;
    this.#everybody = everybody;
    this.#sender = sender;
    this.#contacts = new Set(
      [...model.groups.values()]
        .flat()
        .flatMap((value) =>
          [...value.free.values()].flatMap(({ unknown, holds }) =>
            holds && unknown.kind === "registry"
              ? [`${unknown.registry} ${value.texts.get("text") ?? ""}`]
              : [],
          ),
        ),
    );
  }

  answer(need: Exclude<Need, { need: "content" }>): Answer {
    switch (need.need) {
      case "registry": {
        const found = this.#everybody || this.#contacts.has(`${need.registry} ${need.address}`);
        if (found) this.#give(`given ${singular[need.registry]} "${need.address}"`);
        return { need: "registry", found };
      }
      case "ticket": {
        const ticket = this.asked === this.#there ? this.#ticket(need.by) : undefined;
        this.asked += 1;
        return { need: "ticket", ticket };
      }
      case "participation":
        return { need: "participation", takesPart: true };
      case "opened tickets":
        if (!this.#flooded) return emptyAnswer(need);
        this.#give("given more tickets of the sender than the ticket limit says");
        return { need: "opened tickets", count: Infinity, flood: { ...unnamedTicket, id: 1 } };
      default:
        return emptyAnswer(need);
    }
  }

  #ticket(by: TicketQuery): TicketFacts | undefined {
    const facts = unnamedTicket;
    const part = `takes part [${JSON.stringify(this.#sender)}]`;
    switch (by.kind) {
      case "id":
        this.#give(`given ticket ${by.id} { ${part} }`);
        return { ...facts, id: by.id };
      case "code":
        this.#give(`given ticket 1 { code ${JSON.stringify(by.code)} ${part} }`);
        return { ...facts, id: 1 };
      case "titled":
        this.#give(`given ticket 1 { title ${JSON.stringify(by.title)} ${part} }`);
        return { ...facts, id: 1 };
      case "thread":
        this.#give(`given ticket 1 { ${part} }, which the mail answers`);
        return { ...facts, id: 1 };
    }
  }

  #give(line: string): void {
    if (!this.given.includes(line)) this.given.push(line);
  }
}

const singular = {
  contacts: "contact",
  accounts: "account",
  leads: "lead",
  vendors: "vendor",
} as const;
