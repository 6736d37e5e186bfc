import { decodeEncodedWords, encodedWordAt } from "./encodedWords.ts";
import type { Address } from "./mail.ts";
import { normaliseWhiteSpace } from "./whiteSpace.ts";

/** A piece of one mailbox, in the order of the text. */
type Piece =
  | { readonly kind: "word"; readonly text: string; readonly spaced: boolean }
  | { readonly kind: "quoted"; readonly text: string; readonly spaced: boolean }
  | { readonly kind: "comment"; readonly text: string; readonly spaced: boolean }
  | { readonly kind: "angle"; readonly text: string; readonly spaced: boolean };

export interface AddressList {
  readonly addresses: readonly Address[];
  /** True where the list was longer than the bound. */
  readonly cut: boolean;
}

/**
 * Reads an address list (RFC 5322 3.4 with its obsolete forms) from an unfolded, undecoded header
 * value. Groups are flattened. What breaks the grammar gives what can be told: the last `<…>`, else
 * the one word with an `@`. What has no `@` with something on both sides is left out.
 */
export function parseAddressList(text: string, limit: number): AddressList {
  const addresses: Address[] = [];
  let cut = false;
  scanMailboxes(text, (pieces) => {
    const address = readMailbox(pieces);
    if (address === undefined) return true;
    cut = addresses.length >= limit;
    if (!cut) addresses.push(address);
    return !cut;
  });
  return { addresses, cut };
}

/** The first address of a text such as `Anna <anna@example.it>`; undefined where there is none. */
export function parseAddress(text: string): Address | undefined {
  return parseAddressList(text, 1).addresses[0];
}

/** `Anna <anna@example.it>`, quoted where the name needs it; parts line ends from both. */
export function formatAddress(person: { readonly name: string; readonly address: string }): string {
  const name = normaliseWhiteSpace(person.name);
  const address = normaliseWhiteSpace(person.address);
  if (name === "") return address;
  const plain = /^[^\u0000-\u001f"(),.:;<>@[\\\]]+$/.test(name);
  return `${plain ? name : `"${name.replace(/["\\]/g, "\\$&")}"`} <${address}>`;
}

/**
 * Cuts a list into mailboxes and hands each to `take`, which says whether to go on. A quote or
 * parenthesis that never closes is an ordinary character; after the first such one no further
 * search is made, so that the time stays linear.
 */
function scanMailboxes(text: string, take: (pieces: readonly Piece[]) => boolean): void {
  let pieces: Piece[] = [];
  let word = "";
  let spaced = false;
  let wordSpaced = false;
  let quotesClose = true;
  let parenthesesClose = true;
  let anglesClose = true;

  const endWord = () => {
    if (word !== "") pieces.push({ kind: "word", text: word, spaced: wordSpaced });
    word = "";
  };
  const addPiece = (kind: "quoted" | "comment" | "angle", piece: string) => {
    endWord();
    pieces.push({ kind, text: piece, spaced });
    spaced = false;
  };
  const addToWord = (part: string) => {
    if (word === "") wordSpaced = spaced;
    word += part;
    spaced = false;
  };

  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    switch (char) {
      case " ":
      case "\t":
      case "\r":
      case "\n":
        endWord();
        spaced = true;
        at += 1;
        continue;
      case '"': {
        const end = quotesClose ? endOfQuoted(text, at) : -1;
        if (end === -1) {
          quotesClose = false;
          break;
        }
        addPiece("quoted", text.slice(at + 1, end));
        at = end + 1;
        continue;
      }
      case "(": {
        const end = parenthesesClose ? endOfComment(text, at) : -1;
        if (end === -1) {
          parenthesesClose = false;
          break;
        }
        addPiece("comment", text.slice(at + 1, end));
        at = end + 1;
        continue;
      }
      case "<": {
        const end = anglesClose ? endOfAngle(text, at) : -1;
        if (end === -1) {
          // Nothing closes it: what is left of this mailbox is all that can be meant.
          anglesClose = false;
          const comma = text.indexOf(",", at);
          const stop = comma === -1 ? text.length : comma;
          addPiece("angle", text.slice(at + 1, stop));
          at = stop;
          continue;
        }
        addPiece("angle", text.slice(at + 1, end));
        at = end + 1;
        continue;
      }
      case ",":
      case ";":
        endWord();
        if (pieces.length > 0 && !take(pieces)) return;
        pieces = [];
        spaced = false;
        at += 1;
        continue;
      case ":":
        // What stands before it is a group's name, however deep groups are nested.
        word = "";
        pieces = [];
        spaced = false;
        at += 1;
        continue;
      case "[": {
        // A domain literal holds colons where it is IPv6.
        const end = word.endsWith("@") ? text.indexOf("]", at) : -1;
        if (end === -1 || end - at > 100) break;
        addToWord(text.slice(at, end + 1));
        at = end + 1;
        continue;
      }
      case "=": {
        const encoded = encodedWordAt(text, at);
        if (encoded === undefined) break;
        addToWord(text.slice(at, encoded.end));
        at = encoded.end;
        continue;
      }
      default:
        break;
    }
    addToWord(char);
    at += 1;
  }
  endWord();
  if (pieces.length > 0) take(pieces);
}

function endOfQuoted(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === 0x5c) at += 1;
    else if (char === 0x22) return at;
  }
  return -1;
}

