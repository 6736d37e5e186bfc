import { describe, expect, test } from "vitest";
import { judge } from "./judgeProgram.ts";
import { answered, ticket } from "../samples/helpdesk.ts";
import type { SampleHelpdesk } from "../samples/helpdesk.ts";
import { arrived, mailContent, mailHeaders, monday } from "../samples/mail.ts";
import { ignore, program, rule, texts } from "../samples/program.ts";
import type { MailContent, MailHeaders } from "@mcrules/mail";

const rules = program([rule("R", texts("subject", "contains", "printer"), ignore)], {
  settings: { after: { kind: "delete" }, spamFolder: "Junk" },
});

function decide(
  headers: MailHeaders,
  desk: SampleHelpdesk,
  content: Partial<Omit<MailContent, "headers">> = {},
) {
  const { result, needs } = answered(judge(rules).decide(arrived(headers)), {
    content: mailContent(headers, content),
    ...desk,
  });
  return { ...result, asked: needs.map((need) => need.need) };
}

describe("before the rules", () => {
  test("all four steps stand in the trace, then the rules", () => {
    expect(decide(mailHeaders(), {}).trace.map((entry) => [entry.rule, entry.step])).toEqual([
      ["already seen", true],
      ["own mail", true],
      ["bounce", true],
      ["blocked sender", true],
      ["R", false],
    ]);
  });

  test("a mail that was seen is not done again", () => {
    const decision = decide(mailHeaders(), { seen: true });
    expect(decision).toMatchObject({
      outcome: "already seen",
      rule: null,
      effects: [],
      mailEffects: [],
      asked: ["seen"],
    });
  });

  test("our own mail coming back is ignored, a receipt for it is not", () => {
    const desk = { ownIds: ["<1@example.org>"] };
    expect(decide(mailHeaders(), desk).outcome).toBe("own mail");
    expect(decide(mailHeaders({ pecKind: "delivery" }), desk).outcome).toBe("ignored");
  });

  test("a bounce of a mail of ours is noted and mutes whom it could not reach", () => {
    const flags = { ...mailHeaders().flags, bounce: undefined, automatic: true };
    const settled = mailHeaders({ flags: { ...flags, bounce: true } });
    const bounced = ticket(42, { ids: ["<ours@x>"] });
    const { result } = answered(judge(rules).decide(arrived(mailHeaders({ flags }))), {
      content: mailContent(settled, {
        bounce: {
          originalIds: ["<other@x>", "<ours@x>"],
          recipients: ["anna@example.org"],
          status: "5.1.1",
        },
      }),
      tickets: [bounced],
    });
    expect(result.outcome).toBe("bounce");
    expect(result.effects).toEqual([
      {
        kind: "note bounce",
        ticket: bounced,
        mute: ["anna@example.org"],
        until: monday + 60_000 + 7 * 86_400_000,
      },
    ]);
  });

  test("a bounce is not even read where no mail of ours ever went out", () => {
    const flags = { ...mailHeaders().flags, bounce: undefined, automatic: true };
    const result = decide(mailHeaders({ flags }), { silent: true });
    expect(result.asked).not.toContain("content");
    expect(result.trace.find((entry) => entry.rule === "bounce")).toMatchObject({
      result: false,
      because: [{ actual: "no mail of ours went out yet" }],
    });
  });

  test("a bounce of somebody else's mail reaches the rules", () => {
    const flags = { ...mailHeaders().flags, bounce: true, automatic: true };
    expect(decide(mailHeaders({ flags }), {}).outcome).toBe("ignored");
  });

  test("a blocked sender ends here, in the spam folder", () => {
    const decision = decide(mailHeaders(), { blocked: ["anna@example.org"] });
    expect(decision).toMatchObject({
      outcome: "blocked",
      rule: null,
      mailEffects: [{ kind: "move", folder: "Junk" }],
    });
  });

  test("without a sender nobody is asked for", () => {
    expect(decide(mailHeaders({ from: [] }), {}).asked).not.toContain("blocked");
  });

  test("of an opened envelope the inner mail is judged", () => {
    const inner = mailHeaders({ subject: "The printer inside", pecKind: "message" });
    const envelope = mailHeaders({ subject: "POSTA CERTIFICATA", enclosed: true });
    const { result, needs } = answered(judge(rules).decide(arrived(envelope)), {
      content: mailContent(inner),
    });
    expect(result.rule).toBe("R");
    expect(needs.slice(0, 2).map((need) => need.need)).toEqual(["seen", "content"]);
  });

  test("another answer than was asked for is refused", () => {
    const asking = judge(rules).decide(arrived(mailHeaders()));
    asking.next();
    expect(() => asking.next({ need: "own mail", own: true })).toThrow(/Asked for "seen"/);
  });
});
