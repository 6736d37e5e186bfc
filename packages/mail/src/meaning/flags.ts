import type { BounceReport, HeaderField, MailFlag, Reading } from "../mail.ts";
import type { HeaderView, PartView } from "../parts.ts";
import { cmsKind } from "../cms.ts";
import { bounceFromHeaders } from "./bounce.ts";
import { type ContentType, contentType } from "./contentType.ts";
import { fieldsNamed, firstField, leadingWord } from "./fields.ts";
import { hasForwardPrefix, hasReplyPrefix } from "./subject.ts";
import { type Passage, passage } from "./through.ts";

function words(fields: readonly HeaderField[], name: string): readonly string[] {
  return fieldsNamed(fields, name).map((field) => leadingWord(field.raw));
}

function isListed(fields: readonly HeaderField[]): boolean {
  return words(fields, "Precedence").some((word) => ["bulk", "junk", "list"].includes(word));
}

/** Written by a program, by what the header says; a bounce is asked for elsewhere. */
function isMarkedAutomatic(fields: readonly HeaderField[], passed: Passage): boolean {
  const said = (name: string): boolean => words(fields, name).some((word) => word !== "no");
  return (
    said("Auto-Submitted") ||
    said("X-Autoreply") ||
    said("X-Autorespond") ||
    words(fields, "Precedence").some((word) => ["auto_reply", "auto-reply"].includes(word)) ||
    (!passed.list && isListed(fields)) ||
    (!passed.returnPath && hasNullReturnPath(fields))
  );
}

function hasNullReturnPath(fields: readonly HeaderField[]): boolean {
  const topmost = firstField(fields, "Return-Path");
  return topmost !== undefined && /^\s*<\s*>\s*$/u.test(topmost.raw);
}

function isBulk(fields: readonly HeaderField[], passed: Passage): boolean {
  if (passed.list) return false;
  return (
    firstField(fields, "List-Id") !== undefined ||
    firstField(fields, "List-Unsubscribe") !== undefined ||
    isListed(fields)
  );
}

function isSpam(fields: readonly HeaderField[]): boolean {
  const said = (name: string): boolean => words(fields, name).some((word) => word === "yes");
  if (said("X-Spam-Flag") || said("X-Spam") || said("X-Spam-Status")) return true;
  const levels = [
    ...fieldsNamed(fields, "X-MS-Exchange-Organization-SCL").map((field) => field.raw),
    ...fieldsNamed(fields, "X-Microsoft-Antispam-SCL").map((field) => field.raw),
    ...fieldsNamed(fields, "X-Forefront-Antispam-Report").map(
      (field) => /(?:^|;)\s*SCL\s*:\s*(-?\d{1,3})/iu.exec(field.raw.slice(0, 4000))?.[1] ?? "",
    ),
  ];
  return levels.some((level) => /^\s*\d{1,3}\s*$/u.test(level) && Number(level) >= 5);
}

/** What a part's type says of a signature or of encryption; undefined where it says nothing. */
function protectionOf(
  type: string | undefined,
  parameter: (name: string) => string | undefined,
  name: string | undefined,
): "signed" | "encrypted" | undefined {
  switch (type) {
    case "multipart/signed":
    case "application/pgp-signature":
      return "signed";
    case "multipart/encrypted":
    case "application/pgp-encrypted":
      return "encrypted";
    case "application/pkcs7-mime":
    case "application/x-pkcs7-mime": {
      // Without the parameter its content tells.
      const kind = parameter("smime-type")?.toLowerCase();
      if (kind === "signed-data" || kind === "certs-only") return "signed";
      return kind === "enveloped-data" || kind === "authenveloped-data" ? "encrypted" : undefined;
    }
    case "application/pkcs7-signature":
    case "application/x-pkcs7-signature":
      return name?.toLowerCase().endsWith(".p7m") === true ? undefined : "signed";
    default:
      return undefined;
  }
}

function isReply({ fields, subject }: HeaderView): boolean {
  return (
    firstField(fields, "In-Reply-To") !== undefined ||
    firstField(fields, "References") !== undefined ||
    hasReplyPrefix(subject)
  );
}

