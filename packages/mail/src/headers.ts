import { type AddressList, parseAddressList } from "./addresses.ts";
import { type DateWithOffset, readDate, readReceivedDate } from "./dateHeader.ts";
import { readHeaderBlock, type HeaderBlock } from "./headerBlock.ts";
import { headerFields } from "./headerField.ts";
import { defaultLimits } from "./limits.ts";
import type {
  Address,
  Cut,
  HeaderField,
  Instant,
  MailFlag,
  MailHeaders,
  MailLimits,
  PecKind,
  Reading,
} from "./mail.ts";
import { authentication } from "./meaning/authentication.ts";
import { headerFlags } from "./meaning/flags.ts";
import { pecKind } from "./meaning/pec.ts";
import { subjectBase } from "./meaning/subject.ts";
import { messageIds, threadReferences } from "./meaning/thread.ts";

/**
 * Reads the header block at the start of a mail: what each field holds is found out when it is
 * asked for. What stands behind the block is not looked at, so the header alone is enough.
 * Never throws for what the mail holds.
 *
 * @param reading what the mailbox's settings say about how its mails are read
 * @param limits bounds; beyond them the headers are cut and marked
 */
export function readHeaders(
  bytes: Uint8Array,
  reading: Reading,
  limits: MailLimits = defaultLimits,
): MailHeaders {
  const block = readHeaderBlock(bytes, limits.headerBytes, limits.headerFields, true);
  return new LazyHeaders(block, reading, limits);
}

const addressHeaders = {
  from: ["from"],
  to: ["to"],
  cc: ["cc"],
  bcc: ["bcc"],
  replyTo: ["reply-to"],
  deliveredTo: ["delivered-to", "x-original-to", "envelope-to"],
} as const;

/** The first Message-ID that the fields name, with its `<>`. */
export function firstMessageId(fields: readonly HeaderField[]): string | undefined {
  const raw = fields.find((field) => isNamed(field, "message-id"))?.raw;
  if (raw === undefined) return undefined;
  const [id] = messageIds(raw);
  if (id !== undefined) return id;
  return /^[^\s<>]{1,998}$/.test(raw) ? `<${raw}>` : undefined;
}

class LazyHeaders implements MailHeaders {
  readonly fields: readonly HeaderField[];
  readonly #block: HeaderBlock;
  readonly #reading: Reading;
  readonly #limits: MailLimits;
  readonly #lists = new Map<keyof typeof addressHeaders, AddressList>();
  #subject: string | undefined;
  #subjectBase: string | undefined;
  #date: { readonly date: DateWithOffset | undefined } | undefined;
  #receivedDate: { readonly instant: Instant | undefined } | undefined;
  #messageId: { readonly id: string | undefined } | undefined;
  #thread: readonly string[] | undefined;
  #flags: Readonly<Record<MailFlag, boolean | undefined>> | undefined;
  #authentication: MailHeaders["authentication"] | undefined;
  #pecKind: { readonly kind: PecKind | undefined } | undefined;
  #cuts: readonly Cut[] | undefined;

  constructor(block: HeaderBlock, reading: Reading, limits: MailLimits) {
    this.fields = headerFields(block);
    this.#block = block;
    this.#reading = reading;
    this.#limits = limits;
  }

  get from(): readonly Address[] {
    return this.#addresses("from").addresses;
  }

  get to(): readonly Address[] {
    return this.#addresses("to").addresses;
  }

  get cc(): readonly Address[] {
    return this.#addresses("cc").addresses;
  }

  get bcc(): readonly Address[] {
    return this.#addresses("bcc").addresses;
  }

  get replyTo(): readonly Address[] {
    return this.#addresses("replyTo").addresses;
  }

  get deliveredTo(): readonly Address[] {
    return this.#addresses("deliveredTo").addresses;
  }

  get subject(): string {
    this.#subject ??= this.#first("subject")?.value ?? "";
    return this.#subject;
  }

