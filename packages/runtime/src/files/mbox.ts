import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { basename } from "node:path";
import { SourceOutage } from "@mcrules/handling";
import { StoreError } from "@mcrules/helpdesk";
import { defaultLimits, readHeaders } from "@mcrules/mail";
import type { ListedMail, Listing, MailSource, Selection } from "../source.ts";
import { readStretch, receivedOf } from "./fileMail.ts";
import type { MboxMessage } from "./mboxMessages.ts";
import { mboxMessages } from "./mboxMessages.ts";
import { inOrder } from "./order.ts";
import { fileReason } from "./trouble.ts";

/** An mbox file: all its messages are in INBOX, and nothing can be done to them. */
export function openMbox(path: string): MailSource {
  return {
    kind: "an mbox file",
    folders: () => Promise.resolve(["INBOX"]),
    messages: async () => {
      let messages = 0;
      await eachMessage(path, () => {
        messages += 1;
        return Promise.resolve(true);
      });
      return messages;
    },
    list: (selection) => list(path, selection),
    carryOut: () => Promise.resolve({ kind: "no place" }),
    close: () => Promise.resolve(),
  };
}

async function list(path: string, selection: Selection): Promise<Listing> {
  const mails: ListedMail[] = [];
  let known = 0;
  if (!selection.folders.includes("INBOX")) return { mails, known, notices: [] };
  await eachMessage(path, async (message, fileTime) => {
    // An mbox moves its messages about; what a message holds tells it again wherever it lies.
    const place = `${basename(path)}#${message.hash.slice(0, 32)}`;
    if (await selection.known("INBOX", place)) {
      known += 1;
      return selection.signal?.aborted !== true;
    }
    const received = receivedOf(message.head, fileTime);
    const wanted =
      (selection.since === undefined || received >= selection.since) &&
      !(selection.unreadOnly && wasRead(message.head));
    if (wanted) {
      const { start, length } = message;
      const read = async () => unquote(await readStretch(path, start, length));
      mails.push({
        path: `${path}:${message.number}`,
        place,
        arrival: { mailbox: selection.mailbox, folder: "INBOX", received, size: length },
        header: read,
        whole: read,
      });
    }
    return selection.signal?.aborted !== true;
  });
  return { mails: inOrder(mails), known, notices: [] };
}

async function eachMessage(
  path: string,
  look: (message: MboxMessage, fileTime: number) => Promise<boolean>,
): Promise<void> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, "r");
    const { mtimeMs } = await file.stat();
    for await (const message of mboxMessages(file, defaultLimits.headerBytes)) {
      if (!(await look(message, mtimeMs))) return;
    }
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new SourceOutage(`The file ${path} cannot be read: ${fileReason(error)}.`, {
      cause: error,
    });
  } finally {
    await file?.close();
  }
}

/** Mail programs write `Status: R` into the mbox where a mail was read. */
function wasRead(head: Buffer): boolean {
  const { fields } = readHeaders(head, { pec: false, through: [], trusts: [] });
  return fields.some(({ name, value }) => name.toLowerCase() === "status" && value.includes("R"));
}

/** `>From ` at the beginning of a line was `From ` before the mail came into the file. */
function unquote(bytes: Buffer): Buffer {
  if (bytes.indexOf(">From ") < 0) return bytes;
  return Buffer.from(bytes.toString("latin1").replace(/^>(>*From )/gm, "$1"), "latin1");
}
