/** Milliseconds since the epoch, UTC. */
export type Instant = number;

/** One mail address. `address` is always `local@domain`, without the display name. */
export interface Address {
  readonly name: string;
  readonly address: string;
  readonly local: string;
  /** What stands behind the last `@`. */
  readonly domain: string;
}

/** One header line. `raw` is unfolded but not decoded; `value` is decoded, white space as in `subject`. */
export interface HeaderField {
  readonly name: string;
  readonly raw: string;
  readonly value: string;
}

export const mailFlags = [
  "automatic",
  "bounce",
  "bulk",
  "reply",
  "forward",
  "signed",
  "encrypted",
  "spam",
] as const;
export type MailFlag = (typeof mailFlags)[number];

export const authenticationWords = [
  "pass",
  "fail",
  "softfail",
  "neutral",
  "none",
  "temperror",
  "permerror",
] as const;
export type AuthenticationWord = (typeof authenticationWords)[number];

export const pecKinds = [
  "message",
  "anomaly",
  "acceptance",
  "refusal",
  "takeover",
  "delivery",
  "failure",
  "delay",
  "virus",
] as const;
/** RFC 6109: `message` and `anomaly` from X-Trasporto, the others from X-Ricevuta. */
export type PecKind = (typeof pecKinds)[number];

/** What the mailbox's settings say about how its mails are to be read. */
export interface Reading {
  /** Open the original inside a PEC envelope (setting `pec`). */
  readonly pec: boolean;
  /** List ids and domains whose marks make no mail automatic or bulk (setting `through`). */
  readonly through: readonly string[];
  /** The authserv-ids whose Authentication-Results count (setting `trusts`). */
  readonly trusts: readonly string[];
}

/** Where the mail was beyond a bound: what was cut away there. The raw mail is not touched. */
export interface Cut {
  readonly what:
    | "header fields"
    | "header length"
    | "addresses"
    | "references"
    | "parts"
    | "depth"
    | "text"
    | "size"
    | "time"
    | "memory"
    /** Reading it failed in a way that nobody foresaw. */
    | "error";
  /** One sentence for people. */
  readonly message: string;
}

/**
 * What the header block alone tells of a mail. A flag is undefined where only the content can tell.
 */
export interface MailHeaders {
  /** All fields in the order of the mail, the topmost first. */
  readonly fields: readonly HeaderField[];
  readonly from: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly replyTo: readonly Address[];
  /** Delivered-To, X-Original-To, Envelope-To. */
  readonly deliveredTo: readonly Address[];
  readonly subject: string;
  readonly subjectBase: string;
  /** The Date header; absent where missing or unreadable. */
  readonly date: { readonly instant: Instant; readonly offsetMinutes: number } | undefined;
  /** The date of the topmost Received, where it can be read. */
  readonly receivedDate: Instant | undefined;
  /** With its `<>`, as sent; the first where there are several. */
  readonly messageId: string | undefined;
  /**
   * In-Reply-To, then References from the last to the first, each with its `<>`, no doubles.
   * Of a PEC receipt: X-Riferimento-Message-ID.
   */
  readonly thread: readonly string[];
  readonly flags: Readonly<Record<MailFlag, boolean | undefined>>;
  readonly authentication: {
    readonly spf: AuthenticationWord;
    readonly dkim: AuthenticationWord;
    readonly dmarc: AuthenticationWord;
  };
  readonly pecKind: PecKind | undefined;
  /**
   * True where the fields that rules see are those of a mail inside (a PEC `message`, read with
   * `pec`): then these headers are the envelope's, and `MailContent.headers` has the right ones.
   */
  readonly enclosed: boolean;
  readonly cuts: readonly Cut[];
}

export interface Attachment {
  /** Decoded label from the mail, never a path to write to; absent where the part has none. */
  readonly name: string | undefined;
  /** Lower case `type/subtype`: a claim of the sender. */
  readonly type: string;
  /** Bytes, decoded. */
  readonly size: number;
  readonly content: Uint8Array;
  /** With its `<>`. */
  readonly contentId: string | undefined;
}

/** What a bounce says. */
export interface BounceReport {
  /** Message-IDs (with `<>`) found in the returned headers or text, the likeliest first. */
  readonly originalIds: readonly string[];
  /** The addresses that could not be reached. */
  readonly recipients: readonly string[];
  /** RFC 3463, such as `5.1.1`. */
  readonly status: string | undefined;
}

/** The whole of a mail, read once; rules, tickets and tests all look at this one reading. */
export interface MailContent {
  /** The headers that rules see, every flag settled. Of a PEC `message` read with `pec`: the inner mail's. */
  readonly headers: MailHeaders;
  /** LF line ends, white space at its end cut. */
  readonly body: string;
  /** `body` without quoted history, reply header and signature. */
  readonly bodyNew: string;
  /** What of `body` is not in `bodyNew`; kept with a comment, not shown. */
  readonly bodyQuoted: string;
  readonly html: string | undefined;
  /** The plain text, which is `body`, and the HTML beside it say different things. */
  readonly textsDiffer: boolean;
  /** Without the images that the text shows. */
  readonly attachments: readonly Attachment[];
  /** The images that the text shows. */
  readonly inlineImages: readonly Attachment[];
  /** Who wrote the mail that is attached or passed on in the text. */
  readonly forwardedFrom: Address | undefined;
  readonly bounce: BounceReport | undefined;
  /** Bytes of the whole mail as received. */
  readonly size: number;
  readonly cuts: readonly Cut[];
}

/** What makes a mail the same mail: see `identify`. */
export interface MailIdentity {
  readonly messageId: string | undefined;
  /** SHA-256 in hex over From, To, Cc, Date, Subject and Message-ID. */
  readonly headerKey: string;
  /** SHA-256 in hex over the headers of `headerKey` and the body's bytes with LF line ends. */
  readonly contentKey: string;
}

/** Bounds within which a mail is read. Beyond one of them the mail is cut and marked, never refused. */
export interface MailLimits {
  readonly bytes: number;
  readonly headerBytes: number;
  readonly headerFields: number;
  readonly addresses: number;
  readonly references: number;
  readonly parts: number;
  readonly depth: number;
  readonly textCharacters: number;
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** Reads whole mails off the main thread. */
export interface MailReader {
  /** Never throws for what a mail holds. */
  readContent(bytes: Uint8Array, reading: Reading): Promise<MailContent>;
  close(): Promise<void>;
}
