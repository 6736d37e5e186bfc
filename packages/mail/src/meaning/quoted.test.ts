import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitQuoted } from "./quoted.ts";

const reply = "Thank you, it works again.\n\nAnna";

describe("the line above a quotation, in the languages of mail programs", () => {
  const lines = [
    "On Mon, Nov 2, 2026 at 9:00 AM Support <info@example.it> wrote:",
    "On Mon, Nov 2, 2026 at 9:00 AM Support and a long name of a company <\ninfo@example.it> wrote:",
    "On 2 Nov 2026, at 09:00, Support\n<info@example.it>\nwrote:",
    "On 02/11/2026 09:00, Support wrote:",
    "Il giorno lun 2 nov 2026 alle ore 09:00 Support <info@example.it> ha scritto:",
    "Il 02/11/2026 09:00, Support ha scritto:",
    "Am 02.11.2026 um 09:00 schrieb Support:",
    "Support <info@example.it> schrieb am Mo., 2. Nov. 2026,\n09:00:",
    "Le lun. 2 nov. 2026 à 09:00, Support <info@example.it> a écrit :",
    "El lun, 2 nov 2026 a las 9:00, Support (<info@example.it>) escribió:",
    "Em seg., 2 de nov. de 2026 às 09:00, Support <info@example.it> escreveu:",
    "Op ma 2 nov. 2026 om 09:00 schreef Support <info@example.it>:",
    "Op 2 nov. 2026 om 09:00 heeft Support <info@example.it> het volgende geschreven:",
    "Den mån 2 nov. 2026 kl 09:00 skrev Support <info@example.it>:",
    "Den man. 2. nov. 2026 kl. 09.00 skrev Support <info@example.it>:",
    "ma 2. marrask. 2026 klo 9.00 Support (info@example.it) kirjoitti:",
    "pon., 2 lis 2026 o 09:00 Support <info@example.it> napisał(a):",
    "W dniu 02.11.2026 o 09:00, Support pisze:",
    "po 2. 11. 2026 v 9:00 odesílatel Support <info@example.it> napsal:",
    "Support <info@example.it> ezt írta (időpont: 2026. nov. 2., H, 9:00):",
    "În lun., 2 nov. 2026 la 09:00, Support <info@example.it> a scris:",
    "Support <info@example.it>, 2 Kas 2026 Pzt, 09:00 tarihinde şunu yazdı:",
    "Στις Δευ 2 Νοε 2026 στις 9:00 π.μ., ο χρήστης Support <info@example.it> έγραψε:",
    "пн, 2 нояб. 2026 г. в 09:00, Support <info@example.it>:",
    "2 ноября 2026 г., 9:00 пользователь Support <info@example.it> написал:",
    "пн, 2 лист. 2026 р. о 09:00 Support <info@example.it> пише:",
    "Support <info@example.it> 于2026年11月2日周一 09:00写道：",
    "2026年11月2日(月) 9:00 Support <info@example.it> のメール:",
    "2026년 11월 2일 (월) 오전 9:00, Support <info@example.it>님이 작성:",
    "Vào Th 2, 2 thg 11, 2026 vào lúc 09:00 Support <info@example.it> đã viết:",
    "Pada Sen, 2 Nov 2026 pukul 09.00 Support <info@example.it> menulis:",
    "---- On Mon, 02 Nov 2026 09:00:00 +0100 Support <info@example.it> wrote ----",
    "2026-11-02 9:00 GMT+01:00 Support <info@example.it>:",
    '02.11.2026, 09:00, "Support" <info@example.it>:',
    "Support <info@example.it> wrote:",
    "Support schrieb am 02.11.2026 09:00 (GMT +01:00):",
    "Quoting Support <info@example.it>:",
    "In article <a1@news.example.it>, info@example.it (Support) writes:",
  ];

  it.each(lines)("above quoted lines: %s", (line) => {
    const { shown, quoted } = splitQuoted(
      `${reply}\n\n${line}\n\n> We have opened\n> ticket 42.\n`,
    );
    expect(shown).toBe(reply);
    expect(quoted).toBe(`${line}\n\n> We have opened\n> ticket 42.`);
  });

  it.each(lines)("above a history that nothing marks: %s", (line) => {
    const { shown } = splitQuoted(`${reply}\n${line}\n\nWe have opened\nticket 42.\n`);
    expect(shown).toBe(reply);
  });
});

