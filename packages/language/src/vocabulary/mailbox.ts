import type { TailRow, WordRow } from "./words.ts";

/** The settings of `mailbox`. */
export const mailboxSettings = {
  server: {
    form: 'server "HOST" port N',
    doc: "The IMAP server. Without a port: 993, or 143 where security is starttls or none.",
    example: 'server "imap.example.it"',
  },
  files: {
    form: 'files "PATH"',
    doc: "Instead of a server: a folder of .eml files, a Maildir, or an mbox file.",
    example: 'files "mail"',
  },
  protocol: {
    form: "protocol imap4",
    doc: "What the server speaks. imap2 is accepted and spoken as IMAP4rev1.",
    example: "protocol imap4",
    default: "imap4",
  },
  security: {
    form: 'security tls, starttls or none, then unverified or ca "FILE"',
    doc: "How the connection is protected, and by which authority's certificate.",
    example: 'security starttls ca "ca.pem"',
    default: "tls",
  },
  login: {
    form: 'login "USER" password SECRET, or login "USER" oauth2 { … }',
    doc: "Who reads the mailbox, and by which secret.",
    example: 'login "info@example.it" password env("SUPPORT_PASSWORD")',
  },
  parameter: {
    form: 'parameter "NAME" "VALUE"',
    doc: "An advanced parameter of the connection.",
    example: 'parameter "DISABLE_AUTHENTICATOR" "PLAIN"',
    repeatable: true,
  },
  pec: {
    form: "pec on or pec off",
    doc: "Certified mail: the message is the original inside postacert.eml.",
    example: "pec on",
    default: "off",
  },
  through: {
    form: 'through ["…"]',
    doc: "Ids or domains of our own mailing lists and redirects; they make no mail automatic or bulk.",
    example: 'through "support.lists.example.it"',
  },
  trusts: {
    form: 'trusts "…"',
    doc: "The authserv-id of the server whose Authentication-Results count.",
    example: 'trusts "mx.example.it"',
  },
  status: {
    form: "status enabled or status disabled",
    doc: "A disabled mailbox is checked and never scanned.",
    example: "status disabled",
    default: "enabled",
  },
  folders: {
    form: 'folders ["…"] except ["…"]',
    doc: "The folders to read, by the names that people read; * as in IMAP LIST.",
    example: 'folders ["INBOX", "Requests/*"] except "Requests/Old"',
    default: '"INBOX"; all of them with files',
  },
  find: {
    form: "find all or find unread",
    doc: "Which of the mails that arrived since the last scan are taken.",
    example: "find unread",
    default: "all",
  },
  since: {
    form: "since now, since beginning, or since DATE",
    doc: "Where the very first scan begins.",
    example: "since 2026-01-01",
    default: "now; beginning with files",
  },
  after: {
    form: 'after nothing, mark read, move to "FOLDER", or delete',
    doc: "What becomes of a mail that a rule acted on.",
    example: "after mark read",
    default: "nothing",
  },
  unmatched: {
    form: 'unmatched nothing, mark read, or move to "FOLDER"',
    doc: "What becomes of a mail that no rule acted on.",
    example: 'unmatched move to "To be looked at"',
    default: "nothing",
  },
  "spam-folder": {
    form: 'spam-folder "FOLDER"',
    doc: "Where a mail goes whose ticket is marked as spam, or whose sender is blocked.",
    example: 'spam-folder "Junk"',
  },
  duplicates: {
    form: "duplicates per mailbox or duplicates per project",
    doc: "Within what the same mail is the same mail.",
    example: "duplicates per project",
    default: "per mailbox",
  },
  scan: {
    form: 'scan manually, every DURATION, cron "…", or on arrival',
    doc: "When the mailbox is scanned.",
    example: "scan every 5 minutes",
    default: "manually",
  },
  smtp: {
    form: 'smtp "HOST" port N { security … login … }',
    doc: "The server for mail in the mailbox's name. Without a login: the mailbox's own.",
    example: 'smtp "smtp.example.it"',
  },
  address: {
    form: 'address "NAME <USER@HOST>", or a list',
    doc: "The sender of mail in the mailbox's name; all of several count as ours.",
    example: 'address "Support <info@example.it>"',
    default: "the login, where that is an address",
  },
  apply: {
    form: "apply NAME, NAME",
    doc: "The sets of rules that a mail meets, in this order.",
    example: "apply incoming",
  },
} as const satisfies Record<string, WordRow>;

