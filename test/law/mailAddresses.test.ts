import { afterAll, describe, expect, test } from "vitest";
import { Law, raw } from "./kit.ts";

const law = new Law();
afterAll(() => law.close());

/** A mail with these header lines and a line of text. */
const mail = (...lines: readonly string[]) => raw(`${lines.join("\n")}\n\nHello.\n`);

const shown = async (bytes: Uint8Array, hole: string, mailbox = "") =>
  await law.says("always", `"\${${hole}}"`, bytes, { mailbox });

describe("an address of From, as it is written", () => {
  test.each<readonly [gist: string, value: string, address: string, name: string]>([
    ["bare", "anna@cliente.example", "anna@cliente.example", ""],
    ["in angles alone", "<anna@cliente.example>", "anna@cliente.example", ""],
    ["with a name", "Anna Bianchi <anna@cliente.example>", "anna@cliente.example", "Anna Bianchi"],
    ["a quoted name", '"Bianchi, Anna" <a@b.example>', "a@b.example", "Bianchi, Anna"],
    [
      "a quoted pair in a name",
      '"Anna \\"la\\" Bianchi" <a@b.example>',
      "a@b.example",
      'Anna "la" Bianchi',
    ],
    ["an old comment as name", "a@b.example (Anna Bianchi)", "a@b.example", "Anna Bianchi"],
    ["comments all over", "Anna (x) <a(y)@b.example(z)>", "a@b.example", "Anna"],
    [
      "a nested comment",
      "a@b.example (Anna (the (first)) B)",
      "a@b.example",
      "Anna (the (first)) B",
    ],
    [
      "an address in a comment is none",
      "(evil@x.example) a@b.example",
      "a@b.example",
      "evil@x.example",
    ],
    [
      "an address in a name is none",
      '"evil@x.example" <a@b.example>',
      "a@b.example",
      "evil@x.example",
    ],
    ["a bare address as a name", "evil@x.example <a@b.example>", "a@b.example", "evil@x.example"],
    [
      "an address in an encoded word is none",
      "=?utf-8?Q?evil=40x.example?= <a@b.example>",
      "a@b.example",
      "evil@x.example",
    ],
    [
      "angles in an encoded word",
      "=?utf-8?Q?=3Cevil=40x.example=3E?= <a@b.example>",
      "a@b.example",
      "<evil@x.example>",
    ],
    ["a quoted local part", '"anna bianchi"@b.example', '"anna bianchi"@b.example', ""],
    [
      "a quoted local part that needs no quotes",
      '"anna.bianchi"@b.example',
      "anna.bianchi@b.example",
      "",
    ],
    [
      "a quoted local part with an @",
      '"a@evil.example"@b.example',
      '"a@evil.example"@b.example',
      "",
    ],
    ["a local part with a plus", "anna+news@b.example", "anna+news@b.example", ""],
    ["letter case stays", "Anna@B.Example", "Anna@B.Example", ""],
    ["an address in UTF-8", "Žofie <žofie@příklad.example>", "žofie@příklad.example", "Žofie"],
    ["a domain in punycode stays", "a@xn--bcher-kva.example", "a@xn--bcher-kva.example", ""],
    ["a domain literal", "a@[192.0.2.1]", "a@[192.0.2.1]", ""],
    ["a domain literal of IPv6", "A <a@[IPv6:2001:db8::1]>", "a@[IPv6:2001:db8::1]", "A"],
    ["an obsolete route", "A <@relay.example,@b.example:a@c.example>", "a@c.example", "A"],
    ["white space around the dots", "anna . bianchi @ b . example", "anna.bianchi@b.example", ""],
    ["folded inside", "Anna\n  Bianchi\n\t<a@b.example>", "a@b.example", "Anna Bianchi"],
    ["an encoded name", "=?ISO-8859-1?Q?J=F6rg?= <a@b.example>", "a@b.example", "Jörg"],
    ["an encoded name in quotes", '"=?utf-8?B?SsO2cmc=?=" <a@b.example>', "a@b.example", "Jörg"],
    [
      "an encoded name in parts of one character",
      "=?utf-8?B?SsM=?= =?utf-8?B?tnJn?= <a@b.example>",
      "a@b.example",
      "Jörg",
    ],
    [
      "an encoded name that touches the address",
      "=?utf-8?B?SsO2cmc=?=<a@b.example>",
      "a@b.example",
      "Jörg",
    ],
    [
      "an encoded comma parts no address",
      "=?utf-8?Q?Bianchi=2C_Anna?= <a@b.example>",
      "a@b.example",
      "Bianchi, Anna",
    ],
    ["two pairs of angles: the last", "<x@y.example> Anna <a@b.example>", "a@b.example", "Anna"],
    ["words around one with an @", "Anna a@b.example Bianchi", "a@b.example", "Anna Bianchi"],
    ["angles that never close", "Anna <a@b.example", "a@b.example", "Anna"],
    ["a name with an unquoted dot", "Dr. Anna B. <a@b.example>", "a@b.example", "Dr. Anna B."],
    ["a name with an apostrophe", "Anna D'Angelo <a@b.example>", "a@b.example", "Anna D'Angelo"],
    ["mailto in brackets, as Outlook quotes it", "Anna [mailto:a@b.example]", "a@b.example", ""],
    ["two pairs of angles around one", "Anna <<a@b.example>>", "a@b.example", "Anna"],
    ["a word before the address in angles", "Anna <Bianchi a@b.example>", "a@b.example", "Anna"],
    ["an unquoted comma in a name", "Bianchi, Anna <a@b.example>", "a@b.example", "Anna"],
    [
      "an encoded name in Japanese",
      "=?iso-2022-jp?B?GyRCOzNFRBsoQg==?= <a@b.example>",
      "a@b.example",
      "山田",
    ],
    ["mailto in angles", "Anna <mailto:a@b.example>", "a@b.example", "Anna"],
    ["a sub-domain", "a@mail.b.example", "a@mail.b.example", ""],
  ])("%s", async (_gist, value, address, name) => {
    const bytes = mail(`From: ${value}`);
    expect(await shown(bytes, "from")).toBe(address);
    expect(await shown(bytes, "from.name")).toBe(name);
    const at = address.lastIndexOf("@");
    expect(await shown(bytes, "from.local")).toBe(address.slice(0, at));
    expect(await shown(bytes, "from.domain")).toBe(address.slice(at + 1));
  });

  test.each([
    ["no @", "anna"],
    ["nothing behind the @", "anna@"],
    ["nothing before the @", "@cliente.example"],
    ["empty angles", "Anna <>"],
    ["an empty value", ""],
    ["a group without members", "undisclosed-recipients:;"],
    ["an @ alone", "@"],
    ["two words with an @ and no angles", "a@b.example c@d.example"],
  ])("%s is no address; the header is still there", async (_gist, value) => {
    const bytes = mail(`From: ${value}`, "Subject: x");
    expect(
      await law.holding(["from exists", 'from contains "a"', 'header "From" exists'], bytes),
    ).toEqual(['header "From" exists']);
    expect(await shown(bytes, 'header "From"')).toBe(value);
  });

  test("bytes beyond ASCII without an encoding: UTF-8, else windows-1252", async () => {
    const latin = Uint8Array.from(
      Buffer.from("From: J\xf6rg <a@b.example>\r\n\r\nx\r\n", "latin1"),
    );
    expect(await shown(latin, "from.name")).toBe("Jörg");
    expect(await shown(mail("From: Jörg <a@b.example>"), "from.name")).toBe("Jörg");
  });
});

