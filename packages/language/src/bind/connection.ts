import { report } from "../diagnostics/report.ts";
import type { Block } from "../shape/shape.ts";
import { placeOf } from "../paths.ts";
import type { Span } from "../span.ts";
import type { Login, Placed, SecretSource, Security, Smtp } from "../tree/index.ts";
import {
  authorityWord,
  loginKinds,
  oauthProviders,
  oauthSettings,
  portWord,
  securityKinds,
  smtpSettings,
  unverifiedWord,
  type OauthSetting,
} from "../vocabulary/mailbox.ts";
import type { BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { fileProblem } from "./files.ts";
import { takeSecret } from "./secret.ts";
import { bindSettings, type SettingEntry } from "./settings.ts";
import { Slot } from "./slot.ts";
import { oneOf, takeNumber, takeOneOf, takeText, wrongValue } from "./values.ts";
import { quoted, replacement } from "./suggestions.ts";

/** A host's name, and the port behind it. */
export interface Host {
  readonly host: Placed<string>;
  readonly port: Placed<number> | undefined;
}

/** `"imap.example.it"`, optional `port 993`. */
export function takeHost(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): Host | undefined {
  const host = takeText(cursor, context, entry, "the name of a host");
  const port = takePort(cursor, context, entry);
  if (host === undefined) return undefined;
  const bracketed = /^\[[0-9A-Fa-f:.]+\]$/.test(host.value);
  const address = /^[0-9A-Fa-f]*:[0-9A-Fa-f:.]+$/.test(host.value) && !/^\w+:\d+$/.test(host.value);
  if (!bracketed && !address && !/^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*\.?$/u.test(host.value)) {
    const [, bare, digits] =
      /^(?:\w+:\/\/)?([\w-]+(?:\.[\w-]+)*)(?::(\d{1,5}))?\/?$/.exec(host.value) ?? [];
    const tail = digits === undefined || port !== undefined ? "" : ` ${portWord} ${digits}`;
    const meant = bare === undefined ? undefined : `${quoted(bare)}${tail}`;
    const fixes = meant === undefined ? [] : [replacement(`Write ${meant}`, host.span, meant)];
    context.add(report("MC2120", host.span, { text: host.value }, { fixes }));
    return undefined;
  }
  return { host, port };
}

function takePort(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): Placed<number> | undefined {
  if (cursor.takePhrase(portWord) === undefined) return undefined;
  const number = takeNumber(cursor, context, entry, `a number behind ${portWord}`);
  if (number === undefined) return undefined;
  if (Number.isInteger(number.value) && number.value >= 1 && number.value <= 65_535) {
    return { value: number.value, span: number.span };
  }
  context.add(report("MC2121", number.span, { number: number.raw }));
  return undefined;
}

/** `tls`, `starttls` or `none`, then `unverified` or `ca "file.pem"`. */
export function takeSecurity(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): Security | undefined {
  const from = cursor.index;
  const kind = takeOneOf(cursor, context, entry, securityKinds);
  if (kind === undefined) return undefined;
  const unverified = cursor.takePhrase(unverifiedWord);
  const authority = cursor.takePhrase(authorityWord);
  const ca =
    authority === undefined ? undefined : takeText(cursor, context, entry, "the path of a file");
  const late = unverified === undefined ? cursor.takePhrase(unverifiedWord) : undefined;
  const tail = unverified ?? late ?? authority;
  if (kind.value === "none" && tail !== undefined) {
    const word = unverified === undefined && late === undefined ? authorityWord : unverifiedWord;
    contradiction(context, kind, { value: word, span: tail });
  }
  const check = unverified ?? late;
  if (check !== undefined && authority !== undefined) {
    contradiction(
      context,
      { value: unverifiedWord, span: check },
      { value: authorityWord, span: authority },
    );
  }
  return {
    span: cursor.spanFrom(from),
    kind: kind.value,
    // Told above: what contradicts the authority is not warned of once more.
    unverified: check !== undefined && authority === undefined,
    ca: ca === undefined ? undefined : certificate(ca, context),
  };
}

/** The path of a certificate; one of the project has to be there, another belongs to the machine. */
function certificate(path: Placed<string>, context: BindContext): Placed<string> {
  const file = context.names.resolve(path.value);
  if ("kind" in file && file.kind !== "outside") context.add(fileProblem(file, path));
  return { value: placeOf(context.file, path.value), span: path.span };
}

/** Says that two settings cannot hold together; the later one is at fault. */
export function contradiction(
  context: BindContext,
  one: Placed<string>,
  other: Placed<string>,
): void {
  const [first, second] = one.span.start <= other.span.start ? [one, other] : [other, one];
  context.add(
    report(
      "MC2131",
      second.span,
      { first: first.value, second: second.value },
      { related: [{ span: first.span, message: `"${first.value}" stands here` }] },
    ),
  );
}

/** `"user" password SECRET` or `"user" oauth2 { … }`. */
export function takeLogin(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): Login | undefined {
  const from = cursor.index;
  const user = takeText(cursor, context, entry, "the name of the user");
  const kind = cursor.takeOneOf(loginKinds);
  if (kind === undefined) {
    // What could not be read as a user took the rest of the line with it.
    if (user !== undefined) wrongValue(cursor, context, entry, oneOf(loginKinds));
    return undefined;
  }
  if (kind.phrase === "password") {
    const secret = takeSecret(cursor, context, entry);
    if (user === undefined || secret === undefined) return undefined;
    return { span: cursor.spanFrom(from), user, by: { kind: "password", secret } };
  }
  const block = cursor.takeKind("block");
  if (block === undefined) return wrongValue(cursor, context, entry, "a block behind oauth2");
  const by = bindOauth(block, kind.span, context);
  if (user === undefined || by === undefined) return undefined;
  return { span: cursor.spanFrom(from), user, by };
}

function bindOauth(block: Block, span: Span, context: BindContext): Login["by"] | undefined {
  const provider = new Slot<(typeof oauthProviders)[number]>();
  const tokenEndpoint = new Slot<string>();
  const scope = new Slot<string>();
  const tenant = new Slot<string>();
  const client = new Slot<string>();
  const secret = new Slot<SecretSource>();
  const refresh = new Slot<SecretSource>();
  const text = (slot: Slot<string>) => (cursor: Cursor, entry: SettingEntry) =>
    slot.set(entry.span, takeText(cursor, context, entry)?.value);
  const source = (slot: Slot<SecretSource>) => (cursor: Cursor, entry: SettingEntry) =>
    slot.set(entry.span, takeSecret(cursor, context, entry));
  const understood = bindSettings(block, context, "oauth2", oauthSettings, {
    provider: (cursor, entry) =>
      provider.set(entry.span, takeOneOf(cursor, context, entry, oauthProviders)?.value),
    "token-endpoint": text(tokenEndpoint),
    scope: text(scope),
    tenant: text(tenant),
    client: text(client),
    secret: source(secret),
    refresh: source(refresh),
  });
  const lacks = (missing: OauthSetting, other?: OauthSetting): void => {
    if (!understood) return;
    const forms = [missing, ...(other === undefined ? [] : [other])];
    context.add(
      report("MC2142", span, {
        missing: forms.join(" or "),
        form: oneOf(forms.map((word) => oauthSettings[word].form)),
      }),
    );
  };
  const endpoint = tokenEndpoint.span;
  if (provider.span !== undefined && endpoint !== undefined) {
    contradiction(
      context,
      { value: "provider", span: provider.span },
      { value: "token-endpoint", span: endpoint },
    );
  } else if (!provider.given && endpoint === undefined) lacks("provider", "token-endpoint");
  else if (endpoint !== undefined && !scope.given) lacks("scope");
  if (!client.given) lacks("client");
  if (!secret.given && !refresh.given) lacks("refresh", "secret");
  if (endpoint !== undefined && tokenEndpoint.value !== undefined) {
    if (!/^https:\/\/[^\s/]+/.test(tokenEndpoint.value)) {
      const { form } = oauthSettings["token-endpoint"];
      const expected = "an address that begins with https://";
      const found = `"${tokenEndpoint.value}"`;
      context.add(report("MC2103", endpoint, { word: "token-endpoint", expected, found, form }));
    }
  }
  return {
    kind: "oauth2",
    span,
    provider: provider.value,
    tokenEndpoint: tokenEndpoint.value,
    scope: scope.value,
    tenant: tenant.value,
    client: client.value,
    secret: secret.value,
    refresh: refresh.value,
  };
}

/** `"host"`, optional `port N`, optional `{ security … login … }`. */
export function takeSmtp(
  cursor: Cursor,
  context: BindContext,
  entry: SettingEntry,
): Smtp | undefined {
  const from = cursor.index;
  const host = takeHost(cursor, context, entry);
  const block = cursor.takeKind("block");
  const { item } = cursor;
  if (block === undefined && item?.kind === "word" && Object.hasOwn(smtpSettings, item.text)) {
    // It would be read as the mailbox's own setting, silently.
    wrongValue(cursor, context, entry, "its settings in braces");
  }
  const security = new Slot<Security>();
  const login = new Slot<Login>();
  if (block !== undefined) {
    bindSettings(block, context, "smtp", smtpSettings, {
      security: (inside, setting) =>
        security.set(setting.span, takeSecurity(inside, context, setting)),
      login: (inside, setting) => login.set(setting.span, takeLogin(inside, context, setting)),
    });
  }
  if (host === undefined) return undefined;
  warnOfWeakSecurity(security.value, host.host.value, context);
  return {
    span: cursor.spanFrom(from),
    host: host.host,
    port: host.port,
    security: security.value,
    login: login.value,
  };
}

/** Warns of connections that others on the way could read, or pretend to be the end of. */
export function warnOfWeakSecurity(
  security: Security | undefined,
  host: string,
  context: BindContext,
): void {
  if (security === undefined) return;
  if (security.kind === "none" && !isLoopback(host)) {
    context.add(report("MC2134", security.span, { host }));
  } else if (security.unverified && security.kind !== "none") {
    context.add(report("MC2135", security.span, { host }));
  }
}

function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    /^127(\.\d{1,3}){3}$/.test(name) ||
    /^\[?::1\]?$/.test(name)
  );
}