function endOfComment(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === 0x5c) at += 1;
    else if (char === 0x28) depth += 1;
    else if (char === 0x29) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

/** The `>` that closes an angle address; a quoted local part may hold one of its own. */
function endOfAngle(text: string, start: number): number {
  let quoted = false;
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (quoted && char === 0x5c) at += 1;
    else if (char === 0x22) quoted = !quoted;
    else if (char === 0x3e && !quoted) return at;
  }
  return quoted ? text.indexOf(">", start) : -1;
}

function readMailbox(pieces: readonly Piece[]): Address | undefined {
  const angle = pieces.findLast((piece) => piece.kind === "angle");
  if (angle !== undefined) {
    const inAngle = readAngle(angle.text);
    const name = () => displayName(pieces.filter((piece) => piece !== angle));
    const address = inAngle === undefined ? undefined : withAddress(inAngle, name);
    if (address !== undefined) return address;
  }
  const bare = pieces.filter((piece) => piece.kind !== "comment" && piece.kind !== "angle");
  const only = onlyWithAt(bare) ?? wholeAddressInQuotes(bare);
  if (only === undefined) return undefined;
  const used = new Set(only);
  return withAddress(joinAddress(only), () =>
    displayName(pieces.filter((piece) => !used.has(piece))),
  );
}

/** The one run of touching words that holds an `@`; undefined where there are none or several. */
function onlyWithAt(pieces: readonly Piece[]): readonly Piece[] | undefined {
  const [only, second] = joinObsolete(pieces).filter((run) =>
    run.some((piece) => piece.kind === "word" && piece.text.includes("@")),
  );
  return second === undefined ? only : undefined;
}

/** `"anna@example.it"` with nothing beside it can mean only the address. */
function wholeAddressInQuotes(pieces: readonly Piece[]): readonly Piece[] | undefined {
  const [first, second] = pieces;
  if (first?.kind !== "quoted" || second !== undefined) return undefined;
  return /^[^\s"(),:;<>@[\\\]]+@[^\s"(),:;<>@\\]+$/.test(first.text)
    ? [{ kind: "word", text: first.text, spaced: false }]
    : undefined;
}

/** What stands between `<` and `>`, without an obsolete route and without comments. */
function readAngle(text: string): string | undefined {
  const inner = text.lastIndexOf("<");
  let source = inner === -1 || text.includes('"') ? text : text.slice(inner + 1);
  if (/^\s*@/.test(source)) {
    const route = source.indexOf(":");
    if (route !== -1) source = source.slice(route + 1);
  }
  let found: string | undefined;
  let mailboxes = 0;
  scanMailboxes(source, (pieces) => {
    mailboxes += 1;
    const only = onlyWithAt(pieces.filter((piece) => piece.kind !== "comment"));
    found = only === undefined ? undefined : joinAddress(only);
    return mailboxes === 1;
  });
  return mailboxes === 1 ? found : undefined;
}

/** Joins pieces that touch, and those that only obsolete white space around `.` and `@` parts. */
function joinObsolete(pieces: readonly Piece[]): Piece[][] {
  const runs: Piece[][] = [];
  for (const piece of pieces) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const joins =
      last !== undefined &&
      (!piece.spaced ||
        (piece.kind === "word" && /^[.@]/.test(piece.text)) ||
        (last.kind === "word" && /[.@]$/.test(last.text) && piece.kind === "word"));
    if (run !== undefined && joins) run.push(piece);
    else runs.push([piece]);
  }
  return runs;
}

/** The addr-spec of a run of words; a quoted part keeps its quotes where it needs them. */
function joinAddress(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) =>
      piece.kind === "quoted" && !/^[^\s"(),:;<>@[\\\]]+$/.test(piece.text)
        ? `"${piece.text}"`
        : piece.text,
    )
    .join("");
}

function withAddress(address: string, name: () => string): Address | undefined {
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  const written = address.slice(at + 1);
  // "[mailto:anna@example.it]" leaves the bracket that closes it; only a literal begins with one.
  const domain = written.startsWith("[") ? written : written.replace(/\]+$/, "");
  if (at < 1 || domain === "") return undefined;
  // Control characters and white space are no part of any address (a quoted local part may hold spaces).
  if (/[\p{Cc}\u2028\u2029]/u.test(address) || /[\s"(),;<>\\]/.test(domain)) return undefined;
  if (!local.startsWith('"') && /[\s"(),;<>\\]/.test(local)) return undefined;
  return { name: name(), address: `${local}@${domain}`, local, domain };
}

/** The words and quoted texts, decoded; where there are none, the last comment. */
function displayName(pieces: readonly Piece[]): string {
  let text = "";
  let comment = "";
  for (const piece of pieces) {
    switch (piece.kind) {
      case "word":
        if (piece.text === ">") break;
        text += (piece.spaced ? " " : "") + piece.text;
        break;
      case "quoted":
        text += (piece.spaced ? " " : "") + unescape(piece.text);
        break;
      case "comment":
        comment = unescape(piece.text);
        break;
      case "angle":
        break;
      default: {
        const never: never = piece;
        return never;
      }
    }
  }
  const name = normaliseWhiteSpace(decodeEncodedWords(text));
  return name === "" ? normaliseWhiteSpace(decodeEncodedWords(comment)) : name;
}

function unescape(text: string): string {
  return text.includes("\\") ? text.replace(/\\(.)/gs, "$1") : text;
}
