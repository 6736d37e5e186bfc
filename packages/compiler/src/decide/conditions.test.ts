import { describe, expect, test } from "vitest";
import type { ProgramRule } from "../program/program.ts";
import { judge } from "./judgeProgram.ts";
import { decide } from "../samples/deciding.ts";
import type { Given } from "../samples/deciding.ts";
import { answered } from "../samples/helpdesk.ts";
import { address, arrived, attachment, mailContent, mailHeaders } from "../samples/mail.ts";
import {
  all,
  any,
  create,
  each,
  field,
  flag,
  ignore,
  inRegistry,
  matches,
  not,
  number,
  program,
  rule,
  texts,
} from "../samples/program.ts";

describe("conditions", () => {
  const holds = (when: ProgramRule["when"], given: Given = {}) =>
    decide([rule("R", when, ignore)], given).rule === "R";

  test("a test of an absent value is false, `not` of it true", () => {
    const bad = texts("header X-None", "is", "");
    expect(holds(bad)).toBe(false);
    expect(holds(not(bad))).toBe(true);
    expect(holds(texts("subject", "is", ""), { headers: { subject: "" } })).toBe(true);
  });

  test("every holds where there is none, some and no look at one value", () => {
    const pdf = texts(field("attachment.name", "element"), "ends with", ".pdf");
    expect(holds(each("every", "attachment", pdf))).toBe(true);
    expect(holds(each("some", "attachment", pdf))).toBe(false);
    const content = { attachments: [attachment("a.PDF", "x/y", 1), attachment("b.doc", "x/y", 9)] };
    expect(holds(each("some", "attachment", pdf), { content })).toBe(true);
    expect(holds(each("every", "attachment", pdf), { content })).toBe(false);
    expect(holds(each("no", "attachment", pdf), { content })).toBe(false);
    const bigPdf = all(pdf, number(field("attachment.size", "element"), ">", 5));
    expect(holds(each("some", "attachment", bigPdf), { content })).toBe(false);
  });

  test("a header's number is the decimal it begins with", () => {
    const score = (value: string) =>
      holds(number("header X-Spam-Score", ">", 5), {
        headers: { fields: [{ name: "x-spam-score", raw: value, value }] },
      });
    expect(score("5.3 / 6")).toBe(true);
    expect(score("+6")).toBe(true);
    expect(score("-7.1")).toBe(false);
    expect(score("about 9")).toBe(false);
  });

  test("a domain or below it", () => {
    const under = (domain: string) =>
      holds(texts("from.domain", "under", "aruba.it", "de"), {
        headers: { from: [address(`x@${domain}`)] },
      });
    expect(under("Aruba.IT")).toBe(true);
    expect(under("mail.aruba.it")).toBe(true);
    expect(under("notaruba.it")).toBe(false);
    expect(under("aruba.it.evil.com")).toBe(false);
    expect(under("a.b.de")).toBe(true);
  });

  test("a flag that only the content tells asks for it", () => {
    const headers = mailHeaders({ flags: { ...mailHeaders().flags, signed: undefined } });
    const settled = mailHeaders({ flags: { ...mailHeaders().flags, signed: true } });
    const { result } = answered(
      judge(program([rule("R", flag("signed"), ignore)])).decide(arrived(headers)),
      { content: mailContent(settled) },
    );
    expect(result.rule).toBe("R");
  });

  test("registries are asked once for an address, agents not at all", () => {
    const asked = decide([
      rule("A", inRegistry("from", "agents"), ignore),
      rule("B", inRegistry("from", "contacts"), ignore),
      rule("C", not(inRegistry("from", "contacts")), ignore),
    ]);
    expect(asked.rule).toBe("C");
    expect(asked.asked.filter((need) => need === "registry")).toHaveLength(1);
    expect(asked.answers.map((one) => one.need.need)).toEqual([
      "seen",
      "own mail",
      "blocked",
      "registry",
    ]);
  });
});

describe("captures", () => {
  test("of `any` the first branch that holds", () => {
    const decision = decide(
      [
        rule(
          "R",
          any(matches("subject", "A(?<id>[0-9]+)"), matches("body", "B(?<id>[0-9]+)")),
          create({ title: [{ kind: "capture", name: "id" }] }),
        ),
      ],
      { headers: { subject: "none" }, content: { body: "B7 B8" } },
    );
    expect(decision.effects).toMatchObject([{ title: "7" }]);
  });

  test("of many values the first that matches; of `some` that value's", () => {
    const from = [address("a@x.org"), address("b2@x.org"), address("c3@x.org")];
    const title = create({ title: [{ kind: "capture", name: "n" }] });
    expect(
      decide([rule("R", matches("from", "(?<n>[0-9])"), title)], { headers: { from } }).effects,
    ).toMatchObject([{ title: "2" }]);
    const some = each(
      "some",
      "from",
      all(
        texts(field("address.local", "element"), "starts with", "c"),
        matches(field("address.address", "element"), "(?<n>[0-9])"),
      ),
    );
    expect(decide([rule("R", some, title)], { headers: { from } }).effects).toMatchObject([
      { title: "3" },
    ]);
  });
});