  get subjectBase(): string {
    this.#subjectBase ??= subjectBase(this.subject);
    return this.#subjectBase;
  }

  get date(): DateWithOffset | undefined {
    this.#date ??= { date: readDate(this.#first("date")?.raw ?? "") };
    return this.#date.date;
  }

  get receivedDate(): Instant | undefined {
    this.#receivedDate ??= { instant: readReceivedDate(this.#first("received")?.raw ?? "") };
    return this.#receivedDate.instant;
  }

  get messageId(): string | undefined {
    this.#messageId ??= { id: firstMessageId(this.fields) };
    return this.#messageId.id;
  }

  get thread(): readonly string[] {
    this.#thread ??= threadReferences(this.fields, this.pecKind).slice(0, this.#limits.references);
    return this.#thread;
  }

  get flags(): Readonly<Record<MailFlag, boolean | undefined>> {
    this.#flags ??= headerFlags(this, this.#reading);
    return this.#flags;
  }

  get authentication(): MailHeaders["authentication"] {
    this.#authentication ??= authentication(this.fields, this.#reading.trusts);
    return this.#authentication;
  }

  get pecKind(): PecKind | undefined {
    this.#pecKind ??= { kind: pecKind(this.fields) };
    return this.#pecKind.kind;
  }

  get enclosed(): boolean {
    return this.#reading.pec && this.pecKind === "message";
  }

  get cuts(): readonly Cut[] {
    this.#cuts ??= this.#findCuts();
    return this.#cuts;
  }

  #first(name: string): HeaderField | undefined {
    return this.fields.find((field) => isNamed(field, name));
  }

  /** All header lines of that kind together; the bound is on the whole list. */
  #addresses(kind: keyof typeof addressHeaders): AddressList {
    const known = this.#lists.get(kind);
    if (known !== undefined) return known;
    const addresses: Address[] = [];
    let cut = false;
    for (const field of this.fields) {
      if (!addressHeaders[kind].some((name) => isNamed(field, name))) continue;
      const list = parseAddressList(field.raw, this.#limits.addresses - addresses.length);
      addresses.push(...list.addresses);
      cut ||= list.cut;
    }
    const read = { addresses, cut };
    this.#lists.set(kind, read);
    return read;
  }

  #findCuts(): readonly Cut[] {
    const cuts: Cut[] = [];
    const { headerBytes, headerFields: fields, addresses, references } = this.#limits;
    if (this.#block.tooLong) {
      cuts.push({
        what: "header length",
        message: `The header is longer than ${headerBytes} bytes; what stands behind them was left out.`,
      });
    }
    if (this.#block.tooManyFields) {
      cuts.push({
        what: "header fields",
        message: `The header has more than ${fields} fields; those behind them were left out.`,
      });
    }
    // An address and its comma are four characters at least: a short header holds no long list.
    if (this.#block.text.length > addresses * 4) {
      for (const kind of ["from", "to", "cc", "bcc", "replyTo", "deliveredTo"] as const) {
        if (!this.#addresses(kind).cut) continue;
        const name = addressHeaders[kind][0];
        cuts.push({
          what: "addresses",
          message: `The header "${name}" has more than ${addresses} addresses; those behind them were left out.`,
        });
      }
    }
    if (this.#block.text.length > references * 4 && this.#countReferences() > references) {
      cuts.push({
        what: "references",
        message: `The mail names more than ${references} mails that it answers; the oldest were left out.`,
      });
    }
    return cuts;
  }

  #countReferences(): number {
    return this.fields
      .filter((field) => isNamed(field, "references") || isNamed(field, "in-reply-to"))
      .reduce((sum, field) => sum + new Set(messageIds(field.raw)).size, 0);
  }
}

function isNamed(field: HeaderField, name: string): boolean {
  return field.name.length === name.length && field.name.toLowerCase() === name;
}
