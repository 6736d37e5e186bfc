/** Where a signature begins: `-- `, or the line that a mail program adds by itself. */

const devices = [
  // What mail is written on
  "(?:i-?phon|ipad|ipod)\\p{L}*",
  "android",
  "samsung",
  "galaxy",
  "huawei",
  "honor",
  "xiaomi",
  "redmi",
  "oppo",
  "pixel",
  "nokia",
  "motorola",
  "sony",
  "xperia",
  "htc",
  "lg",
  "oneplus",
  "alcatel",
  "wiko",
  "blackberry",
  "windows phone",
  "windows",
  "surface",
  "apple",
  "watch",
  "mac",
  "smart-?phone\\p{L}*",
  "(?:tele|i)?(?:phone|fon|foon|fono|fonu|fona|puhelin)\\p{L}*",
  "téléphone",
  "τηλέφωνο",
  "телефон\\p{L}*",
  "cellulare",
  "celular",
  "cell",
  "mobil\\p{L}*",
  "móvil",
  "мобильн\\p{L}*",
  "handy",
  "tablet\\p{L}*",
  "tablette",
  "device",
  "dispositivo",
  "dispositiu",
  "appareil",
  "gerät",
  "toestel",
  "apparaat",
  "enhet",
  "enhed",
  "laite\\p{L}*",
  "urządzeni\\p{L}*",
  "устройств\\p{L}*",
  // Mail programs and providers
  "outlook",
  "mail(?:box|spring)?",
  "e-?mail",
  "posta",
  "correo",
  "correio",
  "courrier",
  "yahoo",
  "aol",
  "gmail",
  "gmx",
  "web\\.de",
  "hotmail",
  "libero",
  "virgilio",
  "tiscali",
  "proton\\p{L}*",
  "tutanota",
  "tuta",
  "hey",
  "spark",
  "newton",
  "nine",
  "edison",
  "canary",
  "airmail",
  "superhuman",
  "front",
  "postbox",
  "polymail",
  "boxer",
  "bluemail",
  "typeapp",
  "cloudmagic",
  "fairemail",
  "k-9",
  "thunderbird",
  "sparrow",
  "mutt",
  "roundcube",
  "zoho",
  "яндекс\\p{L}*",
  "почт\\p{L}*",
].join("|");

// The verb, its preposition, and up to three words before the device.
const sentFrom = [
  "sent (?:from|via|with|using|by|on|through)",
  "inviat[oa] (?:da|dal|dalla|dall|con|tramite)",
  "(?:gesendet|verschickt|gesandt|geschrieben) (?:von|mit|via|über|vom|aus)",
  "(?:envoyé|envoyée|écrit) (?:depuis|de|du|à partir de|avec|par|via)",
  "enviado (?:desde|de|do|da|a partir d[eoa]|via|pelo|con|com|mediante)",
  "enviat (?:des de|amb)",
  "(?:verzonden|verstuurd|gestuurd) (?:vanaf|vanuit|met|van|via)",
  "(?:skickat|skickades) (?:från|via|med)",
  "(?:sendt|sent|send|skickat) (?:fra|med|via|på)",
  "sent úr",
  "lähetetty",
  "saadetud",
  "wysłan[eoy] (?:z|ze|przy użyciu)",
  "odesláno (?:z|ze|pomocí)",
  "odoslané (?:z|zo|pomocou)",
  "poslano (?:z|s|sa|iz)",
  "(?:отправлено|послано|написано) (?:с|со|из|от)",
  "(?:надіслано|відправлено) (?:з|зі|із)",
  "изпратено от",
  "küldve (?:a|az)",
  "trimis (?:de pe|din|de la)",
  "στάλθηκε από",
  "được gửi từ",
  "dikirim dari",
  "נשלח מ",
].join("|");

const mailPrograms: readonly RegExp[] = [
  new RegExp(
    `^(?:${sentFrom})(?:[\\s'’([]{0,2}[\\p{L}\\p{N}&'’.-]{1,20}){0,3}?[\\s'’([]{0,2}(?:${devices})(?![\\p{L}])`,
    "iu",
  ),
  new RegExp(
    `^(?:lähetetty|saadetud) (?:iphone|ipad|puhelim|outlook|sähköpost|mobiil|samsung)`,
    "iu",
  ),
  // "Sent from my TI-85", "Envoyé de mon Wiko"
  /^sent (?:from|via|on|by|using|with) (?:my|the go|the move) ?\S/iu,
  /^sent from an? [\p{L}\d' -]{3,45}$/iu,
  /^from my (?:iphone|ipad|phone|mobile|android|samsung|galaxy|blackberry)/iu,
  /^sent on the (?:go|move|run)/iu,
  /^(?:Inviato dal mio|Gesendet von meine[mr]|Envoyé (?:de|depuis) (?:mon|ma)|Enviado desde mi|Enviado do meu|Verzonden vanaf mijn|Verstuurd vanaf mijn|Skickat från min|Sendt fra min|Wysłane z mojego|Отправлено с моего) \p{Lu}/u,
  // Verb last
  new RegExp(
    `^von (?:mein\\p{L}{1,2}|unterwegs)(?: [\\p{L}\\p{N}.-]{1,20}){0,5} (?:gesendet|geschickt|verschickt)`,
    "iu",
  ),
  /^von unterwegs gesendet/iu,
  /^diese nachricht wurde von (?:mein|unterwegs).{0,80}gesendet/iu,
  /^(?:iphone|ipad|telefon|android|samsung)['’]?\p{L}{0,8} gönderildi/iu,
  /^(?:iphone|ipad|android|.{0,20}スマートフォン|.{0,20}携帯)から送信/iu,
  /^(?:从|從|自)我的.{0,30}(?:发送|發送|傳送|寄出)/u,
  /^(?:发自|發自|发送自)我的/u,
  /^(?:나의|내) .{0,30}에서 보냄/u,
  /^أُ?رسلت من/u,
  /^\S{1,40} (?:from|via) mobile$/iu,
  // An invitation to the same program
  /^(?:get|download) (?:outlook|bluemail|typeapp|boomerang|the (?:new )?(?:aol|yahoo) )/iu,
  /^(?:obtener|obtén|obter|obtenha|télécharger|obtenir|obtenez|scarica|ottieni|holen sie sich|hämta|hent|få|hanki|pobierz|stáhnout|získejte|скачать|завантажити)(?: \S{1,12}){0,2} outlook/iu,
  /^outlook (?:für|voor|per|pour|para|for) (?:ios|android)/iu,
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
