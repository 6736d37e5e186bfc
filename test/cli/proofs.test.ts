import { readdirSync } from "node:fs";
import { join } from "node:path";
import { diagnosticTable } from "@mcrules/language";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mcrules, Place } from "./mcrules.ts";

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => {
  place.remove();
});

interface Proof {
  readonly kind: string;
  readonly name: string;
  readonly verdict: string;
  readonly claim: string;
  readonly coveredBy?: readonly string[];
  readonly mailbox?: string;
  readonly mail?: string;
  readonly given?: readonly string[];
  readonly reason?: string;
}

async function proofsIn(folder: string): Promise<readonly Proof[]> {
  const { out } = await mcrules("check --format json", { in: folder });
  const { proofs }: { proofs: readonly Proof[] } = JSON.parse(out);
  return proofs;
}

const rules = `list suppliers = ["aruba.it", "register.it"]

mailbox support {
  files "mail"
  address "Support <info@helpdesk.example>"
  apply incoming
}

rules incoming {
  rule "Suppliers" {
    when from.domain in suppliers
    then ignore
  }

  rule "Invoice of Aruba" {
    when all {
      from.domain is "aruba.it"
      subject matches /invoice [0-9]+/i
    }
    then create ticket
  }

  rule "Invoice" {
    when all {
      subject matches /invoice [0-9]+/i
      attachment.name ends with ".pdf"
      not to.name contains "München"
    }
    then create ticket
  }

  rule "Customer" {
    when from in contacts
    then create ticket
  }

  rule "Answer" {
    when subject matches /Ticket (?<id>[0-9]+)\\b/
    then update ticket $id
  }
}
`;

describe("what is proved of the rules", () => {
  beforeEach(() => {
    place.write("support.mcrules", rules);
    place.write("mail/.keep", "");
  });

  test("a rule that no mail reaches is an error, with the rule that takes its mails", async () => {
    const { code, out, err } = await mcrules("check", { in: place.path });
    expect(code).toBe(1);
    expect(out.replace(/\s+/g, " ")).toContain(
      'rule "Invoice of Aruba" never acts: "Suppliers" above it takes every mail that it is for',
    );
    expect(err).toContain("1 error");
  });

  test("each other rule has a mail on which explain says the same", async () => {
    const proofs = (await proofsIn(place.path)).filter(({ kind }) => kind === "rule");
    expect(
      proofs.map(({ name, verdict, claim, coveredBy }) => [name, verdict, claim, coveredBy]),
    ).toEqual([
      ["Suppliers", "shown", "can decide", undefined],
      ["Invoice of Aruba", "proved", "never decides", ["Suppliers"]],
      ["Invoice", "shown", "can decide", undefined],
      ["Customer", "shown", "can decide", undefined],
      ["Answer", "shown", "can decide", undefined],
    ]);
    place.write(
      "support.mcrules",
      rules.replace(/ {2}rule "Invoice of Aruba" \{.*?\n {2}\}\n\n/s, ""),
    );
    for (const { name, mail = "", given = [] } of proofs) {
      if (mail === "" || given.length > 0) continue;
      const ended = await mcrules("explain --format json -", { in: place.path, input: mail });
      expect(JSON.parse(ended.out)).toMatchObject({ mails: [{ rule: name }] });
    }
    expect(proofs.find(({ name }) => name === "Customer")?.given).toEqual([
      expect.stringMatching(/^given contact ".+@.+"$/),
    ]);
    expect(proofs.find(({ name }) => name === "Answer")?.given).toEqual([
      expect.stringMatching(/^given ticket [1-9][0-9]* \{ takes part \[".+@.+"\] \}$/),
    ]);
  });

  test("is nothing where the rules have another error", async () => {
    place.write("support.mcrules", rules.replace("from.domain in", "from.domian in"));
    expect(await proofsIn(place.path)).toEqual([]);
  });
});

