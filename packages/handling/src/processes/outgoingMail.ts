import type { Person } from "@mcrules/helpdesk";
import { isListOf, isRecord } from "../storedTrace.ts";

/** A mail as the outbox keeps it: all that is needed to build it, and no secret. */
export interface OutgoingMail {
  readonly format: 1;
  /** With its `<>`, signed; the same at each try. */
  readonly messageId: string;
  /** ISO 8601 with offset. */
  readonly date: string;
  readonly from: Person;
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly bcc: readonly Person[];
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly inReplyTo?: string;
  /** In the order of the header: the oldest first. */
  readonly references: readonly string[];
  /** Further headers, such as Auto-Submitted. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly attachments: readonly OutgoingAttachment[];
}

export type OutgoingAttachment =
  /** A stored content, by its SHA-256. */
  | {
      readonly kind: "document";
      readonly hash: string;
      readonly name: string;
      readonly type: string;
    }
  /** The raw mail with that content key, as message/rfc822. */
  | { readonly kind: "original"; readonly contentKey: string; readonly name: string };

/** Reads the payload of an outbox entry of kind `mail`. Undefined where it is none. */
export function readOutgoingMail(payload: string): OutgoingMail | undefined {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return undefined;
  }
  return isOutgoingMail(value) ? value : undefined;
}

function isOutgoingMail(value: unknown): value is OutgoingMail {
  return (
    isRecord(value) &&
    value["format"] === 1 &&
    isText(value["messageId"]) &&
    isText(value["date"]) &&
    isPerson(value["from"]) &&
    isListOf(value["to"], isPerson) &&
    isListOf(value["cc"], isPerson) &&
    isListOf(value["bcc"], isPerson) &&
    isText(value["subject"]) &&
    isText(value["text"]) &&
    (value["html"] === undefined || isText(value["html"])) &&
    (value["inReplyTo"] === undefined || isText(value["inReplyTo"])) &&
    isListOf(value["references"], isText) &&
    isListOf(value["headers"], isHeader) &&
    isListOf(value["attachments"], isAttachment)
  );
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isPerson(value: unknown): value is Person {
  return isRecord(value) && isText(value["address"]) && isText(value["name"]);
}

function isHeader(value: unknown): value is { readonly name: string; readonly value: string } {
  return isRecord(value) && isText(value["name"]) && isText(value["value"]);
}

function isAttachment(value: unknown): value is OutgoingAttachment {
  if (!isRecord(value) || !isText(value["name"])) return false;
  return value["kind"] === "document"
    ? isText(value["hash"]) && isText(value["type"])
    : value["kind"] === "original" && isText(value["contentKey"]);
}
