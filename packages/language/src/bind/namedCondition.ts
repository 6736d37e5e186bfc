import { report } from "../diagnostics/report.ts";
import type { Line } from "../shape/shape.ts";
import type { ConditionDeclaration } from "../tree/index.ts";
import { checkCaptures } from "./captureUse.ts";
import { capturesOf } from "./captures.ts";
import { beginsCondition, bindCondition } from "./conditions.ts";
import type { BindContext } from "./context.ts";
import { malformed, readHead } from "./head.ts";
import { leftOver } from "./values.ts";

/** Binds `condition NAME = CONDITION`; the line is known to begin so. */
export function bindConditionDeclaration(line: Line, context: BindContext): ConditionDeclaration {
  const head = readHead(line, context, "condition");
  const { cursor, declared } = head;
  const sign = cursor.takeKind("symbol");
  if (sign?.symbol !== "=") {
    malformed(head, context, "=");
    if (cursor.item?.kind !== "word") {
      const span = cursor.skipRest() ?? cursor.here;
      return { ...declared, kind: "condition", condition: { kind: "broken", span } };
    }
  }
  const condition = bindCondition(cursor, context, "mail");
  checkCaptures(capturesOf(condition), context);
  const { item } = cursor;
  if (item?.kind === "word" && beginsCondition(item.text, context)) {
    context.add(report("MC1112", item.span, {}));
    cursor.skipRest();
  } else leftOver(cursor, context);
  return { ...declared, kind: "condition", condition };
}
