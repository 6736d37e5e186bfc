import { describe, expect, it } from "vitest";
import { authentication } from "./authentication.ts";
import { headersOf } from "./writtenMail.fixture.ts";

const trusts = ["mx.example.it"];

function verdicts(fields: string, trusted: readonly string[] = trusts): string {
  const { spf, dkim, dmarc } = authentication(headersOf(`${fields}\n\n`).fields, trusted);
  return `${spf} ${dkim} ${dmarc}`;
}

describe("authentication", () => {
  it("reads the verdicts of the server that is trusted", () => {
    expect(
      verdicts(`Authentication-Results: mx.example.it;
 spf=pass smtp.mailfrom=a@b.it; dkim=fail (bad; signature) header.d=b.it;
 dmarc=fail (p=REJECT) header.from=b.it`),
    ).toBe("pass fail fail");
  });

  it("knows nothing where no server is trusted, or another one wrote the field", () => {
    const field = "Authentication-Results: mx.example.it; spf=pass; dkim=pass; dmarc=pass";
    expect(verdicts(field, [])).toBe("none none none");
    expect(verdicts(field, ["mx.other.it"])).toBe("none none none");
    expect(verdicts(field.replace("mx.", "mx.example.it.evil."))).toBe("none none none");
  });

  it("looks only at the topmost field of that server: a sender can have written the others", () => {
    expect(
      verdicts(`Authentication-Results: relay.other.it; spf=pass
Authentication-Results: mx.example.it; spf=fail
Authentication-Results: mx.example.it; spf=pass; dmarc=pass`),
    ).toBe("fail none none");
  });

  it("joins the fields that the filters of that server wrote one above the other", () => {
    expect(
      verdicts(`Authentication-Results: mx.example.it; dmarc=pass header.from=b.it
DKIM-Filter: OpenDKIM Filter v2.11.0 mx.example.it 4F
Authentication-Results: mx.example.it; dkim=pass header.d=b.it
Received-SPF: Softfail (mailfrom) identity=mailfrom
Authentication-Results: mx.example.it; spf=softfail smtp.mailfrom=a@b.it`),
    ).toBe("softfail pass pass");
  });

  it.each([
    ["a hop", "Received: from evil.example by mx.example.it; Mon, 2 Nov 2026 09:00:00 +0000"],
    ["another server's", "Authentication-Results: evil.example; spf=pass"],
    ["one that says again what was said", "Authentication-Results: mx.example.it; dkim=pass"],
  ])("%s ends them", (_, between) => {
    expect(
      verdicts(`Authentication-Results: mx.example.it; dkim=fail
${between}
Authentication-Results: mx.example.it; dmarc=pass`),
    ).toBe("none fail none");
  });

  it("takes a version, letter case, quotes and a comment before the id", () => {
    expect(verdicts("Authentication-Results: (ours) MX.Example.IT 1; DKIM/1 = Pass")).toBe(
      "none pass none",
    );
    expect(verdicts('Authentication-Results: "mx.example.it"; dmarc=pass')).toBe("none none pass");
  });

  it("is content with one good signature of several", () => {
    expect(
      verdicts("Authentication-Results: mx.example.it; dkim=fail header.d=a; dkim=pass header.d=b"),
    ).toBe("none pass none");
  });

  it("means the envelope sender where the HELO name was judged too", () => {
    expect(
      verdicts(
        "Authentication-Results: mx.example.it; spf=none smtp.helo=x; spf=softfail smtp.mailfrom=a@b",
      ),
    ).toBe("softfail none none");
  });

  it.each([
    ["hardfail", "fail"],
    ["error", "temperror"],
    ["permerror", "permerror"],
    ["policy", "neutral"],
    ["bestguesspass", "none"],
    ["constructor", "none"],
  ])("reads %s as %s", (written, word) => {
    expect(verdicts(`Authentication-Results: mx.example.it; spf=${written}`)).toBe(
      `${word} none none`,
    );
  });

  it("is not led astray by text in quotes and comments", () => {
    expect(
      verdicts(
        'Authentication-Results: mx.example.it; spf=fail reason="; dmarc=pass" (; dkim=pass (x))',
      ),
    ).toBe("fail none none");
  });

  it("reads `none` as no verdict", () => {
    expect(verdicts("Authentication-Results: mx.example.it; none")).toBe("none none none");
  });
});
