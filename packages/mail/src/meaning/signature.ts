/** Where a signature begins: `-- `, or the line that a mail program adds by itself. */

// Each is what such a line begins with, or in the last rows, what it holds as a whole.
const mailPrograms: readonly RegExp[] = [
  /^sent (?:from|via|with|using|by) (?:my|a|an|the|mail|mailbox|windows|yahoo|outlook|mobile|airmail|samsung|galaxy|iphone|ipad|aol|gmail|proton|spark|newton|nine|hey|superhuman|front|postbox|boxer|bluemail|k-9|edison|canary|mutt|thunderbird|sparrow|email|tutanota|surface|huawei|xiaomi|nokia|blackberry|android|ios|cloudmagic|polymail|mailspring|fairemail|typeapp|jolla|sony|lg|htc|motorola|verizon|at&t|t-mobile|apple|\[|<)/iu,
  /^from my \p{L}/iu,
  /^sent on (?:the )?(?:go|the move|my|a )/iu,
  /^get outlook for /iu,
  /^get (?:bluemail|the new aol|typeapp|boomerang)/iu,
  /^typed with (?:my )?thumbs/iu,
  /^enviado (?:desde|do|de|a partir d[oe]|via|pelo|con|com|mediante) (?:mi|meu|minha|el|o|yahoo|outlook|correo|mail|\p{Lu}|\[)/iu,
  /^obtener outlook para /iu,
  /^obter o outlook para /iu,
  /^envoyé (?:depuis|de|à partir de|avec|par) (?:mon|ma|l'|yahoo|outlook|mail|un|\p{Lu}|\[)/iu,
  /^(?:télécharger|obtenir|obtenez) outlook pour /iu,
  /^inviato (?:da|dal|dalla|con|tramite) (?:il mio|mio|mia|mail|yahoo|outlook|iphone|ipad|\p{Lu}|\[)/iu,
  /^scarica outlook per /iu,
  /^ottieni outlook per /iu,
  /^(?:gesendet|verschickt|gesandt) (?:von|mit|via|über|vom|aus) (?:mein|meiner|meinem|mail|outlook|iphone|ipad|yahoo|der|unterwegs|\p{Lu}|\[)/iu,
  /^von mein\p{L}* .{0,40}gesendet/iu,
  /^von unterwegs gesendet/iu,
  /^diese nachricht wurde von mein.{0,80}gesendet/iu,
  /^(?:holen sie sich|outlook für) outlook/iu,
  /^verzonden (?:vanaf|vanuit|met|van|via) (?:mijn|een|mail|outlook|\p{Lu}|\[)/iu,
  /^verstuurd (?:vanaf|vanuit|met|van|via) (?:mijn|een|mail|outlook|\p{Lu})/iu,
  /^(?:download|get) outlook voor /iu,
  /^outlook voor (?:ios|android)/iu,
  /^(?:skickat|skickades) från (?:min|mitt|outlook|\p{Lu})/iu,
  /^hämta outlook för /iu,
  /^(?:sendt|send|sent) fra (?:min|mit|mitt|outlook|\p{Lu})/iu,
  /^hent outlook (?:til|for) /iu,
  /^lähetetty (?:\p{L}+(?:sta|stä|lta|ltä|ni)|laitteesta)/iu,
  /^hanki outlook /iu,
  /^wysłan[eo] z (?:mojego|telefonu|iphone|outlook|\p{Lu})/iu,
  /^pobierz (?:aplikację )?outlook/iu,
  /^odesláno z (?:mého|iphone|ipadu|outlook|\p{Lu})/iu,
  /^odoslané z (?:môjho|iphone|outlook|\p{Lu})/iu,
  /^(?:отправлено|послано) (?:с|из|от) (?:моего|iphone|ipad|мобильно|outlook|яндекс|\p{Lu})/iu,
  /^надіслано з (?:мого|iphone|outlook|\p{Lu})/iu,
  /^(?:iphone|ipad|telefon|android)['’]?\p{L}* gönderildi/iu,
  /^küldve a(?:z)? .{0,40}(?:iphone|ipad|telefon)/iu,
  /^trimis de pe /iu,
  /^στάλθηκε από το /iu,
  /^(?:从|從)我的.{0,30}(?:发送|發送|傳送|寄出)/u,
  /^发自我的/u,
  /^發自我的/u,
  /^(?:iphone|ipad|androidスマートフォン|.{0,20})から送信/iu,
  /^나의 .{0,30}에서 보냄/u,
  /^내 .{0,30}에서 보냄/u,
  /^được gửi từ /iu,
  /^dikirim dari /iu,
  /^נשלח מה/u,
  /^أُ?رسلت من/u,
  /^\S+ (?:from|via) mobile$/iu,
];

// A person's sentence that only begins like one.
const sentence =
  /\s(?:is|are|was|were|will|has|have|did|does|because|since|when|but|ist|war|è|est|es)\s/iu;
const longestLine = 160;

/** Whether a line is one that a mail program adds by itself ("Sent from my iPhone"). */
export function isMailProgramLine(line: string): boolean {
  if (line.length > longestLine * 2) return false;
  const text = line
    .replace(/<(?:https?|mailto):[^\s>]*>/gu, "")
    .replace(/\]\((?:https?|mailto):[^\s)]*\)/gu, "]")
    .replace(/^[\s<(*_[\-–—]+/u, (start) => (start.includes("[") ? "[" : ""))
    .trim();
  if (text.length < 6 || text.length > longestLine) return false;
  if (sentence.test(text)) return false;
  const bare = text.replace(/^\[/u, "");
  return mailPrograms.some((program) => program.test(bare));
}

/** `-- ` (RFC 3676, section 4.3); many programs lose the space at its end. */
export function isSignatureMark(line: string): boolean {
  return /^--\s?$/u.test(line) || /^--[\s\u200B\u00A0]{1,3}$/u.test(line);
}

/** The footer of a mailing list: a rule of underscores, and lines that lead to the list. */
export function isListFooter(lines: readonly string[], start: number): boolean {
  if (!/^_{20,80}\s*$/u.test(lines[start] ?? "")) return false;
  const rest = lines.slice(start + 1, start + 5);
  return rest.some((line) =>
    /mailing list|listinfo|mailman|unsubscribe/iu.test(line.slice(0, 300)),
  );
}
