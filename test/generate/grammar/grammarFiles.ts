import { configurationSchema } from "../../../packages/language/src/index.ts";
import type { GeneratedFile } from "../generatedFile.ts";
import { ebnf } from "./ebnf.ts";
import { chapters } from "./grammar.ts";
import { railroad } from "./railroad.ts";
import type { Chapter } from "./rule.ts";
import { textMateGrammar } from "./textmate.ts";

/** The grammar in its forms: for people, for editors, for other programs. */
export function grammarFiles(): readonly GeneratedFile[] {
  return [
    { path: "grammar/mcrules.ebnf", text: ebnf() },
    {
      path: "grammar/mcrules.schema.json",
      text: JSON.stringify(configurationSchema, undefined, 2),
    },
    {
      path: "grammar/mcrules.tmLanguage.json",
      text: JSON.stringify(textMateGrammar(), undefined, 2),
    },
    ...Object.entries<Chapter>(chapters).map(([name, chapter]) => ({
      path: `grammar/railroad/${name}.svg`,
      text: railroad(chapter),
    })),
  ];
}
