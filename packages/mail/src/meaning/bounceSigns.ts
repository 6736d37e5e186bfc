/** What the bounces of mail servers that send no delivery report (RFC 3464) have in common. */

/** In From or Return-Path: a mail server speaks. */
export const serverName =
  /mailer[-_ ]?daemon|post[-_]?master|mail deliver(?:y|er)? (?:sub)?system|mail delivery|delivery subsystem|double-bounce|mailsystem@/iu;

/** The local part of an address that nobody reads. */
export const noReply = /^(?:no|do[-_.]?not|non)[-_.]?(?:reply|respond|rispondere)/iu;

/** Subjects of such mails, in the languages of mail servers. */
export const bounceSubject = new RegExp(
  [
    "undeliver(?:able|ed)",
    "un-?deliverable",
    "returned (?:mail|message|e-mail|to sender)",
    "returning (?:mail|message) to sender",
    "mail (?:delivery )?(?:failed|failure|error)",
    "(?:mail|message) delivery (?:has )?(?:failed|status|problem|error|delayed)",
    "delivery (?:status|failure|failed|error|problem|report|delayed|has failed|unsuccessful|incomplete|attempt)",
    "delayed mail|warning: (?:message|could not send)",
    "failure notice|failed delivery|failed mail|bounce[d]? (?:mail|message|notification)",
    "mail system error|nondeliverable|non[- ]?delivery|could not (?:be )?deliver",
    "rejected mail|message (?:undelivered|rejected|not delivered|could not)",
    "unzustellbar|nicht zugestellt|zustellung fehlgeschlagen|nicht zustellbar|rückläufer",
    "mancata consegna|non recapitat|impossibile recapitare|messaggio non consegnato|notifica dello stato di consegna",
    "non remis|échec de (?:la )?(?:remise|distribution)|non distribu|non délivr",
    "no (?:se )?(?:puede|pudo|ha podido) entregar|no entregad|error de entrega|devuelto",
    "não entregue|não (?:pode|pôde) ser entregue|falha na entrega|não é possível entregar",
    "onbestelbaar|niet (?:worden )?bezorgd|kan niet worden bezorgd",
    "kunde inte levereras|olevererbart|gick inte att leverera|kan ikke leveres|kunne ikke leveres|ikke levert|uleveret",
    "toimitus epäonnistui|ei voitu toimittaa|viestiä ei toimitettu",
    "niedostarczon|nie można dostarczyć|nie dostarczono|nedoručiteľn|nedoručiteln|nelze doručit|nedoručen",
    "не доставлен|недоставлен|не удалось доставить|невозможно доставить|не може бути доставлен",
    "kézbesíthetetlen|sikertelen kézbesítés|teslim edilemedi|iletilemedi|δεν ήταν δυνατή|αδυναμία παράδοσης|nu a putut fi livrat|nelivrat",
    "配信不能|配信できません|配信エラー|送信エラー|退信|无法投递|無法投遞|系统退信|投递失败|無法傳遞|배달 실패|전송 실패|반송|メールエラー|エラー通知",
  ].join("|"),
  "iu",
);

/** An absence note or receipt, whoever sends it: never a bounce. */
export const absenceSubject =
  /^\s*(?:\[[^\]]{0,40}\]\s*)?(?:auto(?:matic|mated|matische|matisch)?[- ]?(?:re(?:ply|spon[sd]|sponse)|antwort|svar|reply)|automatic(?:al)? (?:reply|response)|out of (?:the )?office|away from|vacation|on holiday|abwesen|risposta automatica|fuori ufficio|assenza|réponse automatique|absence|respuesta automática|fuera de la oficina|resposta automática|automatisch antwoord|afwezig|automatiskt svar|automatisk svar|automaattinen vastaus|odpowiedź automatyczna|automatická odpověď|автоматический ответ|автоответ|otomatik yanıt|自动回复|自動回覆|自動応答|자동 회신|read:|gelesen:|letto:|lu\s?:)/iu;