describe("a block of header lines", () => {
  const block = (from: string, sent: string, to: string, subject: string): string =>
    `${from}: Support <info@example.it>\n${sent}: 2 11 2026 09:00\n${to}: Anna <anna@example.it>\n${subject}: Ticket 42`;

  it.each([
    block("From", "Sent", "To", "Subject"),
    block("Da", "Inviato", "A", "Oggetto"),
    block("Von", "Gesendet", "An", "Betreff"),
    block("De ", "Envoyé ", "À ", "Objet "),
    block("De", "Enviado", "Para", "Asunto"),
    block("De", "Enviada em", "Para", "Assunto"),
    block("Van", "Verzonden", "Aan", "Onderwerp"),
    block("Från", "Skickat", "Till", "Ämne"),
    block("Fra", "Sendt", "Til", "Emne"),
    block("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    block("Od", "Wysłano", "Do", "Temat"),
    block("Od", "Odesláno", "Komu", "Předmět"),
    block("Feladó", "Elküldve", "Címzett", "Tárgy"),
    block("Από", "Στάλθηκε", "Προς", "Θέμα"),
    block("Gönderen", "Gönderildi", "Kime", "Konu"),
    block("От", "Отправлено", "Кому", "Тема"),
    block("Від", "Надіслано", "Кому", "Тема"),
    block("发件人", "发送时间", "收件人", "主题"),
    block("差出人", "送信日時", "宛先", "件名"),
    block("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
    block("*From:* Support [mailto:info@example.it]\n*Cc", "*Sent", "*To", "*Subject").replaceAll(
      ":",
      ":*",
    ),
  ])("ends what is new: %s", (header) => {
    const { shown, quoted } = splitQuoted(`${reply}\n\n${header}\n\nWe have opened ticket 42.`);
    expect(shown).toBe(reply);
    expect(quoted).toContain("We have opened ticket 42.");
  });

  it("goes together with the rule above it", () => {
    const rule = "_".repeat(32);
    const mail = `${reply}\n${rule}\n${block("From", "Sent", "To", "Subject")}\n\nOld.`;
    expect(splitQuoted(mail).shown).toBe(reply);
  });

  it.each([
    "-----Original Message-----",
    "-----Messaggio originale-----",
    "-----Ursprüngliche Nachricht-----",
    "-----Message d'origine-----",
    "-----Mensaje original-----",
    "-----Mensagem original-----",
    "-----Oorspronkelijk bericht-----",
    "-------- Oprindelig besked --------",
    "-----Исходное сообщение-----",
    "-------- 原始邮件 --------",
  ])("may be announced: %s", (line) => {
    expect(splitQuoted(`${reply}\n\n${line}\nOld text.`).shown).toBe(reply);
  });

  it("is none where people write about a journey, a form or an address", () => {
    for (const body of [
      "Please book:\nFrom: Rome\nTo: Milan\nDate: Monday\n\nThank you.",
      "The data comes From: our database, not From: external sources.",
      "From: Anna\nEmail: anna@example.it\nSubject: Printer\n\nIt is broken.",
    ]) {
      expect(splitQuoted(body)).toEqual({ shown: body, quoted: "" });
    }
  });
});

describe("text around quotations", () => {
  it("is new above, between and below", () => {
    const { shown, quoted } = splitQuoted(
      "Hello,\n\nOn 2 Nov 2026, at 09:00, Support <info@example.it> wrote:\n> Which printer?\n\nThe red one.\n\n> Since when?\n\nMonday.",
    );
    expect(shown).toBe("Hello,\n\nThe red one.\n\nMonday.");
    expect(quoted).toContain("> Since when?");
  });

  it("is new directly under a quoted line", () => {
    expect(splitQuoted("On 2 Nov 2026 10:00 Support wrote:\n> Hi\nHello").shown).toBe("Hello");
  });

  it("is not new where a quoted line was wrapped on the way", () => {
    const long = `> ${"word ".repeat(14)}and`;
    expect(splitQuoted(`Yes.\n\n${long}\nthe rest\n> end`).shown).toBe("Yes.");
  });

  it("is not swallowed by the line above a quotation", () => {
    for (const first of ["On Monday I was away.", "Tel. 0123 456789", "See 10:30 a@b.it"]) {
      const mail = `${first}\nOn 2 Nov 2026, at 09:00, Support <info@example.it> wrote:\n> x`;
      expect(splitQuoted(mail).shown).toBe(first);
    }
  });

  it.each([
    "On the other hand, we should wait.\nOn average it works.",
    "Yesterday I wrote:\nfirst, then second",
    "I'm writing you because of:\n-- first point\n-- second point",
    "The day:\n9:00 Arrival:\n10:30 Coffee, then:\nthe printer",
    "2026-11-02 the printer stopped, see <a@b.it> in the log\n2026-11-03 again",
    "On 3 May my colleague wrote to you about:\n- the printer",
    "On 3 May 2026 we spoke with your colleague:\nhe said yes",
    'Il giorno 15/11/2026 alle ore 18:20:38 (+0100) il messaggio\n"Prova" inviato da "a@pec.it"\ned indirizzato a:\nb@pec.it\nè stato accettato.',
    "May 29 11:58:43 mx kernel: (root@mx) starting\nMay 29 11:58:43 mx kernel: supported:\nMay 29 11:58:44 mx kernel: done",
    "mysql> show tables;\nmysql> exit",
    "# Points\n----\n\n1. one\n\n----\n\nDone.",
    "Sent from my desk, is much easier than my phone.",
    "Inviato da Anna il 3 maggio:\nil modulo richiesto.",
    "Enviado por correo certificado\nel lunes.",
    "Envoyé par la poste hier,\nle colis n'arrive pas.",
    "Gesendet an alle Kunden\nam Montag.",
    "Sent by the accounting department last week.\nNo answer.",
    "The notification was sent from my iPhone app to all users.",
  ])("is new where nothing is quoted: %s", (body) => {
    expect(splitQuoted(body)).toEqual({ shown: body, quoted: "" });
  });
});

describe("signatures", () => {
  it.each(["-- ", "--"])("begin at %j", (mark) => {
    expect(splitQuoted(`Hello\n${mark}\nAnna\nTel. 1`)).toEqual({
      shown: "Hello",
      quoted: `${mark}\nAnna\nTel. 1`,
    });
  });

  it.each([
    "Sent from my iPhone",
    "Sent from my Samsung Galaxy smartphone.",
    "Sent from Yahoo Mail on Android",
    "Sent with Proton Mail secure email.",
    "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Sent from [Mail](https://go.microsoft.com/fwlink/?LinkId=550986) for Windows 10",
    "Inviato da iPhone",
    "Inviato dal mio iPhone",
    "Von meinem iPhone gesendet",
    "Gesendet von Outlook für Android<https://aka.ms/x>",
    "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
    "Envoyé de mon iPhone",
    "Envoyé à partir de Outlook pour iOS",
    "Enviado desde mi iPhone",
    "Enviado do meu iPhone",
    "Inviato dal mio dispositivo wireless BlackBerry",
    "Inviato da Posta per Windows",
    "Inviato da Libero Mail",
    "Envoyé depuis mon appareil mobile",
    "Envoyé de mon Wiko",
    "Gesendet mit der GMX Mail App",
    "Holen Sie sich Outlook für iOS",
    "Scarica Outlook per Android",
    "Sent from the all new AOL app for iOS",
    "Sent from my TI-85",
    "Sent on the go",
    "Verstuurd vanaf mijn iPhone",
    "Skickat från min iPhone",
    "Sendt fra min iPad",
    "Lähetetty iPhonesta",
    "Wysłane z iPhone'a",
    "Odesláno z iPhonu",
    "Отправлено с iPhone",
    "Надіслано з iPhone",
    "iPhone'umdan gönderildi",
    "Στάλθηκε από το iPhone μου",
    "从我的 iPhone 发送",
    "發自我的 iPhone",
    "iPhoneから送信",
    "나의 iPhone에서 보냄",
    "Được gửi từ iPhone của tôi",
  ])("begin at a mail program's own line: %s", (line) => {
    expect(splitQuoted(`Hello\n\n${line}`)).toEqual({ shown: "Hello", quoted: line });
  });

  it("end where a quotation begins, and text below it is new", () => {
    const mail = "Sent from my iPhone\n\n> Which one?\n\nThe red one.";
    expect(splitQuoted(mail).shown).toBe("The red one.");
  });

  it("may be a mailing list's footer", () => {
    const mail = `Hello\n\n${"_".repeat(47)}\nusers mailing list\nusers@lists.example.org`;
    expect(splitQuoted(mail).shown).toBe("Hello");
  });

  it("are no longer than a signature, where the mark lost its space", () => {
    const mail = `Part one\n--\n${"Part two goes on.\n".repeat(60)}End`;
    expect(splitQuoted(mail).quoted).toBe("");
  });
});

describe("a mail with nothing new above its quotation", () => {
  it("is shown as it was passed on, without the line that announces it", () => {
    const mail =
      "---------- Forwarded message ---------\nFrom: Anna <anna@example.it>\nDate: Mon, 2 Nov 2026\nSubject: Printer\nTo: <info@example.it>\n\nIt is broken.";
    expect(splitQuoted(mail).shown).toBe("It is broken.");
  });

  it("shows the history under a citation that nobody answered", () => {
    expect(splitQuoted('On 8 May 2026 17:34, "Anna" <a@b.it> wrote:\n\nIt is broken.').shown).toBe(
      "It is broken.",
    );
  });

  it("keeps a form that looks like a header block", () => {
    const form =
      "From: Anna <anna@example.it>\nDate: 2 Nov 2026 09:00\nSubject: Printer\n\nIt is broken.";
    expect(splitQuoted(form)).toEqual({ shown: form, quoted: "" });
  });

  it("shows a signature that is all there is", () => {
    expect(splitQuoted("Sent from my iPhone\n\n> Which one?").shown).toBe("Sent from my iPhone");
  });

  it("is shown whole where all of it is quoted", () => {
    expect(splitQuoted("> Which one?\n> The red one?")).toEqual({
      shown: "> Which one?\n> The red one?",
      quoted: "",
    });
  });

  it("is empty where the body is", () => {
    expect(splitQuoted("")).toEqual({ shown: "", quoted: "" });
    expect(splitQuoted(" \n\n ")).toEqual({ shown: "", quoted: "" });
  });
});

describe("any body", () => {
  const line = fc.oneof(
    fc.constantFrom(
      "",
      "> quoted",
      "-- ",
      "--",
      "Sent from my iPhone",
      "On 2 Nov 2026, at 09:00, Support <info@example.it> wrote:",
      "From: Support <info@example.it>",
      "Sent: Monday 09:00",
      "Subject: x",
      "-----Original Message-----",
      "---------- Forwarded message ---------",
      "________________________",
      "Hello there",
      "AK> quoted",
    ),
    fc.string({ unit: "grapheme" }).map((text) => text.replace(/\n/gu, " ")),
  );

  it("loses no line, and something is shown of whatever has text", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
        const body = lines.join("\n");
        const { shown, quoted } = splitQuoted(body);
        const filled = (text: string): string[] =>
          text
            .split("\n")
            .filter((own) => own.trim() !== "")
            .toSorted();
        const visible = lines.filter((own) => /[^\s\u200B\u00A0\u1427\uFEFF]/u.test(own));
        expect(filled(`${shown}\n${quoted}`)).toEqual(visible.toSorted());
        expect(shown === "").toBe(visible.length === 0);
      }),
      { numRuns: 500 },
    );
  });
});
