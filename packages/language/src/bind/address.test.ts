import { expect, test } from "vitest";
import { isAddress } from "./address.ts";

test.each(["a@b", "anna.rossi+x@example.it", "a@b@example.it", '"anna rossi"@example.it'])(
  "%s is an address",
  (text) => expect(isAddress(text)).toBe(true),
);

test.each(["", "@", "a@", "@b", "a b@c", "Anna <a@b>", "a@b, c@d", "a@b\r\nBcc: c@d"])(
  "%s is none",
  (text) => expect(isAddress(text)).toBe(false),
);
