import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { domainToASCII } from "node:url";
import type { ProgramMailbox } from "@mcrules/compiler";
import { SourceOutage } from "@mcrules/handling";
import { fileReason } from "../files/trouble.ts";
import type { SecretPlace } from "../secret.ts";

type ServerSource = Extract<NonNullable<ProgramMailbox["settings"]["source"]>, { kind: "server" }>;

/** A server, and how it is spoken to. No secret is in it. */
export interface Server {
  readonly mailbox: string;
  readonly host: string;
  readonly port: number;
  readonly security: "tls" | "starttls" | "none";
  readonly unverified: boolean;
  /** The authority's certificate, PEM. */
  readonly ca: string | undefined;
  readonly user: string;
  readonly password: SecretPlace;
  /** Mechanisms that the login may not use. */
  readonly without: ReadonlySet<string>;
}

/** What a mailbox's settings say of its server. Throws SourceOutage where nobody can log in with them. */
export function serverOf(root: string, mailbox: ProgramMailbox, source: ServerSource): Server {
  const { name } = mailbox;
  const { login, security } = source;
  if (login === undefined) {
    throw new SourceOutage(
      `Mailbox "${name}" says nothing about its login: login "USER" password env("NAME").`,
    );
  }
  if (login.by.kind === "oauth2") {
    throw new SourceOutage(
      `Mailbox "${name}" logs in with oauth2: not yet possible in this version. ` +
        `A password is: login "${login.user.value}" password env("NAME").`,
    );
  }
  const without = new Set(
    source.parameters
      .filter((parameter) => parameter.name.toUpperCase() === "DISABLE_AUTHENTICATOR")
      .map((parameter) => parameter.value.toUpperCase()),
  );
  return {
    mailbox: name,
    host: hostOf(source.host),
    port: source.port,
    security: security?.kind ?? "tls",
    unverified: security?.unverified ?? false,
    ca: security?.ca === undefined ? undefined : authority(root, security.ca.value, name),
    user: login.user.value,
    password: login.by.secret,
    without,
  };
}

function hostOf(written: string): string {
  if (written.startsWith("[")) return written.slice(1, -1);
  if (written.includes(":")) return written;
  return domainToASCII(written) || written;
}

function authority(root: string, path: string, mailbox: string): string {
  let text: string;
  try {
    text = readFileSync(isAbsolute(path) ? path : join(root, path), "utf8");
  } catch (error) {
    throw new SourceOutage(
      `The certificate ${path} of mailbox "${mailbox}" (security … ca) cannot be read: ${fileReason(error)}.`,
      { cause: error },
    );
  }
  if (!isCertificate(text)) {
    throw new SourceOutage(
      `The file ${path} of mailbox "${mailbox}" (security … ca) holds no certificate in PEM form.`,
    );
  }
  return text;
}

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).raw.length > 0;
  } catch {
    return false;
  }
}
