import type { Position } from "@mcrules/language";
import type { ProgramMailbox } from "../program/program.ts";
import { isNeed } from "../evaluate/facts.ts";
import { reasonsOf } from "../evaluate/looks.ts";
import type { Look } from "../evaluate/looks.ts";
import type { PreparedCondition } from "../evaluate/prepared.ts";
import { mailEffectsOf } from "./afterwards.ts";
import { perform } from "./actions.ts";
import type { Decision, Effect, MailEffect, Outcome, TraceEntry } from "./decision.ts";
import type { Desk } from "./desk.ts";
import { marksOf } from "./marks.ts";
import { missEffects } from "./misses.ts";
import { MailCase } from "./mailCase.ts";
import type { Asking } from "./mailCase.ts";
import type { DecideInput } from "./needs.ts";
import { noProperties } from "./properties.ts";
import { rivalsOf } from "./rivals.ts";
import type { NextRule, ReadyMailbox, ReadyRule } from "./ready.ts";
import { speaker } from "./run.ts";
import type { Done, GivenAbove } from "./run.ts";
import { beforeRules } from "./steps.ts";

/** Judges one mail. The first `traced` rules are taken down in the trace, with their reasons. */
export function* decideMail(
  input: DecideInput,
  mailbox: ReadyMailbox,
  desk: Desk,
  prepare: (condition: ProgramMailbox["rules"][number]["when"]) => PreparedCondition,
  next: NextRule,
  traced: number,
): Asking<Decision> {
  const mail = new MailCase(input);
  const trace: TraceEntry[] = [];
  const settings = mailbox.mailbox;
  const stepped = yield* beforeRules(mail, settings, trace);
  if (stepped !== undefined)
    return { ...stepped, rule: null, rules: [], marks: [], trace, answers: mail.answers };

  const effects: Effect[] = [];
  const own: MailEffect[] = [];
  const rules: string[] = [];
  let given: GivenAbove = { properties: noProperties, participants: [] };

  for (let at = next(mail, -1); at !== undefined; at = next(mail, at)) {
    const rule = mailbox.rules[at];
    if (rule === undefined) break;
    const looks: Look[] | undefined = traced > 0 ? [] : undefined;
    const holds = yield* judged(rule.when, mail, looks);
    const done = holds
      ? yield* perform(rule.rule.actions, {
          rule: rule.rule.name,
          mail,
          desk,
          mailbox: settings,
          speaking: speaker(mail, desk, () => rule.when.captures(mail, undefined)),
          rivals: (capture) => rivalsOf(rule.when, mail, capture),
          prepare,
          perform,
          given,
          looks,
          linkedTo: undefined,
        })
      : undefined;
    if (at < traced || done !== undefined)
      trace.push(entryOf(rule, done !== undefined, looks ?? []));
    if (done === undefined) continue;
    rules.push(rule.rule.name);
    effects.push(...done.effects);
    own.push(...done.mailEffects);
    given = done.given;
    if (!done.ends) continue;
    return {
      ...leftOut(trace, at + 1, traced),
      outcome: outcomeOf(done),
      rule: rule.rule.name,
      rules,
      effects: [...effects, ...missEffects(mail)],
      mailEffects: mailEffectsOf(settings, own, {
        byRule: true,
        senderBlocked: effects.some((effect) => effect.kind === "block sender"),
      }),
      marks: marksOf(mail, effects),
      trace,
      answers: mail.answers,
    };
  }
  return {
    ...leftOut(trace, mailbox.rules.length, traced),
    outcome: "no rule",
    rule: null,
    rules,
    effects: [...effects, ...missEffects(mail)],
    mailEffects: mailEffectsOf(settings, own, {
      byRule: false,
      senderBlocked: effects.some((effect) => effect.kind === "block sender"),
    }),
    marks: marksOf(mail, effects),
    trace,
    answers: mail.answers,
  };
}

/**
 * Judges a condition, asking for what it needs. It is judged from its beginning again after each answer:
 * nothing is asked twice, so that the end is the same.
 */
export function* judged(
  condition: PreparedCondition,
  mail: MailCase,
  looks: Look[] | undefined,
): Asking<boolean> {
  for (;;) {
    const verdict = condition.judge(mail, undefined, looks);
    if (!isNeed(verdict)) return verdict;
    if (looks !== undefined) looks.length = 0;
    yield* mail.satisfy(verdict);
  }
}

/** How many of the rules that were decided by are not in the trace. */
function leftOut(
  trace: readonly TraceEntry[],
  decidedBy: number,
  traced: number,
): { readonly leftOut?: number } {
  if (decidedBy <= traced) return {};
  const left = decidedBy - trace.filter(({ step }) => !step).length;
  return left === 0 ? {} : { leftOut: left };
}

function entryOf(rule: ReadyRule, result: boolean, looks: readonly Look[]): TraceEntry {
  const position: Position = rule.rule.at;
  return { rule: rule.rule.name, step: false, position, result, because: reasonsOf(looks) };
}

/** What a rule of several actions counts as: what it did in the helpdesk before what it did to the mail. */
function outcomeOf(done: Done): Outcome {
  const did = (kind: Effect["kind"]): boolean =>
    done.effects.some((effect) => effect.kind === kind);
  if (did("create ticket")) return "ticket created";
  if (did("update ticket")) return "ticket updated";
  if (done.spam) return "spam";
  if (did("file under")) return "filed";
  if (done.ignored) return "ignored";
  if (done.mailEffects.some((effect) => effect.kind === "delete")) return "deleted";
  if (done.mailEffects.some((effect) => effect.kind === "move")) return "moved";
  return "ignored";
}
