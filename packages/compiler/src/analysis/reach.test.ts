import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge } from "../decide/judgeProgram.ts";
import { condition, isNotNamed, mail, mailOf, programOf, rules } from "../samples/generated.ts";
import { answered, ticket } from "../samples/helpdesk.ts";
import { address, arrived, attachment, mailContent, mailHeaders, monday } from "../samples/mail.ts";
import type { Program } from "../program/program.ts";
import { ignore } from "../samples/program.ts";
import type { MailModel } from "./atoms.ts";
import { Purse } from "./purse.ts";
import { reachOfRules } from "./reach.ts";
import { worldsOf } from "./world.ts";

const desk = {
  contacts: ["a@x.org"],
  tickets: [
    ticket(42, { takesPart: ["a@x.org"] }),
    ticket(7, { ids: ["<t@x>"], takesPart: ["a@x.org"], closedAt: monday }),
  ],
};

function reachIn(of: Program): ReturnType<typeof reachOfRules> {
  const [world] = worldsOf(of, of);
  return world === undefined ? [] : reachOfRules(world, new Purse());
}

describe("a rule that never acts", () => {
  test("acts on no mail, and rules above it that are named take every mail for which it holds", () => {
    let dead = 0;
    fc.assert(
      fc.property(
        rules,
        condition.filter(isNotNamed),
        fc.array(mail, { minLength: 12, maxLength: 12 }),
        (list, named, mails) => {
          const whole = programOf(list, named);
          const reach = reachIn(whole);
          const deadRules = reach.flatMap((one) =>
            one.reach.kind === "never acts" ? [{ ...one, reach: one.reach }] : [],
          );
          dead += deadRules.length;
          const decide = judge(whole);
          for (const of of mails) {
            const { headers, content } = mailOf(of);
            const { result } = answered(decide.decide(arrived(headers)), { content, ...desk });
            for (const { rule: one } of deadRules) expect(result.rules).not.toContain(one.name);
          }
          for (const {
            rule: one,
            reach: { coveredBy },
          } of deadRules) {
            const alone = judge(programOf([...coveredBy, { ...one, actions: [ignore] }], named));
            for (const of of mails) {
              const { headers, content } = mailOf(of);
              const { result } = answered(alone.decide(arrived(headers)), { content, ...desk });
              expect(result.rule).not.toBe(one.name);
            }
          }
        },
      ),
      { numRuns: 1_500 },
    );
    expect(dead).toBeGreaterThan(300);
  });
});

/** What a model says, as a mail; undefined where it assumes what a mail alone cannot show. */
function modelled(model: MailModel) {
  const texts = (group: string) =>
    (model.groups.get(group) ?? []).map((value) => value.texts.get("text") ?? "");
  const people = (group: string) =>
    (model.groups.get(group) ?? []).map((value) =>
      address(value.texts.get("text") ?? "", value.texts.get("name") ?? ""),
    );
  const flags = { ...mailHeaders().flags };
  for (const { unknown, holds } of model.free.values()) {
    if (unknown.kind !== "flag") return undefined;
    if (unknown.flag === "reply") flags.reply = holds;
    else if (unknown.flag === "bulk") flags.bulk = holds;
    else return undefined;
  }
  const contacts = [...model.groups.values()]
    .flat()
    .flatMap((value) =>
      value.free.get("in contacts")?.holds === true ? [value.texts.get("text") ?? ""] : [],
    );
  const fields = texts('header "x-tag"').map((value) => ({ name: "x-tag", raw: value, value }));
  const headers = mailHeaders({
    from: people("from"),
    to: people("recipients"),
    subject: texts("subject")[0] ?? "",
    flags,
    fields,
  });
  const count = model.groups.get("attachments")?.[0]?.numbers.get("number") ?? 0;
  const attachments = (model.groups.get("attachment") ?? []).map((value) =>
    attachment(
      value.texts.get("name"),
      value.texts.get("type") ?? "",
      value.numbers.get("number") ?? 0,
    ),
  );
  const content = mailContent(headers, {
    body: texts("body")[0] ?? "",
    bodyNew: texts("body.new")[0] ?? "",
    html: texts("html")[0],
    attachments: [
      ...attachments,
      ...Array.from({ length: Math.max(0, count - attachments.length) }, () =>
        attachment(undefined, "", 0),
      ),
    ],
  });
  return { headers, content, contacts };
}

describe("a rule that can act", () => {
  test("acts on the mail that is found, where its model leaves nothing out", () => {
    let confirmed = 0;
    let others = 0;
    fc.assert(
      fc.property(rules, condition.filter(isNotNamed), (list, named) => {
        const ending = list.map((one) => ({ ...one, actions: [ignore] }));
        const whole = programOf(ending, named);
        for (const { rule: one, reach } of reachIn(whole)) {
          if (reach.kind !== "can act") continue;
          const of = modelled(reach.model);
          if (of === undefined) continue;
          const { result } = answered(judge(whole).decide(arrived(of.headers)), of);
          if (result.rule === one.name) confirmed += 1;
          else others += 1;
        }
      }),
      { numRuns: 500 },
    );
    expect(confirmed).toBeGreaterThan(500);
    expect(others / confirmed).toBeLessThan(0.02);
  });
});
