import type { Answer, Need } from "./needs.ts";

/** What a helpdesk answers that knows nothing yet. */
export function emptyAnswer(need: Exclude<Need, { need: "content" }>): Answer {
  switch (need.need) {
    case "seen":
      return { need: "seen", seen: false };
    case "own mail":
      return { need: "own mail", own: false };
    case "signed before":
      return { need: "signed before", signed: false };
    case "bounced ticket":
      return { need: "bounced ticket", ticket: undefined };
    case "blocked":
      return { need: "blocked", address: undefined };
    case "registry":
      return { need: "registry", found: false };
    case "ticket":
      return { need: "ticket", ticket: undefined };
    case "participation":
      return { need: "participation", takesPart: false };
    case "misses":
      return { need: "misses", most: 0 };
    case "opened tickets":
      return { need: "opened tickets", count: 0, flood: undefined };
  }
}
