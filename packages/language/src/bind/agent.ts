import type { Line } from "../shape/shape.ts";
import type { AgentDeclaration, Placed, Smtp, Text } from "../tree/index.ts";
import { declarations } from "../vocabulary/declarations.ts";
import { agentSettings } from "../vocabulary/helpdesk.ts";
import { bareAddress } from "./address.ts";
import { takeSmtp } from "./connection.ts";
import type { BindContext } from "./context.ts";
import { readHead, takeBlock } from "./head.ts";
import { bindSettings } from "./settings.ts";
import { Slot } from "./slot.ts";
import { bindText } from "./texts.ts";
import { takeText, wrongValue } from "./values.ts";

/** Binds `agent "ADDRESS" { … }`; the block may be left out. */
export function bindAgent(line: Line, context: BindContext): AgentDeclaration {
  const head = readHead(line, context, "agent");
  const displayName = new Slot<Placed<string>>();
  const signature = new Slot<Text>();
  const smtp = new Slot<Smtp>();
  const block = head.cursor.atEnd ? undefined : takeBlock(head, context);
  if (block !== undefined) {
    bindSettings(block, context, declarations.agent.one, agentSettings, {
      name: (cursor, entry) => displayName.set(entry.span, takeText(cursor, context, entry)),
      signature: (cursor, entry) => {
        const item = cursor.takeKind("text");
        if (item === undefined) wrongValue(cursor, context, entry, "a text");
        else signature.set(entry.span, bindText(item, context, "none"));
      },
      smtp: (cursor, entry) => smtp.set(entry.span, takeSmtp(cursor, context, entry)),
    });
  }
  const { name } = head.declared;
  // Where the name is no text, that was told when names were collected.
  const isText = line.items[1]?.kind === "text";
  const address = isText ? bareAddress(name, context) : undefined;
  return {
    kind: "agent",
    ...head.declared,
    address: address ?? { value: name.value.toLowerCase(), span: name.span },
    displayName: displayName.value,
    signature: signature.value,
    smtp: smtp.value,
  };
}
