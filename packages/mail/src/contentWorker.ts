import { parentPort } from "node:worker_threads";
import { type ContentData, readContentData } from "./content.ts";
import type { Attachment, MailLimits, Reading } from "./mail.ts";

/** What the worker is asked to read. */
export interface ReadRequest {
  readonly bytes: Uint8Array;
  readonly reading: Reading;
  readonly limits: MailLimits;
}

/** What it answers; `ready` once at its start. */
export type ReadAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "read"; readonly data: ContentData }
  | { readonly kind: "failed"; readonly message: string };

const port = parentPort;
if (port !== null) {
  port.on("message", ({ bytes, reading, limits }: ReadRequest) => {
    let answer: ReadAnswer;
    const moved: ArrayBuffer[] = [];
    try {
      const data = readContentData(bytes, reading, limits);
      // A view would take the whole mail along with it, once for each attachment.
      const own = (content: Uint8Array): Uint8Array => {
        const copy = new Uint8Array(content);
        moved.push(copy.buffer);
        return copy;
      };
      const owned = (list: readonly Attachment[]) =>
        list.map((one) => ({ ...one, content: own(one.content) }));
      answer = {
        kind: "read",
        data: {
          ...data,
          enclosed: data.enclosed === undefined ? undefined : own(data.enclosed),
          attachments: owned(data.attachments),
          inlineImages: owned(data.inlineImages),
        },
      };
    } catch (error) {
      answer = { kind: "failed", message: error instanceof Error ? error.message : String(error) };
    }
    port.postMessage(answer, moved);
  });
  port.postMessage({ kind: "ready" } satisfies ReadAnswer);
}
