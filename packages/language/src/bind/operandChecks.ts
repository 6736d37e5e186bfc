import { report } from "../diagnostics/report.ts";
import type { Span } from "../span.ts";
import type { ListReference, Text } from "../tree/index.ts";
import type { BindContext } from "./context.ts";
import { checkPicklistWord, declaredAt, picklistOf } from "./picklists.ts";
import { literalOf } from "./plainText.ts";
import { didYouMean, quoted, replacement } from "./suggestions.ts";
import type { Tested } from "./tested.ts";

/** Looks at the texts of a test: what no value can hold, what no word is, what hits too much. */
export function checkTexts(texts: readonly Text[], context: BindContext, tested: Tested): boolean {
  const checked = texts.map((text) => checkText(text, texts, context, tested));
  if (checked.includes(false)) return false;
  warnOfWildcard(texts, context, tested);
  hintAtDomain(texts, context, tested);
  return true;
}

function checkText(
  text: Text,
  beside: readonly Text[],
  context: BindContext,
  tested: Tested,
): boolean {
  const literal = literalOf(text);
  if (literal === undefined) return true;
  const { operator, field } = tested;
  const kind = operator === "is" ? picklistOf(field.row.type) : undefined;
  if (kind !== undefined) return checkPicklistWord(literal, text.span, kind, context);
  if (operator === "is" && !checkOwnField(literal, text.span, context, tested)) return false;
  if (literal === "") {
    if (operator === "is") return true;
    context.add(report("MC1129", text.span, { operator }));
    return false;
  }
  return (
    checkDomain(literal, text.span, context, tested) &&
    checkAddress(literal, text.span, beside, context, tested) &&
    checkHoldable(literal, text.span, context, tested)
  );
}

/** An own field whose values are declared words takes no others. */
function checkOwnField(literal: string, span: Span, context: BindContext, tested: Tested): boolean {
  const { argument } = tested.field.use;
  if (tested.field.row.argument !== "own field" || argument === undefined) return true;
  const type = context.names.helpdesk.fields.get(argument);
  if (type?.kind !== "words" || literal === "" || type.words.includes(literal)) return true;
  const holes = {
    kind: `value of ${tested.field.written}:`,
    word: literal,
    known: `There is: ${type.words.map(quoted).join(", ")}.`,
  };
  const related = declaredAt(`field ${quoted(argument)}`, context);
  context.add(
    report("MC1131", span, holes, { ...didYouMean(literal, span, type.words, quoted), related }),
  );
  return false;
}

/** The domain of an address never holds an `@`. */
function checkDomain(literal: string, span: Span, context: BindContext, tested: Tested): boolean {
  if (tested.field.row.type !== "domain" || !literal.includes("@")) return true;
  const domain = literal.slice(literal.lastIndexOf("@") + 1);
  const fixes = domain === "" ? [] : [replacement(`Write ${quoted(domain)}`, span, quoted(domain))];
  const holes = {
    field: tested.field.written,
    what: "domains",
    value: literal,
    kind: "an address",
  };
  context.add(report("MC1205", span, holes, { fixes }));
  return false;
}

/** An address always holds an `@`; part of one may be a domain. */
function checkAddress(
  literal: string,
  span: Span,
  beside: readonly Text[],
  context: BindContext,
  tested: Tested,
): boolean {
  const { field, operator } = tested;
  if (field.row.type !== "address" || operator !== "is" || !isDomain(literal)) return true;
  const holes = { field: field.written, what: "addresses", value: literal, kind: "a domain" };
  const allDomains = beside.every((text) => isDomain(literalOf(text) ?? ""));
  const part = field.use.in === "mail" && allDomains ? `${field.use.name}.domain` : undefined;
  const fixes = part === undefined ? [] : [replacement(`Write ${part}`, field.use.span, part)];
  context.add(report("MC1205", span, holes, { fixes }));
  return false;
}

function isDomain(text: string): boolean {
  return /^(?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]+$/u.test(text);
}

/** Fields whose values are on one line, without two blanks together and without blanks at the ends. */
const squeezed: ReadonlySet<string> = new Set([
  "subject",
  "subject.base",
  "header",
  "header.value",
]);

/** Texts that no value of the field can hold, whatever mail comes. */
function checkHoldable(literal: string, span: Span, context: BindContext, tested: Tested): boolean {
  const reason = whyNever(literal, tested);
  if (reason === undefined) return true;
  const text = literal.replace(/\s+/gu, " ").trim();
  const plain = tested.field.row.type === "domain" ? text.replace(/^\.+|\.+$/gu, "") : text;
  const fixes =
    plain === "" || plain === literal || whyNever(plain, tested) !== undefined
      ? []
      : [replacement(`Write ${quoted(plain)}`, span, quoted(plain))];
  context.add(report("MC1130", span, { field: tested.field.written, reason }, { fixes }));
  return false;
}

