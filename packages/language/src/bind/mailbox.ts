import { report } from "../diagnostics/report.ts";
import type { Line } from "../shape/shape.ts";
import { placeOf } from "../paths.ts";
import type { Span } from "../span.ts";
import type {
  Afterwards,
  Login,
  MailboxDeclaration,
  Placed,
  Security,
  Smtp,
} from "../tree/index.ts";
import { declarations } from "../vocabulary/declarations.ts";
import {
  duplicatesPhrases,
  findWords,
  mailboxSettings,
  protocols,
  statusWords,
  switchWords,
} from "../vocabulary/mailbox.ts";
import { isAddress, namedAddress } from "./address.ts";
import {
  contradiction,
  takeHost,
  takeLogin,
  takeSecurity,
  takeSmtp,
  warnOfWeakSecurity,
  type Host,
} from "./connection.ts";
import type { BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { takeFolder, takeFolders } from "./folders.ts";
import { readHead, takeBlock } from "./head.ts";
import {
  takeAfterwards,
  takeApply,
  takeParameter,
  takeScan,
  takeSince,
  type Parameter,
} from "./mailboxSettings.ts";
import { bindSettings, type SettingEntry } from "./settings.ts";
import { Slot } from "./slot.ts";
import { takeOneOf, takeText, takeTexts } from "./values.ts";
import { replacement } from "./suggestions.ts";

/** Binds `mailbox NAME { … }`; defaults are filled in. */
export function bindMailbox(line: Line, context: BindContext): MailboxDeclaration {
  const head = readHead(line, context, "mailbox");
  const { name } = head.declared;
  const block = takeBlock(head, context);

  const server = new Slot<Host>();
  const files = new Slot<string>();
  const protocol = new Slot<Placed<(typeof protocols)[number]>>();
  const security = new Slot<Security>();
  const login = new Slot<Login>();
  const parameters: Parameter[] = [];
  const parameterSpan = new Slot<true>();
  const pec = new Slot<(typeof switchWords)[number]>();
  const through = new Slot<readonly Placed<string>[]>();
  const trusts = new Slot<readonly Placed<string>[]>();
  const status = new Slot<(typeof statusWords)[number]>();
  const folders = new Slot<NonNullable<MailboxDeclaration["folders"]>>();
  const find = new Slot<(typeof findWords)[number]>();
  const since = new Slot<MailboxDeclaration["since"]>();
  const after = new Slot<Afterwards>();
  const unmatched = new Slot<MailboxDeclaration["unmatched"]>();
  const spamFolder = new Slot<string>();
  const duplicates = new Slot<(typeof duplicatesPhrases)[number]>();
  const scan = new Slot<MailboxDeclaration["scan"]>();
  const smtp = new Slot<Smtp>();
  const addresses = new Slot<MailboxDeclaration["addresses"]>();
  const apply = new Slot<MailboxDeclaration["apply"]>();

  const word =
    <W extends string>(slot: Slot<W>, words: readonly W[]) =>
    (cursor: Cursor, entry: SettingEntry) =>
      slot.set(entry.span, takeOneOf(cursor, context, entry, words)?.value);
  const texts = (slot: Slot<readonly Placed<string>[]>) => (cursor: Cursor, entry: SettingEntry) =>
    slot.set(entry.span, takeTexts(cursor, context, entry));

  let understood = false;
  if (block !== undefined) {
    understood = bindSettings(block, context, declarations.mailbox.one, mailboxSettings, {
      server: (cursor, entry) => server.set(entry.span, takeHost(cursor, context, entry)),
      files: (cursor, entry) => files.set(entry.span, takePath(cursor, context, entry)),
      protocol: (cursor, entry) =>
        protocol.set(entry.span, takeOneOf(cursor, context, entry, protocols)),
      security: (cursor, entry) => security.set(entry.span, takeSecurity(cursor, context, entry)),
      login: (cursor, entry) => login.set(entry.span, takeLogin(cursor, context, entry)),
      parameter: (cursor, entry) => {
        parameterSpan.set(entry.span, true);
        const parameter = takeParameter(cursor, context, entry);
        if (parameter !== undefined) parameters.push(parameter);
      },
      pec: word(pec, switchWords),
      through: texts(through),
      trusts: texts(trusts),
      status: word(status, statusWords),
      folders: (cursor, entry) => folders.set(entry.span, takeFolders(cursor, context, entry)),
      find: word(find, findWords),
      since: (cursor, entry) => since.set(entry.span, takeSince(cursor, context, entry)),
      after: (cursor, entry) => after.set(entry.span, takeAfterwards(cursor, context, entry)),
      unmatched: (cursor, entry) => {
        const from = cursor.index;
        const value = takeAfterwards(cursor, context, entry);
        if (value?.kind === "delete") {
          const instead = 'move to "Unmatched"';
          const fixes = [replacement(`Write ${instead}`, cursor.spanFrom(from), instead)];
          context.add(report("MC2137", entry.span, {}, { fixes }));
        } else unmatched.set(entry.span, value);
      },
      "spam-folder": (cursor, entry) =>
        spamFolder.set(entry.span, takeFolder(cursor, context, entry)),
      duplicates: word(duplicates, duplicatesPhrases),
      scan: (cursor, entry) => scan.set(entry.span, takeScan(cursor, context, entry)),
      smtp: (cursor, entry) => smtp.set(entry.span, takeSmtp(cursor, context, entry)),
      address: (cursor, entry) => {
        const written = takeTexts(cursor, context, entry, "an address, or a list of addresses");
        const bound = (written ?? []).map((text) => namedAddress(text, context));
        addresses.set(
          entry.span,
          bound.filter((one) => one !== undefined),
        );
      },
      apply: (cursor, entry) => apply.set(entry.span, takeApply(cursor, context, entry)),
    });
  }

  const source = (): MailboxDeclaration["source"] => {
    const { span } = server;
    const place = files.span;
    if (place !== undefined) {
      for (const [setting, at] of [
        ["server", span],
        ["protocol", protocol.span],
        ["security", security.span],
        ["login", login.span],
        ["parameter", parameterSpan.span],
      ] as const) {
        if (at === undefined) continue;
        contradiction(context, { value: "files", span: place }, { value: setting, span: at });
        // Once server and files are told apart, the rest goes with one of them.
        if (setting === "server") break;
      }
      return files.value === undefined
        ? undefined
        : { kind: "files", span: place, path: files.value };
    }
    if (span === undefined) {
      if (understood) context.add(report("MC2130", name.span, { name: name.value }));
      return undefined;
    }
    if (understood && !login.given) context.add(report("MC2140", name.span, { name: name.value }));
    const host = server.value;
    if (host === undefined) return undefined;
    warnOfWeakSecurity(security.value, host.host.value, context);
    const direct = security.value === undefined || security.value.kind === "tls";
    return {
      kind: "server",
      span,
      host: host.host.value,
      port: host.port?.value ?? (direct ? 993 : 143),
      protocol: spokenProtocol(protocol.value, context),
      security: security.value,
      login: login.value,
      parameters,
    };
  };

  const bound = source();
  const ofFiles = bound?.kind === "files";
  const ownLogin = login.value;
  return {
    kind: "mailbox",
    ...head.declared,
    source: bound,
    pec: pec.value === "on",
    through: (through.value ?? []).map(({ value }) => value),
    trusts: (trusts.value ?? []).map(({ value }) => value),
    enabled: status.value !== "disabled",
    folders: folders.value ?? (ofFiles ? undefined : defaultFolders(name.span)),
    find: find.value ?? "all",
    since: since.value ?? { kind: ofFiles ? "beginning" : "now" },
    after: after.value ?? { kind: "nothing" },
    unmatched: unmatched.value ?? { kind: "nothing" },
    spamFolder: spamFolder.value,
    duplicates: duplicates.value ?? "per mailbox",
    scan: scan.value ?? { kind: "manually" },
    smtp:
      smtp.value === undefined ? undefined : { ...smtp.value, login: smtp.value.login ?? ownLogin },
    addresses: addresses.value ?? addressOf(ownLogin),
    apply: apply.value ?? [],
  };
}

function takePath(cursor: Cursor, context: BindContext, entry: SettingEntry): string | undefined {
  const path = takeText(cursor, context, entry, "the path of a folder or file");
  // Mail may be put there later, and by somebody else: the folder need not be there now.
  return path === undefined ? undefined : placeOf(context.file, path.value);
}

function spokenProtocol(
  protocol: Placed<(typeof protocols)[number]> | undefined,
  context: BindContext,
): "imap4" | "imap2" {
  if (protocol?.value === "pop3") {
    const fixes = [replacement(`Write ${protocols[0]}`, protocol.span, protocols[0])];
    context.add(report("MC2132", protocol.span, {}, { fixes }));
  }
  if (protocol?.value !== "imap2") return "imap4";
  const instead = protocols[0];
  context.add(
    report(
      "MC2133",
      protocol.span,
      {},
      {
        fixes: [{ title: `Write ${instead}`, edits: [{ span: protocol.span, text: instead }] }],
      },
    ),
  );
  return "imap2";
}

function defaultFolders(span: Span): NonNullable<MailboxDeclaration["folders"]> {
  return { names: [{ value: "INBOX", span }], except: [] };
}

/** A mailbox without an address of its own has that of its login, where the login is one. */
function addressOf(login: Login | undefined): MailboxDeclaration["addresses"] {
  if (login === undefined || !isAddress(login.user.value)) return [];
  return [{ span: login.user.span, name: "", address: login.user.value.toLowerCase() }];
}