export type MailboxSetting = keyof typeof mailboxSettings;

/** Settings that speak of a server and contradict `files`. */
export const serverSettings = [
  "server",
  "protocol",
  "security",
  "login",
  "parameter",
] as const satisfies readonly MailboxSetting[];

export const protocols = ["imap4", "imap2", "pop3"] as const;
export const securityKinds = ["tls", "starttls", "none"] as const;
export const switchWords = ["off", "on"] as const;
export const statusWords = ["enabled", "disabled"] as const;
export const findWords = ["all", "unread"] as const;
export const sinceWords = ["now", "beginning"] as const;
export const afterwardsPhrases = ["nothing", "mark read", "move to", "delete"] as const;
export const duplicatesPhrases = ["per mailbox", "per project"] as const;
export const scanPhrases = ["manually", "every", "cron", "on arrival"] as const;
export const unverifiedWord = "unverified";
export const authorityWord = "ca";
export const exceptWord = "except";
export const portWord = "port";
export const loginKinds = ["password", "oauth2"] as const;

/** What continues a setting of a mailbox, of smtp or of an agent on its line. */
export const settingTails = {
  port: { of: ["server", "smtp"], form: "port N", doc: "Another port than the usual one." },
  password: { of: ["login"], form: "password SECRET", doc: "Logs in with a password." },
  oauth2: { of: ["login"], form: "oauth2 { … }", doc: "Logs in with an OAuth 2 token." },
  unverified: {
    of: ["security"],
    form: "unverified",
    doc: "Takes any certificate, whoever made it.",
  },
  ca: { of: ["security"], form: 'ca "FILE"', doc: "The authority that made the certificate." },
  except: { of: ["folders"], form: 'except ["…"]', doc: "Folders to leave out." },
} as const satisfies Record<string, TailRow>;

/** The settings in the block of `smtp`. */
export const smtpSettings = {
  security: mailboxSettings.security,
  login: mailboxSettings.login,
} as const satisfies Record<string, WordRow>;

export type SmtpSetting = keyof typeof smtpSettings;

/** The settings in the block of `oauth2`. */
export const oauthSettings = {
  provider: {
    form: "provider office365 or provider google",
    doc: "Whose addresses and scopes are used.",
    example: "provider office365",
  },
  "token-endpoint": {
    form: 'token-endpoint "https://…"',
    doc: "Where a token is fetched, of another provider.",
    example: 'token-endpoint "https://login.example.it/token"',
  },
  scope: {
    form: 'scope "…"',
    doc: "What the token is asked for, of another provider.",
    example: 'scope "imap smtp"',
  },
  tenant: {
    form: 'tenant "…"',
    doc: "The directory, of office365.",
    example: 'tenant "example.onmicrosoft.com"',
  },
  client: { form: 'client "…"', doc: "The application's id.", example: 'client "0f1e"' },
  secret: {
    form: "secret SECRET",
    doc: "The application's secret.",
    example: 'secret env("OAUTH_SECRET")',
  },
  refresh: {
    form: "refresh SECRET",
    doc: "The refresh token.",
    example: 'refresh file("refresh-token")',
  },
} as const satisfies Record<string, WordRow>;

export type OauthSetting = keyof typeof oauthSettings;
export const oauthProviders = ["office365", "google"] as const;

/** Where a secret is found. */
export const secretSources = {
  env: { form: 'env("NAME")', doc: "A variable of the environment.", example: 'env("PASSWORD")' },
  file: {
    form: 'file("PATH")',
    doc: "The content of a file, without the last line end.",
    example: 'file("secrets/password")',
  },
} as const satisfies Record<string, WordRow>;

export type SecretWord = keyof typeof secretSources;

/** The connection parameters, by name, with what they may be; undefined: any text. */
export const connectionParameters = {
  DISABLE_AUTHENTICATOR: {
    form: 'parameter "DISABLE_AUTHENTICATOR" "MECHANISM"',
    doc: "Takes a mechanism away from those that the login may use.",
    example: 'parameter "DISABLE_AUTHENTICATOR" "PLAIN"',
    values: ["PLAIN", "LOGIN", "CRAM-MD5", "NTLM", "GSSAPI", "XOAUTH2", "OAUTHBEARER"],
  },
} as const satisfies Record<string, WordRow & { readonly values: readonly string[] }>;

export type ConnectionParameter = keyof typeof connectionParameters;
