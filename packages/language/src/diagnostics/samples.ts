/** Files for the examples of rows: each is whole, and right but for what it shows. */

const indented = (text: string, depth: number): string =>
  text.replaceAll("\n", `\n${"  ".repeat(depth)}`);

/** A project with these rules. */
export function withRules(rules: string, above = ""): string {
  const before = above === "" ? "" : `${above}\n\n`;
  return `${before}mailbox support {
  files "mail"
  apply incoming
}

rules incoming {
  ${indented(rules, 1)}
}
`;
}

/** A project with one rule. */
export function withRule(when: string, then = "create ticket", above = ""): string {
  return withRules(
    `rule "One" {\n  when ${indented(when, 1)}\n  then ${indented(then, 1)}\n}`,
    above,
  );
}

/** A project with a rule for every mail and one more declaration. */
export function withMore(more: string): string {
  return `${withRule("always")}\n${more}\n`;
}

/** A project with a process of these entries. */
export function withProcess(entries: string): string {
  const mailbox = `mailbox support {
  files "mail"
  smtp "smtp.example.it" {
    login "info@example.it" password env("SMTP_PASSWORD")
  }
  address "info@example.it"
  apply incoming
}`;
  const process = `process "Notice" {\n  ${indented(entries, 1)}\n}`;
  return `${mailbox}

rules incoming {
  rule "One" {
    when always
    then create ticket
  }
}

${process}
`;
}