describe("text tests of addresses", () => {
  const anna = mail('From: "billing@bank.example" <Anna@Shop.Cliente.Example>', "To: x@y.example");

  test("look at the bare address, never at the display name", async () => {
    expect(
      await law.holding(
        [
          'from contains "bank"',
          'from is "anna@shop.cliente.example"',
          'from starts with "anna@"',
          'from ends with "cliente.example"',
          "from matches /^Anna@Shop/",
          "from matches /^anna@/",
          "from matches /^anna@/i",
          'from.name contains "bank"',
          'from.local is "anna"',
          'from.domain is "shop.cliente.example"',
          'from.domain is "cliente.example"',
          'from.domain under "cliente.example"',
          'from.domain under "example"',
          'from.domain under "liente.example"',
          'from.domain under ["aruba.it", "CLIENTE.example"]',
        ],
        anna,
      ),
    ).toEqual([
      'from is "anna@shop.cliente.example"',
      'from starts with "anna@"',
      'from ends with "cliente.example"',
      "from matches /^Anna@Shop/",
      "from matches /^anna@/i",
      'from.name contains "bank"',
      'from.local is "anna"',
      'from.domain is "shop.cliente.example"',
      'from.domain under "cliente.example"',
      'from.domain under "example"',
      'from.domain under ["aruba.it", "CLIENTE.example"]',
    ]);
  });

  test("under is true of the domain itself", async () => {
    expect(
      await law.holding(
        ['from.domain under "aruba.it"', 'from.domain under "it"', 'from contains "@aruba.it"'],
        mail("From: x@aruba.it.evil.example"),
      ),
    ).toEqual(['from contains "@aruba.it"']);
    expect(await law.holds('from.domain under "aruba.it"', mail("From: x@ARUBA.it"))).toBe(true);
  });

  test("the domain begins after the last @", async () => {
    const bytes = mail('From: "x@aruba.it"@evil.example');
    expect(
      await law.holding(['from.domain is "evil.example"', 'from.domain under "aruba.it"'], bytes),
    ).toEqual(['from.domain is "evil.example"']);
  });
});

