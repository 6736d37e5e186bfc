import type {
  Alarm,
  FolderPosition,
  JournalEntry,
  JournalIdentity,
  MailEffectClaim,
  NewJournalEntry,
  NewOutboxEntry,
  OutboxEntry,
  OutboxResult,
  PendingMailEffect,
} from "./journal.ts";
import type { NewRegistryEntry, RegistryEntry, RegistryKind } from "./registry.ts";
import type {
  Comment,
  Instant,
  NewTicket,
  Participant,
  Person,
  Ticket,
  TicketChange,
  TicketDocument,
  TicketFilter,
} from "./ticket.ts";

/** What can be asked of the helpdesk. Addresses compare by simple case folding and NFC. */
export interface HelpdeskQueries {
  ticket(id: number): Promise<Ticket | undefined>;
  ticketByNumber(number: string): Promise<Ticket | undefined>;
  /** The newest first. What the filter does not name is not asked: without `spam`, spam is among them. */
  tickets(filter: TicketFilter): Promise<readonly Ticket[]>;
  /** Of several the newest open one, else the newest; never spam. */
  ticketByCode(code: string): Promise<Ticket | undefined>;
  /** By the base of the title (`titleBase` given at creation); of several as with `ticketByCode`. */
  ticketByTitleBase(base: string): Promise<Ticket | undefined>;
  /**
   * The ticket of the first of these Message-IDs that a ticket knows; never spam. Where several
   * tickets know it: who sent it before who received it before who has it named, then the newest
   * open one, else the newest.
   */
  ticketByMessageId(ids: readonly string[]): Promise<Ticket | undefined>;
  comments(ticket: number): Promise<readonly Comment[]>;
  documents(ticket: number): Promise<readonly TicketDocument[]>;
  documentContent(hash: string): Promise<Uint8Array | undefined>;
  /** Everyone who takes part, the people of the same account included; agents are the caller's affair. */
  participants(ticket: number): Promise<readonly Participant[]>;

  registryEntry(kind: RegistryKind, address: string): Promise<RegistryEntry | undefined>;
  /** Whether the address is in any registry. */
  isRegistered(address: string): Promise<boolean>;
  registryEntries(kind: RegistryKind): Promise<readonly RegistryEntry[]>;
  accountByName(name: string): Promise<RegistryEntry | undefined>;

  /** The first of the addresses that is blocked. */
  blocked(addresses: readonly string[]): Promise<string | undefined>;
  blockedAddresses(): Promise<
    readonly { readonly address: string; readonly at: Instant; readonly reason: string }[]
  >;
  /** Until when the address is muted, where that lies after `now`. */
  mutedUntil(address: string, now: Instant): Promise<Instant | undefined>;

  /**
   * The entry of the same mail: same content key, and same Message-ID where it has one; or one whose
   * body was never fetched, with the same header key and Message-ID. `mailbox` undefined: in any
   * mailbox of the project. Entries in state `failed` do not count.
   */
  journaled(
    identity: JournalIdentity,
    mailbox: string | undefined,
  ): Promise<JournalEntry | undefined>;
  /**
   * Whether there is an entry, in any state, with these headers and Message-ID whose body was fetched: only
   * then the body has to tell whether a mail is the same.
   */
  journaledWhole(
    identity: Pick<JournalIdentity, "messageId" | "headerKey">,
    mailbox: string | undefined,
  ): Promise<boolean>;
  /** An earlier failed try of the same mail. */
  failedTry(identity: JournalIdentity, mailbox: string): Promise<JournalEntry | undefined>;
  /**
   * What was last journaled of that place, for a cheap first look: whether its header key is that
   * of the mail that lies there now is the caller's to compare. Entries in state `failed` do not count.
   */
  journaledAt(mailbox: string, folder: string, place: string): Promise<JournalEntry | undefined>;
  journalEntry(id: number): Promise<JournalEntry | undefined>;
  /** The entries of the mails that opened and updated the ticket, in the order in which they came. */
  journalOfTicket(ticket: number): Promise<readonly JournalEntry[]>;
  /** The newest first. `failed`: only those that failed or were set aside; `false`: only the others. */
  journal(filter: {
    readonly failed?: boolean;
    readonly limit?: number;
  }): Promise<readonly JournalEntry[]>;
  /** What the mail of a journal entry was filed under. */
  filedUnder(journal: number): Promise<readonly RegistryEntry[]>;
  rawMail(contentKey: string): Promise<Uint8Array | undefined>;
  /** Where the mails of a mailbox lie whose handling failed and is to be tried again. */
  failedPlaces(
    mailbox: string,
  ): Promise<readonly { readonly folder: string; readonly place: string }[]>;
  /** Of all mails of a mailbox, or of one journal entry; in the order in which they were added. */
  pendingMailEffects(mailbox: string, journal?: number): Promise<readonly PendingMailEffect[]>;
  /** Where the mail of a journal entry was moved to since it was handled. */
  whereabouts(
    journal: number,
  ): Promise<{ readonly folder: string; readonly place: string } | undefined>;
  /** How far the folders of a mailbox were read. */
  folderPositions(mailbox: string): Promise<readonly FolderPosition[]>;
  /** When a mailbox was scanned for the first time. */
  firstScan(mailbox: string): Promise<Instant | undefined>;

