import { randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openMailReader } from "@mcrules/mail";
import { bytesOf, found, mailsIn, sets } from "../corpus/corpus.ts";
import { Desk } from "../hostile/desk.ts";
import { generate } from "./generate.ts";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";

const seconds = Number(process.env["MCRULES_FUZZ_SECONDS"] ?? 60);
const seed = Number(process.env["MCRULES_FUZZ_SEED"] ?? randomInt(2 ** 31));

/** Rules that write down what they see, beside what the ticket shows by itself. */
const rules = `
helpdesk {
  field "subject" text
  field "text" text
  field "from" text
  field "files" text
}

mailbox support {
  files "mail"
  address "Support <info@example.it>"
  trusts "mx.example.it"
  apply incoming
}

rules incoming {
  rule "Tagged" {
    when any {
      mail is bounce
      body.new matches /[a-z]+@[a-z]+/
      some attachment {
        name ends with ".exe"
      }
      spf is fail
    }
    then set {
      tag "seen"
    }
  }

  rule "Everything" {
    when always
    then create ticket {
      field "subject" "\${subject}"
      field "text" "\${body}"
      field "from" "\${from}"
      field "files" "\${attachments}"
    }
  }
}
`;

/** Far above what one mail may take: the reader's own bound is ten seconds. */
const longest = 25_000;
/** Of a store that begins anew every now and then. */
const mailsPerDesk = 150;
const mostMegabytes = 1500;
/** Beyond them the store cuts a title, or a field, and marks it. */
const compared = { title: 200, text: 2000 };

async function within<T>(work: Promise<T>): Promise<T | "hangs"> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<"hangs">((resolve) => {
    timer = setTimeout(() => resolve("hangs"), longest);
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
  }
}

/** What is wrong with how this mail was handled; undefined where nothing is. */
async function wrongWith(desk: Desk, bytes: Buffer): Promise<string | undefined> {
  const handled = await within(desk.receive(bytes));
  if (handled === "hangs") return "it hangs";
  if (handled.kind === "failed") return handled.error;
  if (handled.kind === "already seen") return undefined;
  const { ticket, decision } = handled;
  if (ticket === undefined) return decision.outcome === "own mail" ? undefined : decision.outcome;
  const field = (name: string, length: number = compared.title): string =>
    String(ticket.fields[name] ?? "")
      .slice(0, length)
      .trimEnd();
  const documents = await desk.helpdesk.documents(ticket.id);
  const pairs: readonly (readonly [string, string, string])[] = [
    ["title", ticket.title.slice(0, compared.title).trimEnd(), field("subject") || "Untitled"],
    ["text", ticket.description.slice(0, compared.text).trimEnd(), field("text", compared.text)],
    [
      "requester",
      (ticket.requester?.address ?? "").slice(0, compared.title),
      field("from").split(", ")[0] ?? "",
    ],
    ["documents", String(documents.length), field("files")],
  ];
  const different = pairs.find(([, shown, seen]) => shown !== seen);
  return (
    different && `${different[0]}: the ticket shows ${different[1]}, rules see ${different[2]}`
  );
}

it(
  `any mail ends within its bounds, and the ticket shows what the rules saw (seed ${seed})`,
  async () => {
    process.stdout.write(`Fuzzing mail for ${seconds} s with MCRULES_FUZZ_SEED=${seed}.\n`);
    const random = new Random(seed);
    const files = found ? sets.flatMap(mailsIn) : [];
    const started = performance.now();
    // One reader for all, as in a scan: starting and ending threads all the time is the machine's trouble.
    const reader = openMailReader({ workers: 1 });
    let desk = await Desk.openWith(rules, reader);
    let mails = 0;
    try {
      while (performance.now() - started < seconds * 1000) {
        const pick = () =>
          files.length > 0 && random.below(3) > 0
            ? bytesOf(random.of(files, ""))
            : generate(random);
        const bytes = mutate(random, pick(), pick());
        mails += 1;
        const wrong = await wrongWith(desk, bytes);
        if (wrong !== undefined) {
          const kept = join(tmpdir(), `mcrules-fuzz-${seed}-${mails}.eml`);
          writeFileSync(kept, bytes);
          expect.fail(`mail ${mails} of seed ${seed}, kept at ${kept}: ${wrong}`);
        }
        if (mails % mailsPerDesk === 0) {
          await desk.closeStore();
          desk = await Desk.openWith(rules, reader);
          expect(process.memoryUsage().rss / 2 ** 20).toBeLessThan(mostMegabytes);
        }
      }
    } finally {
      await desk.close();
    }
    process.stdout.write(`Fuzzing: ${mails} mails, nothing wrong.\n`);
    expect(mails).toBeGreaterThan(0);
  },
  (seconds + 120) * 1000,
);
