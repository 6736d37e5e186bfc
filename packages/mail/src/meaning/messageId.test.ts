import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSignedMessageId, signMessageId } from "./messageId.ts";

const key = "a key of this installation";
const parts = { ticket: 42, unique: "0b7c-1", key, domain: "example.it" };

describe("signed Message-IDs", () => {
  it("bring their ticket back, also in the letter case of a relay and without brackets", () => {
    const id = signMessageId(parts);
    expect(id).toMatch(/^<mcrules\.t42\.0b7c-1\.[0-9a-f]{32}@example\.it>$/u);
    expect(readSignedMessageId(id, key)).toEqual({ ticket: 42 });
    expect(readSignedMessageId(id.toUpperCase(), key)).toEqual({ ticket: 42 });
    expect(readSignedMessageId(` ${id.slice(1, -1)} `, key)).toEqual({ ticket: 42 });
  });

  it("may belong to no ticket", () => {
    const id = signMessageId({ ...parts, ticket: undefined });
    expect(readSignedMessageId(id, key)).toEqual({ ticket: undefined });
  });

  it("are not ours where anything signed was changed, or with another key", () => {
    const id = signMessageId(parts);
    expect(readSignedMessageId(id.replace("t42", "t43"), key)).toBeUndefined();
    expect(readSignedMessageId(id.replace("0b7c-1", "0b7c-2"), key)).toBeUndefined();
    expect(readSignedMessageId(id.replace(".t42.", ".none."), key)).toBeUndefined();
    expect(readSignedMessageId(id, "another key")).toBeUndefined();
  });

  it("hold for any ticket and any unique part, and stay one header word", () => {
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: 0, max: 999_999_999_999_999 }), { nil: undefined }),
        fc.string({ unit: "binary" }),
        fc.string(),
        (ticket, unique, domain) => {
          const id = signMessageId({ ticket, unique, key, domain });
          expect(id).toMatch(/^<[a-z0-9.-]+@[A-Za-z0-9.-]+>$/u);
          expect(readSignedMessageId(id, key)).toEqual({ ticket });
        },
      ),
    );
  });

  it("are told from ids of others", () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(readSignedMessageId(id, key)).toBeUndefined();
      }),
    );
    expect(readSignedMessageId(`<mcrules.t1.x.${"0".repeat(32)}@example.it>`, key)).toBeUndefined();
  });

  it("refuse a ticket that is no id", () => {
    expect(() => signMessageId({ ...parts, ticket: 1.5 })).toThrow(RangeError);
    expect(() => signMessageId({ ...parts, ticket: -1 })).toThrow(RangeError);
    expect(() => signMessageId({ ...parts, ticket: Number.NaN })).toThrow(RangeError);
  });
});
