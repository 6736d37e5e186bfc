export * from "./handling.ts";
export { handleMail } from "./handleMail.ts";
export { foreseesBody } from "./foreseeing.ts";
export { decideAssuming, drive, explainMail } from "./deciding.ts";
export { mailFromBytes, receivedAt } from "./mailInHand.ts";
export { mailboxNamed, readingOf, sendersOf } from "./mailbox.ts";
export { MailGone, messageOf, SourceOutage } from "./outage.ts";
export { wholeDecision } from "./retrace.ts";
export type { StoredDecision } from "./storedTrace.ts";
export { isMailEffect, readStoredDecision } from "./storedTrace.ts";
export type { OutgoingAttachment, OutgoingMail } from "./processes/outgoingMail.ts";
export { readOutgoingMail } from "./processes/outgoingMail.ts";
export type { OutgoingCall } from "./processes/call.ts";
export type { OpenedTicket, PersonActed } from "./person/acts.ts";
export {
  changeTicket,
  closeTicket,
  commentTicket,
  NoSuchTicket,
  openTicket,
  reopenTicket,
} from "./person/acts.ts";
export type { Reply } from "./person/reply.ts";
export { CannotReply, replyTicket } from "./person/reply.ts";
export type { MarkedSpam } from "./person/spam.ts";
export { markSpam, unmarkSpam } from "./person/spam.ts";
export { isoWithOffset, zoneOffset } from "./moment.ts";