function whyNever(literal: string, tested: Tested): string | undefined {
  const { operator, field } = tested;
  const { in: of, name } = field.use;
  if (!literal.isWellFormed()) return "half a character is no text";
  if (of === "ticket" || of === "sent mail" || of === "process") return undefined;
  if (field.row.type === "address" && /<.*@.*>/.test(literal)) {
    return "it is the bare address user@host; the display name is another field";
  }
  if (
    field.row.type === "domain" &&
    (operator === "is" || operator === underWord) &&
    /^\.|\.$/.test(literal)
  ) {
    return "a domain neither begins nor ends with a dot";
  }
  if (squeezed.has(name)) {
    if (/[^\P{White_Space} ]/u.test(literal) || /\p{Cc}/u.test(literal)) {
      return "it is one line, with plain blanks";
    }
    if (literal.includes("  ")) return "it never has two blanks together";
    const startsHere = operator === "is" || operator === "starts with";
    const endsHere = operator === "is" || operator === "ends with";
    if (startsHere && literal.startsWith(" ")) return "it never begins with a blank";
    if (endsHere && literal.endsWith(" ")) return "it never ends with a blank";
  }
  if ((name === "body" || name === "body.new") && literal.includes("\r")) {
    return "its lines end with LF alone";
  }
  return undefined;
}

/** `from is "*@aruba.it"` holds for no mail: an asterisk stands for itself. */
function warnOfWildcard(texts: readonly Text[], context: BindContext, tested: Tested): void {
  const { field, operator, operatorSpan } = tested;
  const { type } = field.row;
  if (type !== "address" && type !== "domain") return;
  const wild = texts.find((text) => literalOf(text)?.includes("*") === true);
  if (wild === undefined) return;
  const [, host] =
    /^\*(?:@|\.)((?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]+)$/u.exec(literalOf(wild) ?? "") ?? [];
  const domainField =
    type === "domain"
      ? field.written
      : field.use.in === "mail"
        ? `${field.use.name}.domain`
        : "domain";
  const word = type === "domain" ? underWord : "is";
  const fixes =
    host === undefined || texts.length > 1 || operator !== "is"
      ? []
      : [
          {
            title: `Write ${domainField} ${word} ${quoted(host)}`,
            edits: [
              { span: field.use.span, text: domainField },
              { span: operatorSpan, text: word },
              { span: wild.span, text: quoted(host) },
            ],
          },
        ];
  context.add(report("MC1132", wild.span, { field: field.written }, { fixes }));
}

/** `from contains "@aruba.it"` also hits `x@aruba.it.evil.com`. */
function hintAtDomain(texts: readonly Text[], context: BindContext, tested: Tested): void {
  const { field, operator, operatorSpan } = tested;
  if (operator !== "contains" || field.row.type !== "address") return;
  const inMail = field.use.in === "mail";
  if (!inMail && field.use.in !== "element") return;
  const domains = texts.map((text) => domainBehindAt(literalOf(text)));
  const [first] = texts;
  const last = texts[texts.length - 1];
  if (first === undefined || last === undefined) return;
  const known = domains.filter((domain) => domain !== undefined);
  if (known.length !== texts.length) return;
  const domainField = inMail ? `${field.use.name}.domain` : "domain";
  const [only = ""] = known;
  const meant = `${domainField} under ${known.length === 1 ? quoted(only) : `[${known.map(quoted).join(", ")}]`}`;
  const fixes = [
    {
      title: `Write ${meant}`,
      edits: [
        { span: field.use.span, text: domainField },
        { span: operatorSpan, text: underWord },
        ...texts.map((text, index) => ({ span: text.span, text: quoted(known[index] ?? "") })),
      ],
    },
  ];
  const span = { ...first.span, end: last.span.end };
  context.add(report("MC3101", span, { field: field.written, domain: only, meant }, { fixes }));
}

const underWord: Tested["operator"] = "under";

function domainBehindAt(literal: string | undefined): string | undefined {
  if (literal === undefined) return undefined;
  return /^@((?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]+)$/u.exec(literal)?.[1];
}

/** A list of addresses says nothing of a domain, and a list of domains nothing of an address. */
export function checkAddressesAgainst(
  reference: ListReference,
  context: BindContext,
  tested: Tested,
): boolean {
  const values = reference.list.values.map(({ value }) => value);
  if (values.length === 0) return true;
  const { type } = tested.field.row;
  const { operator, field } = tested;
  const addresses = values.every((value) => /.@./.test(value));
  const domains = values.every((value) => !value.includes("@") && /^[^\s@]+\.[^\s@]+$/.test(value));
  const holes = { field: field.written, value: reference.name };
  const related = [{ span: reference.list.name.span, message: "the list" }];
  if (type === "domain" && addresses) {
    const whole = field.use.in === "mail" ? field.use.name.replace(/\.domain$/, "") : undefined;
    const fixes =
      whole === undefined || operator !== "in"
        ? []
        : [replacement(`Write ${whole}`, field.use.span, whole)];
    context.add(
      report(
        "MC1205",
        reference.span,
        { ...holes, what: "domains", kind: "a list of addresses" },
        { related, fixes },
      ),
    );
    return false;
  }
  if (type === "address" && operator === "in" && domains) {
    const part = field.use.in === "mail" ? `${field.use.name}.domain` : undefined;
    const fixes = part === undefined ? [] : [replacement(`Write ${part}`, field.use.span, part)];
    context.add(
      report(
        "MC1205",
        reference.span,
        { ...holes, what: "addresses", kind: "a list of domains" },
        { related, fixes },
      ),
    );
    return false;
  }
  return true;
}
