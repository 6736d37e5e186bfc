import type { Address, MailContent } from "@mcrules/mail";
import type { ProgramBlock } from "../program/action.ts";
import { canonical } from "../text/folding.ts";
import type { Desk } from "./desk.ts";
import type { Speaking } from "./texts.ts";

/** The people without addresses of ours, each once. */
export function otherPeople(people: readonly Address[], desk: Desk): readonly Address[] {
  const seen = new Set<string>();
  return people.filter((person) => {
    const key = canonical(person.address);
    if (seen.has(key) || desk.isOurs(person.address)) return false;
    seen.add(key);
    return true;
  });
}

const bareAddress = /^\s*<?([^\s<>@,;"]+)@([^\s<>@,;"]+)>?\s*$/;

/** The address that a text is; undefined where it is none. */
export function addressIn(text: string): Address | undefined {
  const [, local, domain] = bareAddress.exec(text) ?? [];
  if (local === undefined || domain === undefined) return undefined;
  return { name: "", address: `${local}@${domain}`, local, domain };
}

/** Whom `on behalf of` names; undefined where there is nobody, no address, or one of ours. */
export function representedPerson(
  block: ProgramBlock,
  content: MailContent,
  desk: Desk,
  speaking: Speaking,
): Address | undefined {
  const person = namedPerson(block.onBehalfOf, content, speaking);
  return person === undefined || desk.isOurs(person.address) ? undefined : person;
}

function namedPerson(
  onBehalfOf: ProgramBlock["onBehalfOf"],
  content: MailContent,
  speaking: Speaking,
): Address | undefined {
  switch (onBehalfOf?.kind) {
    case "reply-to":
      return content.headers.replyTo[0];
    case "forwarded":
      return content.forwardedFrom;
    case "capture":
      return addressIn(speaking.captures.get(onBehalfOf.name) ?? "");
    case undefined:
      return undefined;
  }
}