/** Only these hold an attached mail. */
function mayHoldMail(type: ContentType): boolean {
  return type.type !== undefined && /^(?:multipart|message)\//u.test(type.type);
}

/** Neither text for inline PGP nor parts that are signed or encrypted on their own. */
function holdsNoProtection(type: ContentType): boolean {
  return (
    type.type !== undefined && !/^(?:text|multipart)\//u.test(type.type) && !mayBeCms(type.type)
  );
}

/** Types whose content alone tells whether it is a signed or an encrypted mail. */
function mayBeCms(type: string): boolean {
  return (
    type === "application/pkcs7-mime" ||
    type === "application/x-pkcs7-mime" ||
    type === "application/octet-stream"
  );
}

/** What a part is by its type, else by its content; one that was opened says so by its type. */
function protectionOfPart(part: PartView): "signed" | "encrypted" | undefined {
  const told = protectionOf(part.type, (name) => part.parameters[name], part.name);
  if (told !== undefined || !mayBeCms(part.type)) return told;
  const name = part.name?.toLowerCase();
  const isMail =
    name === "smime.p7m" || (name === undefined && part.type !== "application/octet-stream");
  const isMessage = isMail || part.type !== "application/octet-stream";
  const kind = isMessage ? cmsKind(part.content) : undefined;
  // Under another name it is a signed document.
  if (kind === "signed") return isMail ? "signed" : undefined;
  return kind === "encrypted" ? "encrypted" : undefined;
}

/**
 * What the header alone tells of a mail; a flag is undefined where only the content can tell.
 * `reading.through` names the lists and redirects whose marks do not count.
 */
export function headerFlags(
  headers: HeaderView,
  reading: Reading,
): Readonly<Record<MailFlag, boolean | undefined>> {
  const { fields } = headers;
  const passed = passage(fields, reading.through);
  const type = contentType(fields);
  const bounce = bounceFromHeaders(headers);
  const protection = protectionOf(type.type, type.parameter, type.parameter("name"));
  const inText = holdsNoProtection(type) ? false : undefined;
  const answers = firstField(fields, "In-Reply-To") !== undefined;
  return {
    automatic: isMarkedAutomatic(fields, passed) || bounce,
    bounce,
    bulk: isBulk(fields, passed),
    reply: isReply(headers),
    forward:
      hasForwardPrefix(headers.subject) || (!answers && mayHoldMail(type) ? undefined : false),
    signed: protection === undefined ? inText : protection === "signed",
    // What is signed may hold what is encrypted.
    encrypted: protection === undefined ? inText : protection === "encrypted" ? true : undefined,
    spam: isSpam(fields),
  };
}

/**
 * Every flag, settled by the content where the header alone did not. Takes the reading of the same
 * mail: its parts, its body and what `readBounce` found.
 */
export function contentFlags(
  headers: HeaderView,
  parts: readonly PartView[],
  body: string,
  bounce: BounceReport | undefined,
  reading: Reading,
): Readonly<Record<MailFlag, boolean>> {
  const told = headerFlags(headers, reading);
  const isBounce = told.bounce ?? bounce !== undefined;
  const protections = new Set(parts.map(protectionOfPart));
  const attachedMail = parts.some(
    (part) => part.type === "message/rfc822" || part.type === "message/global",
  );
  return {
    automatic: told.automatic ?? isBounce,
    bounce: isBounce,
    bulk: told.bulk ?? false,
    reply: told.reply ?? false,
    forward: told.forward ?? attachedMail,
    signed: told.signed ?? (protections.has("signed") || hasArmour(body, "SIGNED MESSAGE")),
    encrypted: told.encrypted ?? (protections.has("encrypted") || hasArmour(body, "MESSAGE")),
    spam: told.spam ?? false,
  };
}

/** PGP without MIME: its first line begins a line of the text. */
function hasArmour(body: string, kind: string): boolean {
  const line = `-----BEGIN PGP ${kind}-----`;
  return body.startsWith(line) || body.includes(`\n${line}`);
}
