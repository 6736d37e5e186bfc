import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTnef } from "./tnef.ts";
import { attribute, file, properties, property, tnef, unicode } from "./tnef.fixture.ts";

function read(bytes: Uint8Array, most = 100) {
  const found = readTnef(bytes, most);
  return (
    found && {
      ...found,
      attachments: found.attachments.map((one) => ({
        ...one,
        content: Buffer.from(one.content).toString(),
      })),
    }
  );
}

const latin = (text: string) => Buffer.from(`${text}\0`, "latin1");

describe("files", () => {
  it("have the long name before the short one, their type and their Content-ID", () => {
    const own = properties(
      unicode(0x3707, "Rechnung März.pdf"),
      property(0x1e, 0x370e, latin("Application/PDF")),
      unicode(0x3712, "<part1@example.it>"),
    );
    expect(
      read(
        tnef(
          file("one", attribute(2, 0x8010, latin("RECHNU~1.PDF")), attribute(2, 0x9005, own)),
          file("two", attribute(2, 0x8010, latin("größe.txt"))),
          file("three"),
        ),
      )?.attachments,
    ).toEqual([
      {
        name: "Rechnung März.pdf",
        type: "application/pdf",
        content: "one",
        contentId: "part1@example.it",
      },
      { name: "größe.txt", type: "application/octet-stream", content: "two", contentId: undefined },
      { name: undefined, type: "application/octet-stream", content: "three", contentId: undefined },
    ]);
  });

  it("stand in the properties alone, as an object behind the name of its interface", () => {
    const begin = attribute(2, 0x9002, Buffer.alloc(14));
    const object = property(0x0d, 0x3701, Buffer.concat([Buffer.alloc(16), Buffer.from("inner")]));
    const bytes = property(0x102, 0x3701, Buffer.from("bytes"));
    const found = read(
      tnef(
        begin,
        attribute(2, 0x9005, properties(object)),
        begin,
        attribute(2, 0x9005, properties(bytes)),
      ),
    );
    expect(found?.attachments.map((one) => one.content)).toEqual(["inner", "bytes"]);
  });

  it("are gone over where named properties stand before them", () => {
    const guid = Buffer.alloc(16);
    const byNumber = Buffer.concat([
      Buffer.from([0x03, 0, 0x01, 0x80]),
      guid,
      Buffer.from([0, 0, 0, 0, 5, 0, 0, 0, 7, 0, 0, 0]),
    ]);
    const name = Buffer.from("abc", "utf16le");
    const byName = Buffer.concat([
      Buffer.from([0x03, 0, 0x02, 0x80]),
      guid,
      Buffer.from([1, 0, 0, 0, name.length, 0, 0, 0]),
      name,
      Buffer.alloc(2),
      Buffer.from([7, 0, 0, 0]),
    ]);
    const own = properties(byNumber, byName, unicode(0x3707, "a.txt"));
    expect(read(tnef(file("x", attribute(2, 0x9005, own))))?.attachments[0]?.name).toBe("a.txt");
  });

  it("beyond the bound are left out", () => {
    const many = tnef(...Array.from({ length: 50 }, (_, at) => file(String(at))));
    expect(read(many, 3)?.attachments.map((one) => one.content)).toEqual(["0", "1", "2"]);
  });

  it("have a type that is none of a whole mail, and a name without control characters", () => {
    const own = properties(unicode(0x370e, "multipart/mixed"), unicode(0x3707, "a\r\nb\u0000.txt"));
    expect(read(tnef(file("x", attribute(2, 0x9005, own))))?.attachments[0]).toMatchObject({
      name: "ab.txt",
      type: "application/octet-stream",
    });
  });
});

describe("the text", () => {
  it("is the plain one in the code page of the message", () => {
    const page = attribute(1, 0x9007, Buffer.from([0xe3, 0x04, 0, 0, 0, 0, 0, 0]));
    expect(read(tnef(page, attribute(1, 0x800c, Buffer.from([0xcf, 0xf0, 0]))))?.text).toBe("Пр");
  });

  it("is HTML too, in the code page that it names", () => {
    const page = Buffer.concat([Buffer.from([3, 0, 0xde, 0x3f]), Buffer.from([0xe9, 0xfd, 0, 0])]);
    const own = properties(page, property(0x102, 0x1013, Buffer.from("<p>é</p>")));
    expect(read(tnef(attribute(1, 0x9003, own)))?.html).toBe("<p>é</p>");
  });

  it("is that of the formatted text where there is no other", () => {
    const rtf =
      "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 a\\'e9\\u8364?b\\par {\\*\\x hidden}c\\{d}";
    const head = Buffer.alloc(16);
    head.writeUInt32LE(rtf.length + 12, 0);
    head.writeUInt32LE(rtf.length, 4);
    head.write("MELA", 8);
    const own = properties(property(0x102, 0x1009, Buffer.concat([head, Buffer.from(rtf)])));
    expect(read(tnef(attribute(1, 0x9003, own)))?.text).toBe("aé€b\nc{d");
  });

  it("comes out of its compression", () => {
    // The example of MS-OXRTFCP 4.1.1.
    const packed = Buffer.from(
      "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0",
      "hex",
    );
    const own = properties(property(0x102, 0x1009, packed));
    expect(read(tnef(attribute(1, 0x9003, own)))?.text?.trim()).toBe("hello world");
  });
});

describe("hostile bytes", () => {
  it("are no TNEF", () => {
    expect(readTnef(Buffer.from("x"), 10)).toBeUndefined();
    expect(readTnef(tnef(), 10)).toBeUndefined();
    expect(readTnef(Buffer.alloc(1000, 0x78), 10)).toBeUndefined();
  });

  it("give no more than they hold, wherever they break off or lie", () => {
    const own = properties(unicode(0x3707, "a.txt"), property(0x102, 0x3701, Buffer.from("abc")));
    const valid = tnef(
      attribute(1, 0x9003, properties(property(0x1e, 0x1000, latin("text")))),
      file("content", attribute(2, 0x8010, latin("b.txt")), attribute(2, 0x9005, own)),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(valid.length),
        (changes, length) => {
          const bytes = Buffer.from(valid);
          for (const [at, byte] of changes) bytes[at] = byte;
          const found = readTnef(bytes.subarray(0, length), 10);
          const size = (found?.attachments ?? []).reduce((sum, one) => sum + one.content.length, 0);
          expect(size).toBeLessThanOrEqual(length);
        },
      ),
    );
  });

  it("properties that say they have ten thousand values of nothing end", () => {
    const nothing = Buffer.from([0x01, 0x10, 0x01, 0x00, 0x10, 0x27, 0x00, 0x00]);
    const many = properties(...Array.from({ length: 10_000 }, () => nothing));
    const files = Array.from({ length: 100 }, () => file("x", attribute(2, 0x9005, many)));
    expect(readTnef(tnef(...files), 1000)?.attachments).toHaveLength(100);
  });

  it("a formatted text that says it is four thousand million bytes long stays small", () => {
    const head = Buffer.alloc(16);
    head.writeUInt32LE(0xffffffff, 4);
    head.write("LZFu", 8);
    // Each pair repeats seventeen bytes of the window.
    const pairs = Buffer.alloc(900_000, Buffer.from([0xff, ...Buffer.alloc(16, 0x0f)]));
    const own = properties(property(0x102, 0x1009, Buffer.concat([head, pairs])));
    const text = readTnef(tnef(attribute(1, 0x9003, own)), 10)?.text ?? "";
    expect(text.length).toBeLessThanOrEqual(4 * 1024 * 1024);
  });
});