describe("many addresses", () => {
  const many = mail(
    "From: anna@cliente.example",
    "To: Info <info@example.it>, sales@example.it,",
    " Friends: bob@other.example, Carla <carla@other.example>;, last@third.example",
    "Cc: dora@cc.example (Dora)",
    "Cc: emil@cc.example",
    "Bcc: <hidden@bcc.example>",
    "Reply-To: replies@cliente.example, more@cliente.example",
    "Delivered-To: box@example.it",
    "X-Original-To: info@example.it",
    "Envelope-To: alias@example.it",
  );

  test("groups are flattened and all fields of a name are taken", async () => {
    expect(await shown(many, "to")).toBe(
      "info@example.it, sales@example.it, bob@other.example, carla@other.example, last@third.example",
    );
    expect(await shown(many, "cc")).toBe("dora@cc.example, emil@cc.example");
    expect(await shown(many, "bcc")).toBe("hidden@bcc.example");
    expect(await shown(many, "reply-to")).toBe("replies@cliente.example, more@cliente.example");
    expect(await shown(many, "delivered-to")).toBe(
      "box@example.it, info@example.it, alias@example.it",
    );
    expect(await shown(many, "to.name")).toBe("Info, Carla");
  });

  test("recipients is to, cc and bcc, not delivered-to", async () => {
    expect(await shown(many, "recipients")).toBe(
      "info@example.it, sales@example.it, bob@other.example, carla@other.example, last@third.example, dora@cc.example, emil@cc.example, hidden@bcc.example",
    );
  });

  test("a test holds for any of them; not says that none does", async () => {
    expect(
      await law.holding(
        [
          'to is "bob@other.example"',
          'to is "nobody@other.example"',
          'to.domain is "third.example"',
          'recipients contains "hidden"',
          'recipients contains "alias"',
          'delivered-to contains "alias"',
          'cc.name is "dora"',
          'to is ["x@y.example", "sales@example.it"]',
        ],
        many,
      ),
    ).toEqual([
      'to is "bob@other.example"',
      'to.domain is "third.example"',
      'recipients contains "hidden"',
      'delivered-to contains "alias"',
      'cc.name is "dora"',
      'to is ["x@y.example", "sales@example.it"]',
    ]);
  });

  test("some, every and no say several things of one address", async () => {
    expect(
      await law.holding(
        [
          'some to { name is "carla"\ndomain is "other.example" }',
          'some to { name is "carla"\ndomain is "example.it" }',
          'every to { domain is ["example.it", "other.example", "third.example"] }',
          'every to { domain is "example.it" }',
          'no to { domain is "cc.example" }',
          'no cc { domain is "cc.example" }',
          'some recipient { address is "hidden@bcc.example" }',
          'every recipient { address contains "@" }',
          'some delivered-to { local is "alias" }',
          "every cc { local matches /^[de]/ }",
          'some from { domain under "example" }',
        ],
        many,
      ),
    ).toEqual([
      'some to { name is "carla"\ndomain is "other.example" }',
      'every to { domain is ["example.it", "other.example", "third.example"] }',
      'no to { domain is "cc.example" }',
      'some recipient { address is "hidden@bcc.example" }',
      'every recipient { address contains "@" }',
      'some delivered-to { local is "alias" }',
      "every cc { local matches /^[de]/ }",
      'some from { domain under "example" }',
    ]);
  });

  test("every and no hold where there is no address; some does not", async () => {
    expect(
      await law.holding(
        [
          'some cc { local is "x" }',
          'every cc { local is "x" }',
          'no cc { local is "x" }',
          "cc exists",
          'cc.name is ""',
          'cc is ""',
        ],
        mail("From: a@b.example"),
      ),
    ).toEqual(['every cc { local is "x" }', 'no cc { local is "x" }']);
  });

  test("an address without a display name has no name, not an empty one", async () => {
    expect(
      await law.holding(
        ['from.name is ""', "from.name exists", "from.name matches /^/", "from exists"],
        mail("From: a@b.example"),
      ),
    ).toEqual(["from exists"]);
  });

  test("two From headers, or `From :` with a space: all of them are values of from", async () => {
    const two = mail("From: a@b.example", "Subject: x", "From: c@d.example");
    expect(await shown(two, "from")).toBe("a@b.example, c@d.example");
    expect(await shown(mail("From : a@b.example", "Subject: x"), "from")).toBe("a@b.example");
    expect(await shown(mail("From: a@b.example", "FROM : c@d.example"), "from")).toBe(
      "a@b.example, c@d.example",
    );
    expect(
      await shown(mail("From: a@b.example, C <c@d.example>", "Sender: a@b.example"), "from"),
    ).toBe("a@b.example, c@d.example");
  });

  test("the requester is the first From address", async () => {
    const ticket = await law.ticket(
      "always",
      '{ tag "x" }',
      mail("From: a@b.example", "From: c@d.example"),
    );
    expect(ticket?.requester?.address).toBe("a@b.example");
  });

  test("Resent and Sender are headers, not from or to", async () => {
    const bytes = mail(
      "Resent-From: r@resent.example",
      "Resent-To: s@resent.example",
      "Sender: robot@sender.example",
      "From: a@b.example",
      "To: c@d.example",
    );
    expect(await shown(bytes, "from")).toBe("a@b.example");
    expect(await shown(bytes, "recipients")).toBe("c@d.example");
    expect(await shown(bytes, 'header "resent-from"')).toBe("r@resent.example");
  });

  test("an empty entry, a trailing comma and semicolons part addresses", async () => {
    expect(
      await shown(mail("From: x@y.example", "To: a@b.example,, c@d.example; e@f.example,"), "to"),
    ).toBe("a@b.example, c@d.example, e@f.example");
  });

  test("a line of 1,001 recipients is cut and still decides", async () => {
    const list = Array.from({ length: 1001 }, (_, at) => `r${at}@d.example`).join(",\n ");
    expect(
      await law.holding(
        ['to is "r0@d.example"', 'to is "r999@d.example"', 'to is "r1000@d.example"'],
        mail("From: a@b.example", `To: ${list}`),
      ),
    ).toEqual(['to is "r0@d.example"', 'to is "r999@d.example"']);
  });
});

describe("IDN and EAI", () => {
  test("the Unicode form of a domain does not count, nor does the letter case", async () => {
    const composed = mail("From: a@Bu\u0308cher.example");
    expect(
      await law.holding(
        ['from.domain is "b\u00fccher.example"', 'from.domain under "B\u00dcCHER.example"'],
        composed,
      ),
    ).toHaveLength(2);
  });

  test("a domain in punycode is compared as the mail writes it", async () => {
    expect(
      await law.holding(
        ['from.domain is "xn--bcher-kva.example"', 'from.domain under "b\u00fccher.example"'],
        mail("From: a@XN--bcher-kva.example"),
      ),
    ).toEqual(['from.domain is "xn--bcher-kva.example"']);
  });

  test("a local part in UTF-8, and one that looks like another", async () => {
    const bytes = mail("From: \u017eofie@b.example, \u0430nna@b.example");
    expect(
      await law.holding(
        [
          'from.local is "\u017dofie"',
          'from is "\u017eofie@b.example"',
          'from is "anna@b.example"',
        ],
        bytes,
      ),
    ).toEqual(['from.local is "\u017dofie"', 'from is "\u017eofie@b.example"']);
  });
});
