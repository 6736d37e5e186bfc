import { stripTags } from "./stripTags.ts";

/** So much of each text is compared; it is more than anybody reads. */
const compared = 200_000;

/** A script without blanks between words is compared by its characters; of the others a word of one letter says nothing. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}]{2,}/gu;

/** What stands in a plain text for what HTML shows without words: links, addresses, images. */
const unspoken =
  /(?:https?:\/\/|mailto:|cid:|www\.)[^\s<>"')\]]*|<[^<>\s@]*@[^<>\s@]*>|\[(?:image|cid)[^[\]\n]{0,200}\]/giu;

/** A short text that sends the reader to the HTML says so in words that are the same in most languages. */
const stub = /html|browser|mime|https?:\/\/|www\./iu;
const longestStub = 60;

/** So much of the words of the shorter one, and more, the other one has too. */
const shared = 0.5;

function wordsOf(text: string): ReadonlySet<string> {
  const spoken = text.slice(0, compared).replace(unspoken, " ").normalize("NFKC").toLowerCase();
  return new Set(spoken.match(word) ?? []);
}

/**
 * Whether a mail's plain text and its HTML say different things: less than half of the words of the shorter one
 * are in the other. That one of them says more is no difference (what it adds is not asked), nor is a text that
 * only says that there is HTML. Linear in both.
 */
export function sayDifferent(plain: string, html: string): boolean {
  const told = wordsOf(plain);
  if (told.size === 0) return false;
  const shown = wordsOf(stripTags(html));
  if (shown.size === 0) return false;
  if (told.size <= longestStub && told.size < shown.size && stub.test(plain)) return false;
  const [fewer, more] = told.size <= shown.size ? [told, shown] : [shown, told];
  let common = 0;
  for (const one of fewer) if (more.has(one)) common += 1;
  return common < fewer.size * shared;
}
