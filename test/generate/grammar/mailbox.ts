import {
  afterwardsPhrases,
  authorityWord,
  duplicatesPhrases,
  exceptWord,
  findWords,
  loginKinds,
  oauthProviders,
  portWord,
  protocols,
  scanPhrases,
  securityKinds,
  sinceWords,
  statusWords,
  switchWords,
  unverifiedWord,
  type MailboxSetting,
  type OauthSetting,
} from "../../../packages/language/src/index.ts";
import {
  block,
  choice,
  entries,
  optional,
  part,
  separated,
  sequence,
  token,
  type Chapter,
  type Piece,
} from "./rule.ts";

const text = token("TEXT");
const texts = part("texts");
const port = optional(portWord, token("NUMBER"));
const [password, oauth2] = loginKinds;
const [manually, every, cron, onArrival] = scanPhrases;
const [nothing, markRead, moveTo, remove] = afterwardsPhrases;
const spoken = protocols.filter((one) => one !== "pop3");

const tails: Readonly<Record<MailboxSetting, readonly Piece[]>> = {
  server: [text, port],
  files: [text],
  protocol: [choice(...spoken)],
  security: [part("security")],
  login: [part("login")],
  parameter: [text, text],
  pec: [choice(...switchWords)],
  through: [texts],
  trusts: [text],
  status: [choice(...statusWords)],
  folders: [texts, optional(exceptWord, texts)],
  find: [choice(...findWords)],
  since: [choice(...sinceWords, part("when"))],
  after: [choice(nothing, markRead, sequence(moveTo, text), remove)],
  unmatched: [choice(nothing, markRead, sequence(moveTo, text))],
  "spam-folder": [text],
  duplicates: [choice(...duplicatesPhrases)],
  scan: [choice(manually, sequence(every, part("duration")), sequence(cron, text), onArrival)],
  smtp: [part("outgoing server")],
  address: [texts],
  apply: [separated(token("NAME"), ",")],
};

const oauthTails: Readonly<Record<OauthSetting, readonly Piece[]>> = {
  provider: [choice(...oauthProviders)],
  "token-endpoint": [text],
  scope: [text],
  tenant: [text],
  client: [text],
  secret: [part("secret")],
  refresh: [part("secret")],
};

export const mailbox: Chapter = {
  title: "Mailbox",
  parts: {
    "mailbox setting": entries(tails),
    security: sequence(
      choice(...securityKinds),
      optional(choice(unverifiedWord, sequence(authorityWord, text))),
    ),
    login: sequence(
      text,
      choice(sequence(password, part("secret")), sequence(oauth2, block(part("oauth2 setting")))),
    ),
    "outgoing server": sequence(text, port, optional(block(part("smtp setting")))),
    "smtp setting": entries({ security: [part("security")], login: [part("login")] }),
    "oauth2 setting": entries(oauthTails),
  },
};
