import type { DiagnosticRow } from "./report.ts";
import { withRule } from "./samples.ts";

/** MC12xx: types of fields, operators and values. */
export const typesTable = {
  MC1201: {
    name: "wrong-operand",
    severity: "error",
    message: '"{operator}" of {field} wants {expected}, not {found}',
    why: "Each operator compares with values of one kind.",
    wrong: withRule('size > "10 MB"'),
    right: withRule("size > 10 MB"),
  },
  MC1202: {
    name: "missing-unit",
    severity: "error",
    message: "{number} of what?",
    help: "Write the unit behind it: {units}.",
    why: "A size and a duration have a unit. Without it 10 could be bytes or megabytes.",
    wrong: withRule("size > 10"),
    right: withRule("size > 10 MB"),
  },
  MC1203: {
    name: "wrong-operator",
    severity: "error",
    message: '{field} has no "{operator}": it has {operators}',
    why: "Which operators a field has follows from what its values are: texts, numbers, moments or words.",
    wrong: withRule('size contains "10 MB"'),
    right: withRule("size is 10 MB"),
  },
  MC1204: {
    name: "wrong-unit",
    severity: "error",
    message: "{unit} is the unit of {measures}, and {field} is compared with {expected}",
    why: "A unit says what is measured, and that is not what the field is.",
    wrong: withRule("attachments > 3 MB"),
    right: withRule("attachments > 3"),
  },
  MC1205: {
    name: "addresses-against-domains",
    severity: "error",
    message: '{field} holds {what}, and "{value}" is {kind}',
    why: "A domain never holds an @, and an address always does. The test would never hold.",
    wrong: withRule("from in suppliers", "ignore", 'list suppliers = ["supplier.example"]'),
    right: withRule("from.domain in suppliers", "ignore", 'list suppliers = ["supplier.example"]'),
  },
  MC1206: {
    name: "wrong-type-of-own-field",
    severity: "error",
    message: 'own field "{name}" wants {expected}, not {found}',
    why: "helpdesk { … } says of what type an own field is. A value of another type could not be kept.",
    wrong: withRule(
      "always",
      'create ticket {\n  field "Pieces" "7"\n}',
      'helpdesk {\n  field "Pieces" number\n}',
    ),
    right: withRule(
      "always",
      'create ticket {\n  field "Pieces" 7\n}',
      'helpdesk {\n  field "Pieces" number\n}',
    ),
  },
} as const satisfies Record<string, DiagnosticRow>;