  outbox(filter: { readonly state?: OutboxEntry["state"] }): Promise<readonly OutboxEntry[]>;
  /**
   * How many mails were put into the outbox for this address since then (that moment included), and
   * how many of them with which subject. What was withheld does not count.
   */
  sentTo(
    address: string,
    since: Instant,
  ): Promise<{ readonly count: number; readonly bySubject: Readonly<Record<string, number>> }>;
  /** How many mails of processes about this ticket were put into the outbox since then; what was withheld does not count. */
  sentAbout(ticket: number, since: Instant): Promise<number>;
  /** How many recipients at this domain, of those that were strangers, mails were put into the outbox for since then. */
  sentToStrangers(domain: string, since: Instant): Promise<number>;
  /** How often this address missed a ticket since then; of very many the last hundred are known. */
  misses(address: string, since: Instant): Promise<number>;
  /** The tickets that were counted as opened by a requester's mails since then, and the newest flood ticket among them, which is not in the count. */
  openedTickets(by: {
    readonly mailbox: string;
    readonly requester: string;
    readonly since: Instant;
  }): Promise<{ readonly count: number; readonly flood: Ticket | undefined }>;
  alarms(): Promise<readonly Alarm[]>;
  /** Whether an alarm of these words was raised since then. */
  alarmed(message: string, since: Instant): Promise<boolean>;
  /** When a mailbox was last scanned to its end. */
  lastScan(mailbox: string): Promise<Instant | undefined>;
  /** The key that signs Message-IDs; undefined where none was made yet. */
  storedSigningKey(): Promise<Uint8Array | undefined>;
}

/** What can be done, inside one transaction. */
export interface HelpdeskTransaction extends HelpdeskQueries {
  createTicket(ticket: NewTicket & { readonly titleBase: string }): Promise<Ticket>;
  changeTicket(id: number, change: TicketChange & { readonly titleBase?: string }): Promise<Ticket>;
  addComment(ticket: number, comment: Omit<Comment, "id">): Promise<Comment>;
  /** `name` may be anything that a mail claims: it is made safe here. The content is stored once by its hash. */
  addDocument(
    ticket: number,
    document: {
      readonly commentId?: number | undefined;
      readonly name: string | undefined;
      readonly type: string;
      readonly content: Uint8Array;
    },
  ): Promise<TicketDocument>;
  addParticipant(ticket: number, person: Person, as: "cc" | "answered"): Promise<void>;
  /** The ticket knows this Message-ID from now on. */
  addMessageId(ticket: number, messageId: string, as: "received" | "sent" | "named"): Promise<void>;
  /** A mail filed under a registry entry. */
  fileMail(entry: number, kind: RegistryKind, journal: number): Promise<void>;

  /**
   * Enters or brings up to date: the entry of the same kind and address, an account also by its
   * name. An empty name and an account that is not given change nothing; an account that is not in
   * the registry yet is entered. An address belongs to one entry of a kind: the last one that was given it.
   */
  addRegistryEntry(entry: NewRegistryEntry): Promise<RegistryEntry>;
  /** `key` is an address, of an account also its name. The tickets stay. */
  removeRegistryEntry(kind: RegistryKind, key: string): Promise<boolean>;
  block(address: string, reason: string, at: Instant): Promise<void>;
  unblock(address: string): Promise<boolean>;
  /** Until then, or longer where it was muted for longer. */
  mute(address: string, until: Instant): Promise<void>;

