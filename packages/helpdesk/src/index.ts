export * from "./ticket.ts";
export * from "./registry.ts";
export * from "./journal.ts";
export * from "./helpdesk.ts";
