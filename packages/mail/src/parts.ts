import type { HeaderField, MailHeaders } from "./mail.ts";

/**
 * One node of a mail's MIME tree, as the readers of meaning see it. All nodes stand in one list in
 * the order of the mail. A multipart stands before its children and has no content of its own. A
 * `message/rfc822` is a leaf: its content is the whole attached mail, and nothing inside it is
 * listed.
 */
export interface PartView {
  /** Lower case `type/subtype`; `text/plain` where the part names none that can be read. */
  readonly type: string;
  /** Parameters of Content-Type: lower case names, decoded values. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The part's own header fields; of the root, those of the mail. */
  readonly fields: readonly HeaderField[];
  /** Lower case `inline`, `attachment` or whatever the part says; undefined where it says nothing. */
  readonly disposition: string | undefined;
  /** Decoded file name. */
  readonly name: string | undefined;
  /** Transfer encoding undone. Empty for a multipart. */
  readonly content: Uint8Array;
  /** For `text/*`: decoded by charset, LF line ends, format=flowed undone. */
  readonly text?: string;
  /** As IMAP numbers parts: `1`, `2.1`; the empty text for a multipart at the root. */
  readonly path: string;
}

/** What of a mail's headers can be told without asking what the mail means. */
export type HeaderView = Omit<
  MailHeaders,
  "flags" | "authentication" | "pecKind" | "enclosed" | "thread"
>;