describe("a guarantee", () => {
  const withGuarantees = `mailbox support {
  files "mail"
  address "Support <info@helpdesk.example>"
  apply incoming
}

rules incoming {
  rule "Suppliers" {
    when from.domain is "aruba.it"
    then update ticket thread
  }

  rule "Customer" {
    when from in contacts
    then create ticket {
      priority "High"
    }
  }
}

guarantee "suppliers open nothing" {
  when from.domain is "aruba.it"
  never create ticket
}

guarantee "customers are heard" {
  when from in contacts
  expect create ticket or update ticket
}

guarantee "nothing is lost" {
  expect decided
}

guarantee "nothing is Low" {
  never create ticket { priority is "Low" }
}
`;

  beforeEach(() => {
    place.write("support.mcrules", withGuarantees);
    place.write("mail/.keep", "");
  });

  test("is proved, or broken by a mail that does it, and then check ends with 1", async () => {
    const { code, out } = await mcrules("check", { in: place.path });
    expect(code).toBe(1);
    const text = out.replace(/\s+/g, " ");
    expect(text).toContain('"suppliers open nothing" does not hold: rule "Customer" breaks it');
    expect(text).toContain('"nothing is lost" does not hold: no rule decides a mail');
    expect(text).not.toContain('"customers are heard"');
    expect(text).not.toContain('"nothing is Low"');
    const proofs = (await proofsIn(place.path)).filter(({ kind }) => kind !== "rule");
    expect(proofs.map(({ kind, name, verdict, claim }) => [kind, name, verdict, claim])).toEqual([
      ["guarantee", "suppliers open nothing", "shown", "fails"],
      ["guarantee", "customers are heard", "proved", "holds"],
      ["guarantee", "nothing is lost", "shown", "fails"],
      ["guarantee", "nothing is Low", "proved", "holds"],
      ["total", "support", "shown", "some mail is undecided"],
    ]);
    const [broken, , lost] = proofs;
    expect(broken?.given).toEqual([expect.stringMatching(/^given contact ".+@.+"$/)]);
    const ended = await mcrules("explain --format json -", {
      in: place.path,
      input: lost?.mail ?? "",
    });
    expect(JSON.parse(ended.out)).toMatchObject({ mails: [{ rule: null, outcome: "no rule" }] });
  });

  test("says with --total which mail no rule decides", async () => {
    const { out } = await mcrules("check --total", { in: place.path });
    expect(out).toContain("mailbox support: some mail is decided by no rule\n  | From: ");
    place.write(
      "support.mcrules",
      withGuarantees.replace("from in contacts\n    then", "always\n    then"),
    );
    const all = await mcrules("check --total", { in: place.path });
    expect(all.out).toContain("mailbox support: every mail is decided (proved)\n");
  });

  const ofGuarantees = ["MC3203", "MC3204"] as const;
  test.each(ofGuarantees)(
    "%s: the wrong example of its page raises it, the right one is clean",
    async (code) => {
      for (const [text, expected] of [
        [diagnosticTable[code].wrong, [code]],
        [diagnosticTable[code].right, []],
      ] as const) {
        place.write("support.mcrules", text);
        const { out } = await mcrules("check --format json", { in: place.path });
        const { diagnostics }: { diagnostics: readonly { code: string }[] } = JSON.parse(out);
        expect(diagnostics.map((one) => one.code)).toEqual(expected);
      }
    },
  );
});

const examples = join(import.meta.dirname, "../../examples");

test.each(readdirSync(examples).filter((name) => !name.includes(".")))(
  "every rule of examples/%s can act, nearly each is shown by a mail, and its guarantees hold",
  async (name) => {
    const proofs = await proofsIn(join(examples, name));
    const rulesOf = proofs.filter(({ kind }) => kind === "rule");
    expect(rulesOf.filter(({ verdict }) => verdict === "proved")).toEqual([]);
    const guarantees = proofs.filter(({ kind }) => kind === "guarantee");
    expect(guarantees.filter(({ verdict }) => verdict !== "proved")).toEqual([]);
    const undecided = proofs.filter(({ verdict }) => verdict === "not decided");
    expect(undecided.map((proof) => `${proof.name}: ${proof.reason ?? ""}`)).toEqual(
      name === "company"
        ? [
            'Delivery reports: a mail with "mail is bounce" is not written out',
            "Too big: so large a mail is not written out",
          ]
        : [],
    );
  },
);
