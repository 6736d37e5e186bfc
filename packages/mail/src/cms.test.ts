import { OctetString } from "asn1js";
import * as fc from "fast-check";
import { ContentInfo, EncapsulatedContentInfo, EnvelopedData, SignedData } from "pkijs";
import { describe, expect, it } from "vitest";
import { cmsKind, signedContent } from "./cms.ts";

const data = "1.2.840.113549.1.7.1";

function buffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** A signed message without signers, as pkijs writes it. */
function signed(content: OctetString | undefined): Uint8Array {
  const message = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: data,
      ...(content === undefined ? {} : { eContent: content }),
    }),
  });
  const info = new ContentInfo({
    contentType: ContentInfo.SIGNED_DATA,
    content: message.toSchema(true),
  });
  return new Uint8Array(info.toSchema().toBER(false));
}

/** In pieces, each part of one octet string, the length of the whole left open or not. */
function pieces(parts: readonly Uint8Array[], open: boolean): OctetString {
  return new OctetString({
    isConstructed: true,
    lenBlock: { isIndefiniteForm: open },
    value: parts.map((part) => new OctetString({ valueHex: buffer(part) })),
  });
}

describe("a signed message", () => {
  it("gives the content that pkijs put into it, whole or in pieces", () => {
    const parts = fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(parts, fc.constantFrom("whole", "pieces", "open"), (some, form) => {
        const whole = Buffer.concat(some);
        const content =
          form === "whole"
            ? new OctetString({ valueHex: buffer(whole) })
            : pieces(some, form === "open");
        const bytes = signed(content);
        expect(cmsKind(bytes)).toBe("signed");
        expect(Buffer.from(signedContent(bytes) ?? [])).toEqual(whole);
      }),
    );
  });

  it("has lengths left open on every level, as OpenSSL streams it", () => {
    // SEQUENCE, OID, [0], SEQUENCE, version, no algorithms, SEQUENCE, OID, [0], octets in two pieces
    const bytes = Buffer.from(
      "308006092a864886f70d010702a080308002010131003080" +
        "06092a864886f70d010701a080248004036162630403646566" +
        "0000".repeat(7),
      "hex",
    );
    expect(Buffer.from(signedContent(bytes) ?? []).toString()).toBe("abcdef");
  });

  it("has no content where the signature is detached", () => {
    expect(cmsKind(signed(undefined))).toBe("signed");
    expect(signedContent(signed(undefined))).toBeUndefined();
  });

  it("gives what is left of its content where it breaks off", () => {
    const bytes = signed(new OctetString({ valueHex: buffer(Buffer.from("x".repeat(500))) }));
    const content = signedContent(bytes.subarray(0, bytes.length - 100));
    expect(content?.length).toBeGreaterThan(300);
    expect(content?.every((byte) => byte === 0x78)).toBe(true);
  });
});

describe("other bytes", () => {
  it("an encrypted message is told, and gives nothing", () => {
    const info = new ContentInfo({
      contentType: ContentInfo.ENVELOPED_DATA,
      content: new EnvelopedData({ version: 0 }).toSchema(),
    });
    const bytes = new Uint8Array(info.toSchema().toBER(false));
    expect(cmsKind(bytes)).toBe("encrypted");
    expect(signedContent(bytes)).toBeUndefined();
  });

  it("are no message, or end, whatever they are", () => {
    const valid = signed(pieces([Buffer.from("abc"), Buffer.from("def")], true));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 4 }),
        fc.nat(valid.length),
        (changes, length) => {
          const bytes = Buffer.from(valid);
          for (const [at, byte] of changes) bytes[at] = byte;
          const content = signedContent(bytes.subarray(0, length));
          expect(content === undefined || content.length <= length).toBe(true);
        },
      ),
    );
  });

  it("lengths left open a hundred thousand deep end", () => {
    expect(signedContent(Buffer.from("3080".repeat(100_000), "hex"))).toBeUndefined();
    const deep = `308006092a864886f70d010702a08030800201013100308006092a864886f70d010701a080${"2480".repeat(100_000)}`;
    expect(signedContent(Buffer.from(deep, "hex"))?.length ?? 0).toBe(0);
  });
});
