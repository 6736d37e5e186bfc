import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress, parseAddressList } from "./addresses.ts";

function read(text: string): string[][] {
  return parseAddressList(text, 100).addresses.map(({ name, address }) => [name, address]);
}

describe("address lists of RFC 5322", () => {
  it.each<[string, string[][]]>([
    ["anna@example.it", [["", "anna@example.it"]]],
    ["Anna Rossi <anna@example.it>", [["Anna Rossi", "anna@example.it"]]],
    [
      '"Rossi, Anna" <anna@example.it>, bob@example.it',
      [
        ["Rossi, Anna", "anna@example.it"],
        ["", "bob@example.it"],
      ],
    ],
    ["anna@example.it (Anna Rossi)", [["Anna Rossi", "anna@example.it"]]],
    ["Anna (the (nested) boss) <anna@example.it>", [["Anna", "anna@example.it"]]],
    ["=?utf-8?Q?J=C3=BCrgen?= <j@example.de>", [["Jürgen", "j@example.de"]]],
    ['"=?utf-8?Q?J=C3=BCrgen?=" <j@example.de>', [["Jürgen", "j@example.de"]]],
    ["=?utf-8?Q?Rossi,_Anna?= <anna@example.it>", [["Rossi, Anna", "anna@example.it"]]],
    ['"Joe \\"Jim\\" Doe" <joe@example.org>', [['Joe "Jim" Doe', "joe@example.org"]]],
    [
      "team: anna@example.it, Bob <bob@example.it>;",
      [
        ["", "anna@example.it"],
        ["Bob", "bob@example.it"],
      ],
    ],
    [
      "all: team: anna@example.it;, bob@example.it;",
      [
        ["", "anna@example.it"],
        ["", "bob@example.it"],
      ],
    ],
    ["undisclosed-recipients:;", []],
    ["team: a, b;", []],
    ["anna . rossi @ example . it", [["", "anna.rossi@example.it"]]],
    ["<@relay.example,@other.example:anna@example.it>", [["", "anna@example.it"]]],
    ["Anna <anna @ (office) example.it>", [["Anna", "anna@example.it"]]],
    [",, anna@example.it,,", [["", "anna@example.it"]]],
    [
      "anna@example.it; bob@example.it",
      [
        ["", "anna@example.it"],
        ["", "bob@example.it"],
      ],
    ],
    ["user@[192.0.2.1]", [["", "user@[192.0.2.1]"]]],
    ["user@[IPv6:2001:db8::1]", [["", "user@[IPv6:2001:db8::1]"]]],
    ["anna@münchen.example", [["", "anna@münchen.example"]]],
    ["", []],
    ["<>", []],
    ["MAILER-DAEMON <>", []],
    ["anna", []],
    ["@example.it", []],
    ["anna@", []],
  ])("%s", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it("takes the domain from the last @", () => {
    expect(parseAddress('"a@good x"@evil.example')).toEqual({
      name: "",
      address: '"a@good x"@evil.example',
      local: '"a@good x"',
      domain: "evil.example",
    });
    expect(parseAddress("a@b@c.example")?.domain).toBe("c.example");
  });

  it("drops the quotes that a local part does not need", () => {
    expect(parseAddress('"anna"@example.it')?.address).toBe("anna@example.it");
  });
});

describe("addresses that break the grammar", () => {
  it.each<[string, string | undefined]>([
    ["good@bank.example <evil@example.org>", "evil@example.org"],
    ['"good@bank.example" <evil@example.org>', "evil@example.org"],
    ["<first@example.org> <last@example.org>", "last@example.org"],
    ["Anna anna@example.it", "anna@example.it"],
    ["anna@example.it bob@example.it", undefined],
    ['"anna@example.it"', "anna@example.it"],
    ['"postmaster@" <example.org postmaster@example.org>', "postmaster@example.org"],
    ["Anna <anna@example.it", "anna@example.it"],
    ['Anna "Rossi <anna@example.it>', "anna@example.it"],
    ["Anna (Rossi <anna@example.it>", "anna@example.it"],
    ["<<anna@example.it>>", "anna@example.it"],
    ["<mailto:anna@example.it>", "anna@example.it"],
    ["=?utf-8?Q?Anna_<anna@example.it>?=", undefined],
    ["=?utf-8?B?QW5uYSA8YW5uYUBleGFtcGxlLml0Pg==?=", undefined],
    ["a\u0000@evil@good.example", undefined],
    ["anna@exam\u0007ple.it", undefined],
    ["anna@example.it\u00a0x", undefined],
  ])("%s", (text, expected) => {
    expect(parseAddress(text)?.address).toBe(expected);
  });

  it("keeps a control character of the display name out of it", () => {
    expect(parseAddress('"An\u0000na\u0001" <anna@example.it>')?.name).toBe("An na");
  });
});

describe("bounds", () => {
  it("cuts a list and says so", () => {
    const list = Array.from({ length: 50 }, (_, at) => `u${at}@example.org`).join(", ");
    expect(parseAddressList(list, 10)).toMatchObject({ cut: true });
    expect(parseAddressList(list, 10).addresses).toHaveLength(10);
    expect(parseAddressList(list, 50).cut).toBe(false);
  });

  it.each([
    ["quotes", '"'],
    ["escaped quotes", '\\"'],
    ["parentheses", "("],
    ["angles", "<"],
    ["angle and quote", '<"'],
    ["encoded words without end", "=?a?q?"],
    ["groups", "a:"],
    ["touching quoted texts", '"a"b'],
  ])("reads 200,000 characters of %s", (_, piece) => {
    const text = piece.repeat(200_000 / piece.length);
    expect(parseAddressList(text, 1000).addresses).toEqual([]);
  });
});

it("an address of any name reads back", () => {
  const part = fc.stringMatching(/^[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,20}$/);
  const name = fc.string({ unit: "grapheme", maxLength: 30 });
  fc.assert(
    fc.property(name, part, part, (display, local, domain) => {
      fc.pre(!display.includes("=?"));
      const written = formatAddress({ name: display, address: `${local}@${domain}` });
      const expected = display.replace(/[\p{White_Space}\p{Cc}]+/gu, " ").trim();
      expect(written).not.toMatch(/[\r\n]/);
      expect(parseAddress(written)).toEqual({
        name: expected,
        address: `${local}@${domain}`,
        local,
        domain,
      });
    }),
  );
});

it("never throws, and what it gives always has an @ with something on both sides", () => {
  const noise = fc.string({
    unit: fc.constantFrom(...Array.from('ab@<>()",;:\\ \t[].=?\u0000é')),
    maxLength: 60,
  });
  fc.assert(
    fc.property(noise, (text) => {
      for (const { address, local, domain } of parseAddressList(text, 100).addresses) {
        expect(address).toBe(`${local}@${domain}`);
        expect(local).not.toBe("");
        expect(domain).not.toBe("");
        expect(address).not.toMatch(/[\p{Cc}]/u);
      }
    }),
    { numRuns: 2000 },
  );
});
