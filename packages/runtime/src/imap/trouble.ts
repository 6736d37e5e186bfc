import { SourceOutage } from "@mcrules/handling";
import { codeOf } from "../files/trouble.ts";
import type { Server } from "./server.ts";

/** What certificates are refused for. */
const certificateFaults: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "nobody but the server itself vouches for it",
  SELF_SIGNED_CERT_IN_CHAIN: "it was made by an authority that is not known here",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "it was made by an authority that is not known here",
  UNABLE_TO_GET_ISSUER_CERT: "it was made by an authority that is not known here",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "it was made by an authority that is not known here",
  CERT_UNTRUSTED: "it was made by an authority that is not known here",
  CERT_HAS_EXPIRED: "it has expired",
  CERT_NOT_YET_VALID: "it is not valid yet",
  CERT_REVOKED: "it was revoked",
  CERT_SIGNATURE_FAILURE: "its signature is wrong",
  ERR_TLS_CERT_ALTNAME_INVALID: "it was made for another name",
  HOSTNAME_MISMATCH: "it was made for another name",
};

const noAnswer = new Set(["ETIMEDOUT", "CONNECT_TIMEOUT", "UPGRADE_TIMEOUT", "ETIMEOUT"]);
const tooMuch = new Set(["LiteralTooLarge", "LineTooLarge", "ResponseTooLarge", "TooManyTokens"]);

/** Why a server could not be reached or logged in to, in words that say what to do. */
export function connectTrouble(server: Server, error: unknown): SourceOutage {
  return new SourceOutage(connectWords(server, error));
}

function connectWords(server: Server, error: unknown): string {
  const { host, port, mailbox, security } = server;
  const where = `${host} port ${port}`;
  const at = `the server of mailbox "${mailbox}" (${where})`;
  const code = codeOf(error) ?? "";
  if (isRefusedLogin(error)) return loginWords(server, error);
  const fault = certificateFaults[code];
  if (fault !== undefined) {
    return (
      `The certificate of ${at} is not trusted: ${fault}. ` +
      `Name the authority that made it: security ${security} ca "FILE.pem". ` +
      `Only where nobody can stand in between: security ${security} unverified.`
    );
  }
  const message = error instanceof Error ? error.message : "";
  if (/STARTTLS/i.test(message) || code === "STARTTLS_INJECTION") {
    return (
      `The connection to ${at} cannot be protected: it offers no STARTTLS. Nothing was sent to it. ` +
      `Where it speaks TLS from the beginning: security tls.`
    );
  }
  if (/^(ERR_SSL_|EPROTO)/.test(code)) {
    return security === "tls"
      ? `On ${where} the server of mailbox "${mailbox}" does not speak TLS from the beginning. ` +
          `Where it begins in clear text (usually on port 143): security starttls.`
      : `The TLS of ${at} could not be agreed on: ${plain(message)}.`;
  }
  switch (code) {
    case "ECONNREFUSED":
      return `Nothing answers at ${at}: the connection was refused. Look at the host and the port.`;
    case "ENOTFOUND":
      return `There is no host ${host}, which mailbox "${mailbox}" names as its server.`;
    case "EAI_AGAIN":
      return `The name ${host} of the server of mailbox "${mailbox}" cannot be looked up at the moment.`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return `There is no way through the network to ${at}.`;
    case "GREETING_TIMEOUT":
      return security === "tls"
        ? `The server of mailbox "${mailbox}" was reached (${where}), but said nothing.`
        : `The server of mailbox "${mailbox}" was reached (${where}), but said nothing. ` +
            `Where it speaks TLS from the beginning (usually on port 993): security tls.`;
    default:
      if (noAnswer.has(code)) return `${capital(at)} does not answer.`;
      return `The connection to ${at} was lost while it was made${because(error)}.`;
  }
}

function isRefusedLogin(error: unknown): boolean {
  return (
    error instanceof Error &&
    (Reflect.get(error, "authenticationFailed") === true ||
      /unsupported authentication/i.test(error.message))
  );
}

function loginWords(server: Server, error: unknown): string {
  const { mailbox, user, security } = server;
  const refused = `the server refused the login of ${user} for mailbox ${mailbox}`;
  const code = error instanceof Error ? Reflect.get(error, "serverResponseCode") : undefined;
  const message = error instanceof Error ? error.message : "";
  if (/login is disabled/i.test(message) || code === "PRIVACYREQUIRED") {
    return security === "none"
      ? `${refused}: it takes no password over a connection that is not protected. Say: security starttls.`
      : `${refused}: it takes no password in any of the ways that are left.`;
  }
  if (/no matching authentication|unsupported authentication/i.test(message)) {
    return `${refused}: it offers no mechanism that is left after parameter "DISABLE_AUTHENTICATOR".`;
  }
  const response = error instanceof Error ? Reflect.get(error, "response") : undefined;
  if (typeof response === "string" && /authenticated but not connected/i.test(response)) {
    return `${refused}: it knows the user, but does not let it in at the moment.`;
  }
  switch (code) {
    case "UNAVAILABLE":
    case "INUSE":
    case "LIMIT":
      return `${refused}: it cannot look it up at the moment, or there are too many connections.`;
    case "EXPIRED":
      return `${refused}: the password has expired.`;
    case "CONTACTADMIN":
      return `${refused}: its administrator has to be asked.`;
    default:
      return `${refused}: wrong user name or password`;
  }
}

/** Why a command could not be done: the connection was lost, or the server refused it. */
export function commandTrouble(server: Server, what: string, error: unknown): SourceOutage {
  const at = `the server of mailbox "${server.mailbox}" (${server.host})`;
  const code = codeOf(error) ?? "";
  if (isUnreadable(error)) return new SourceOutage(unreadableWords(server, what));
  if (code === "ETHROTTLE") {
    return new SourceOutage(`${capital(at)} asks to be left alone for a while.`);
  }
  const status: unknown = error instanceof Error ? Reflect.get(error, "responseStatus") : undefined;
  if (status === "NO" || status === "BAD") {
    return new SourceOutage(`${capital(at)} refused ${what}${because(error)}.`);
  }
  return new SourceOutage(
    `The connection to ${at} was lost while ${what}. What was done stays done; the next scan goes on.`,
  );
}

/** An answer that is no IMAP, or beyond all bounds: the connection was ended because of it. */
export function isUnreadable(error: unknown): boolean {
  const code = codeOf(error) ?? "";
  return tooMuch.has(code) || code.startsWith("ParserError");
}

export function unreadableWords(server: Server, what: string): string {
  return (
    `The server of mailbox "${server.mailbox}" (${server.host}) answered with something that is no IMAP, or ` +
    `with more than a mail may have, while ${what}.`
  );
}

/** What a server says, within bounds and on one line. */
export function serverWords(error: unknown): string {
  const text: unknown = error instanceof Error ? Reflect.get(error, "responseText") : undefined;
  return typeof text === "string" ? plain(text) : "";
}

function because(error: unknown): string {
  const words = serverWords(error);
  return words === "" ? "" : `: "${words}"`;
}

function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()
    .slice(0, 200);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