  /**
   * A failed try of the same mail is replaced and its attempts are counted on.
   * Throws `StoreConflict` where the same mail is in the journal: somebody else was faster.
   */
  addJournalEntry(entry: NewJournalEntry): Promise<JournalEntry>;
  /**
   * Replaces a failed try by what became of it, or counts one more try.
   * Throws `StoreConflict` where the entry is no failed try any more.
   */
  replaceJournalEntry(id: number, entry: NewJournalEntry): Promise<JournalEntry>;
  /** Makes a failed or set-aside mail be tried again at the next scan. */
  forgetFailure(id: number): Promise<boolean>;
  /** The same mail lies at this place too: `journaledAt` finds its entry there. */
  addJournalPlace(id: number, mailbox: string, folder: string, place: string): Promise<void>;
  /** Of the same mail the bytes that came first stay; it is kept as long as the longest of its times, undefined: for ever. */
  putRawMail(contentKey: string, bytes: Uint8Array, keepUntil: Instant | undefined): Promise<void>;
  /** Removes those that were to be kept until a moment before this one, and says how many. */
  removeRawMails(before: Instant): Promise<number>;
  addMailEffect(effect: Omit<PendingMailEffect, "id">): Promise<void>;
  mailEffectDone(id: number): Promise<void>;
  /**
   * Keeps an effect from others while it is done. Gives the note of the claim before, where one was begun and
   * not finished; undefined where somebody else has it, or it is done.
   */
  claimMailEffect(
    id: number,
    claim: MailEffectClaim,
  ): Promise<{ readonly begun: string | undefined } | undefined>;
  /** Gives a claim back: it could not be done now. */
  releaseMailEffect(id: number): Promise<void>;
  /** The mail of a journal entry lies there from now on; `journaledAt` finds its entry there too. */
  mailMoved(journal: number, mailbox: string, folder: string, place: string): Promise<void>;
  addOutboxEntry(entry: NewOutboxEntry): Promise<OutboxEntry>;
  /**
   * Hands out what waits to be sent, oldest first, and keeps it from others until `until`: a sender
   * that dies gives its mails back then, two senders never get the same one.
   */
  claimOutbox(claim: {
    readonly now: Instant;
    readonly until: Instant;
    readonly limit: number;
  }): Promise<readonly OutboxEntry[]>;
  /** Counts a try and says what came of it. */
  outboxTried(id: number, result: OutboxResult): Promise<OutboxEntry>;
  /** A mail from this address named a ticket that is not there, or not its sender's. */
  countMiss(address: string, at: Instant): Promise<void>;
  /** A requester's mail opened this ticket; `flood`: the one that keeps what comes beyond a limit. */
  countOpened(opened: {
    readonly mailbox: string;
    readonly requester: string;
    readonly ticket: number;
    readonly flood: boolean;
    readonly at: Instant;
  }): Promise<void>;
  /** Forgets what was counted before these moments. */
  removeCounts(before: {
    readonly misses: Instant;
    readonly openedTickets: Instant;
  }): Promise<void>;
  addAlarm(message: string, at: Instant): Promise<void>;
  scanEnded(mailbox: string, at: Instant): Promise<void>;
  /** Remembers the first scan of a mailbox; later ones change nothing. */
  scanBegan(mailbox: string, at: Instant): Promise<void>;
  /** A folder was read so far. Within one UIDVALIDITY a position never goes back. */
  setFolderPosition(mailbox: string, position: FolderPosition): Promise<void>;
  /** 32 random bytes of this store, made at first use: signs Message-IDs. `fresh` is used where there is none yet. */
  signingKey(fresh: Uint8Array): Promise<Uint8Array>;
}

/** A store of tickets. */
export interface Helpdesk extends HelpdeskQueries {
  /** Nobody else can write until `together` ends: what was answered once holds. */
  readonly undisturbed?: boolean;
  /**
   * All or nothing. Transactions of one store run one after the other; `work` may not start another.
   * What `work` asks of the helpdesk itself sees what the transaction has done so far.
   * Throws what `work` throws, `StoreConflict` and `StoreError`.
   */
  transaction<T>(work: (desk: HelpdeskTransaction) => Promise<T>): Promise<T>;
  /**
   * Several transactions with one commit, since it is the commit that takes the time. Each of them that fails is
   * undone by itself; where `work` fails, or the commit, all of them are. Nobody else can write meanwhile, so `work`
   * has to be short and wait for nothing outside. What stands behind it has to wait for the end.
   */
  together<T>(work: (helpdesk: Helpdesk) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
