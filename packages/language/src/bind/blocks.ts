import type { Block } from "../shape/shape.ts";
import type { TicketBlock } from "../tree/index.ts";
import type { Captures } from "./captures.ts";
import type { BindContext } from "./context.ts";
import type { Cursor } from "./cursor.ts";

/** Whose block it is; each place has its own words. */
export type TicketBlockPlace = "create" | "update" | "set" | "given" | "process";

/** The block that stands where there is none. */
export const emptyTicketBlock: TicketBlock = {
  span: undefined,
  title: undefined,
  description: undefined,
  code: undefined,
  contact: undefined,
  priority: undefined,
  severity: undefined,
  category: undefined,
  status: undefined,
  tags: [],
  assign: undefined,
  fields: [],
  register: undefined,
  addCc: undefined,
  documents: undefined,
  onBehalfOf: undefined,
  internal: undefined,
};

/**
 * Binds what a ticket is given. `extra` is asked first at each entry: it reads one that the caller
 * knows beside the words of the place, and says whether it did.
 */
export function bindTicketBlock(
  block: Block,
  _context: BindContext,
  _place: TicketBlockPlace,
  _captures: Captures,
  _extra?: (cursor: Cursor) => boolean,
): TicketBlock {
  return { ...emptyTicketBlock, span: block.span };
}
