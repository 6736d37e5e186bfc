import type { MailHeaders } from "./mail.ts";

/** The headers of the mail that was read; what the delivering servers wrote is the envelope's. */
export class ContentHeaders implements MailHeaders {
  readonly #envelope: MailHeaders;
  readonly #own: MailHeaders;
  readonly #data: { readonly flags: MailHeaders["flags"] };
  readonly enclosed = false;

  constructor(
    envelope: MailHeaders,
    own: MailHeaders,
    data: { readonly flags: MailHeaders["flags"] },
  ) {
    this.#envelope = envelope;
    this.#own = own;
    this.#data = data;
  }

  get fields(): MailHeaders["fields"] {
    return this.#own.fields;
  }

  get from(): MailHeaders["from"] {
    return this.#own.from;
  }

  get to(): MailHeaders["to"] {
    return this.#own.to;
  }

  get cc(): MailHeaders["cc"] {
    return this.#own.cc;
  }

  get bcc(): MailHeaders["bcc"] {
    return this.#own.bcc;
  }

  get replyTo(): MailHeaders["replyTo"] {
    return this.#own.replyTo;
  }

  get deliveredTo(): MailHeaders["deliveredTo"] {
    return this.#envelope.deliveredTo;
  }

  get subject(): MailHeaders["subject"] {
    return this.#own.subject;
  }

  get subjectBase(): MailHeaders["subjectBase"] {
    return this.#own.subjectBase;
  }

  get date(): MailHeaders["date"] {
    return this.#own.date;
  }

  get receivedDate(): MailHeaders["receivedDate"] {
    return this.#envelope.receivedDate;
  }

  get messageId(): MailHeaders["messageId"] {
    return this.#own.messageId;
  }

  get thread(): MailHeaders["thread"] {
    return this.#own.thread;
  }

  get flags(): MailHeaders["flags"] {
    return this.#data.flags;
  }

  get authentication(): MailHeaders["authentication"] {
    return this.#envelope.authentication;
  }

  get pecKind(): MailHeaders["pecKind"] {
    return this.#envelope.pecKind;
  }

  get cuts(): MailHeaders["cuts"] {
    return this.#own.cuts;
  }
}