/** Sentences of the text, each of which says that a mail did not arrive or has to wait. */
export const bounceSentence = new RegExp(
  [
    "(?:could|can|was|were|has|have|is|are|will|were)(?: ?not|n't) (?:be |been |yet been )?(?:deliver|reach|sent|accept|relay|transmit|complet)",
    "unable to (?:deliver|send|complete|relay|reach)",
    "undeliver(?:able|ed)",
    "(?:delivery|mail|message|transmission|e-mail)\\s{1,3}(?:\\S{1,40}\\s{1,3}){0,6}(?:has |have )?(?:been )?(?:failed|failure|delayed|rejected|returned|refused|bounced|unsuccessful|suspended)",
    "failed to deliver|failed (?:permanently|recipients?)|did not (?:reach|arrive)|didn't (?:reach|arrive)|not delivered|giving up|gave up",
    "(?:following|these|this) (?:address|recipient)(?:\\(?e?s\\)?)? (?:failed|had|could|was|were|is|are)",
    "following (?:recipient|address|destination|error|user)(?:\\(?e?s\\)?)?",
    "(?:permanent|transient|permanent fatal|non-fatal|temporary|fatal|delivery) (?:error|failure|problem)s?",
    "(?:user|recipient|mailbox|account|address|host|domain)\\b.{0,40}\\b(?:unknown|not found|does ?n[o']t exist|unavailable|disabled|inactive|full|over ?quota|exceeded|invalid|rejected|not exist|not listed|not available|ambiguous)",
    "(?:no such|unknown|invalid|bad) (?:user|recipient|mailbox|account|address|host|domain|local user)",
    "transcript of session|reason for (?:the )?(?:failure|return|delay)|the reason (?:for the problem|given|it gave)",
    "(?:quota|storage|mailbox)\\b.{0,30}\\b(?:full|exceeded)|over ?quota",
    "reporting-mta|final-recipient|diagnostic-code",
    "konnte nicht|nicht zugestellt|unzustellbar|nicht erreicht",
    "non (?:è|e') stato possibile (?:consegnare|recapitare|inviare)|impossibile (?:consegnare|recapitare)|non (?:è|e') stat[oa] (?:consegnat|recapitat)",
    "n'a pas pu être (?:remis|délivré|distribué|envoyé)|impossible de (?:remettre|délivrer)|n'a pas été (?:remis|délivré|distribué)",
    "no (?:se )?(?:ha podido|pudo|puede) (?:ser )?(?:entreg|enviar|envi)|não (?:pôde|pode|foi possível) (?:ser )?(?:entreg|envi)",
    "kon niet worden (?:bezorgd|afgeleverd)|niet (?:worden )?bezorgd|kunde inte levereras|kunne ikke leveres|ei voitu toimittaa",
    "nie (?:można|mógł|mogła|została?) (?:\\S{1,20} )?dostarcz|nelze doručit|nemohla? být doručen",
    "не может быть доставлен|не было доставлено|не удалось доставить|не доставлено|невозможно доставить",
    "teslim edilemedi|nem (?:lehet|sikerült) kézbesíteni",
    "配信できません|配信されません|送信できません|届けることができません|お届けできません|宛先.{0,20}見つかりません|エラー|无法送达|未能送达|无法投递|無法遞送|배달하지 못|전송하지 못",
  ].join("|"),
  "iu",
);

/** What the other server answered: an SMTP code with an enhanced one, or said by a host. */
export const serverAnswer =
  /(?<![\d.])[45]\d\d[ -#]{1,3}\(?[45]\.\d{1,3}\.\d{1,3}(?!\d)|(?<![\d.])[45]\d\d[ -](?:\S{1,60} ){0,6}(?:user|mailbox|recipient|relay|unknown|reject|denied|refused|not|no|unavailable|blocked|requested|over|quota|spam|message|error|invalid|address|sorry)|(?:said|responded|reply|response|answer)\S{0,3}:? {0,3}[45]\d\d/iu;

/** Where a text gives the returned mail itself, or its header. */
export const returnedMail =
  /^[\s>*-]{0,20}(?:this is (?:a|the) copy of|below (?:this line )?is a copy|copy of (?:the|your) (?:original )?message|original message|returned message|the (?:body|header)s? of (?:the|your) (?:original |returned )?message|unsent message|message headers? follow|text of your message|undelivered message|the following is|message (?:header|contents?|details?)|--- ?original|your message (?:follows|was)|original header|returned content|attached file)/iu;
