export { formatAddress, parseAddress } from "./addresses.ts";
export { decodeHeaderText } from "./encodedWords.ts";
export { readHeaders } from "./headers.ts";
export { identify } from "./identity.ts";
export { defaultLimits } from "./limits.ts";
export * from "./mail.ts";
export { type MailReaderOptions, openMailReader } from "./mailReader.ts";
export { readSignedMessageId, signMessageId } from "./meaning/messageId.ts";
export { subjectBase } from "./meaning/subject.ts";
