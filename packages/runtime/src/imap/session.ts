import { ImapFlow } from "imapflow";
import type { ImapFlowOptions, MailboxObject } from "imapflow";
import { SourceOutage } from "@mcrules/handling";
import { defaultLimits } from "@mcrules/mail";
import { readSecret } from "../secret.ts";
import { numberingOf } from "./place.ts";
import type { Server } from "./server.ts";
import { commandTrouble, connectTrouble, isUnreadable, unreadableWords } from "./trouble.ts";

const second = 1_000;
/** How long one command may take that fetches little. */
const usualPatience = 60 * second;
const leaving = 2 * second;
/** What a slow line manages at least. */
const bytesPerSecond = 20_000;

/** No folder's list of mails, and no header, is a longer line. */
const longestLine = 16 * 1024 * 1024;

/** How a connection is used. */
export interface SessionOptions {
  /** Nothing at all is changed on the server. */
  readonly readOnly: boolean;
  /** How many milliseconds a command may take that fetches little. */
  readonly patience?: number | undefined;
}

/** One connection to a server, logged in. A command at a time; each has to end within its time. */
export class Session {
  readonly server: Server;
  readonly #root: string;
  readonly #readOnly: boolean;
  readonly #patience: number;
  #client: ImapFlow;
  /** What ended the connection. */
  #fault: unknown;
  #open: { readonly path: string; readonly mailbox: MailboxObject } | undefined;

  private constructor(root: string, server: Server, options: SessionOptions) {
    this.server = server;
    this.#root = root;
    this.#readOnly = options.readOnly;
    this.#patience = options.patience ?? usualPatience;
    this.#client = this.#newClient();
  }

  /** Connects and logs in. Throws SourceOutage, with what to do about it. */
  static async begin(root: string, server: Server, options: SessionOptions): Promise<Session> {
    const session = new Session(root, server, options);
    await session.#connect();
    return session;
  }

  /** Connects anew where an answer of the server has ended the connection. Throws SourceOutage. */
  async beginAnew(): Promise<void> {
    this.#client.close();
    this.#open = undefined;
    this.#client = this.#newClient();
    await this.#connect();
  }

  get client(): ImapFlow {
    return this.#client;
  }

  #newClient(): ImapFlow {
    const { server } = this;
    const password = readSecret(
      this.#root,
      server.password,
      `the password of mailbox "${server.mailbox}"`,
    );
    const loginMethod = methodLeft(server);
    const client = password.use(
      (pass) =>
        new ImapFlow({
          ...optionsOf(server, this.#patience),
          auth: { user: server.user, pass, ...(loginMethod === undefined ? {} : { loginMethod }) },
        }),
    );
    this.#fault = undefined;
    // Without a listener an error event ends the process; the pending command hears only that there is no connection.
    client.on("error", (error) => {
      if (client === this.#client) this.#fault ??= error;
    });
    return client;
  }

  async #connect(): Promise<void> {
    try {
      await this.#within(this.#patience * 1.5, this.#client.connect());
    } catch (error) {
      this.#client.close();
      throw error instanceof SourceOutage ? error : connectTrouble(this.server, error);
    }
  }

  /**
   * Does one command. `what` continues "the connection was lost while …". Throws SourceOutage; what is wrong with
   * the answer about one mail is that mail's failure, and no outage.
   */
  async run<T>(
    what: string,
    command: (client: ImapFlow) => Promise<T>,
    answer: { readonly bytes?: number; readonly ofOneMail?: boolean } = {},
  ): Promise<T> {
    const time = this.#patience + ((answer.bytes ?? 0) / bytesPerSecond) * second;
    try {
      return await this.#within(time, command(this.#client));
    } catch (error) {
      if (error instanceof SourceOutage) throw error;
      const cause = isUnreadable(this.#fault) ? this.#fault : error;
      if (answer.ofOneMail === true && isUnreadable(cause)) {
        throw new Error(unreadableWords(this.server, what), { cause: error });
      }
      throw commandTrouble(this.server, what, cause);
    }
  }

  /** Selects a folder, where it is not selected already; undefined where it is there no more. */
  async select(path: string): Promise<MailboxObject | undefined> {
    if (this.#open?.path === path && this.#client.usable) return this.#open.mailbox;
    this.#open = undefined;
    const mailbox = await this.run(`opening folder "${path}"`, async (client) => {
      try {
        return await client.mailboxOpen(path, { readOnly: this.#readOnly });
      } catch (error) {
        if (error instanceof Error && Reflect.get(error, "mailboxMissing") === true)
          return undefined;
        throw error;
      }
    });
    if (mailbox !== undefined) this.#open = { path, mailbox };
    return mailbox;
  }

  /** Names the numbers that the mails of a folder have. */
  numbering(uidValidity: bigint): string {
    return numberingOf(this.server, uidValidity);
  }

  /** Whether an answer that is no IMAP, or beyond all bounds, has ended the connection. */
  get brokeOff(): boolean {
    return isUnreadable(this.#fault);
  }

  /** Whether the connection is still there: the library takes a lost one for a refusal where it changes something. */
  get isThere(): boolean {
    return this.#client.usable;
  }

  async end(): Promise<void> {
    try {
      await this.#within(leaving, this.#client.logout());
    } catch {
      // Whoever leaves need not hear an answer.
    } finally {
      this.#client.close();
    }
  }

  async #within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        const { mailbox, host } = this.server;
        reject(
          new SourceOutage(
            `The server of mailbox "${mailbox}" (${host}) did not come to an end within ` +
              `${Math.round(milliseconds / second)} seconds.`,
          ),
        );
        this.#client.close();
      }, milliseconds);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
      // Where the time ran out first, nobody else listens to it.
      work.catch(() => undefined);
    }
  }
}

function optionsOf(server: Server, patience: number): ImapFlowOptions {
  const { security } = server;
  return {
    host: server.host,
    port: server.port,
    secure: security === "tls",
    // Else a server that offers no STARTTLS would be sent the password in clear text.
    ...(security === "tls" ? {} : { doSTARTTLS: security === "starttls" }),
    tls: {
      rejectUnauthorized: !server.unverified,
      ...(server.ca === undefined ? {} : { ca: server.ca }),
    },
    logger: false,
    emitLogs: false,
    disableAutoIdle: true,
    disableCompression: true,
    disableIMAP4rev2: true,
    clientInfo: { name: "mcrules" },
    connectionTimeout: patience / 2,
    greetingTimeout: patience / 2,
    socketTimeout: patience * 2,
    maxLineLength: longestLine,
    maxLiteralSize: defaultLimits.bytes + 64 * 1024,
    maxResponseSize: defaultLimits.bytes + 2 * longestLine,
  };
}

/** How to log in where a mechanism was taken away; undefined: the library's choice. Throws where none is left. */
function methodLeft(server: Server): string | undefined {
  const plain = server.without.has("PLAIN");
  const login = server.without.has("LOGIN");
  if (plain && login) {
    throw new SourceOutage(
      `Mailbox "${server.mailbox}" takes away both PLAIN and LOGIN by parameter ` +
        `"DISABLE_AUTHENTICATOR": no way is left to log in with a password.`,
    );
  }
  if (plain) return "LOGIN";
  return login ? "AUTH=PLAIN" : undefined;
}
