import { describe } from "../bind/context.ts";
import { importPath } from "../bind/references.ts";
import { Cursor } from "../bind/cursor.ts";
import { leftOver } from "../bind/values.ts";
import type { BindContext } from "../bind/context.ts";
import { plainText } from "../bind/plainText.ts";
import { report } from "../diagnostics/report.ts";
import type { Line } from "../shape/shape.ts";
import type { Span } from "../span.ts";
import { nearest } from "../suggest.ts";
import { resolvePath } from "../paths.ts";
import { declarations, fileEnding } from "../vocabulary/declarations.ts";

/** A file of the project that a file imports. */
export interface Import {
  readonly span: Span;
  /** Relative to the project's root. */
  readonly path: string;
}

/** Binds the imports of one file. What imports no file of the project is reported. */
export function bindImports(
  lines: readonly Line[],
  context: BindContext,
  sources: ReadonlySet<string>,
): readonly Import[] {
  const imports: Import[] = [];
  for (const line of lines) {
    const imported = bindImport(line, context, sources);
    if (imported === undefined) continue;
    const first = imports.find(({ path }) => path === imported.path);
    if (first === undefined) imports.push(imported);
    else {
      context.add(
        report(
          "MC2009",
          imported.span,
          { path: imported.path },
          {
            related: [{ span: first.span, message: "it is imported here first" }],
            fixes: [
              { title: "Take the second import out", edits: [{ span: line.span, text: "" }] },
            ],
          },
        ),
      );
    }
  }
  return imports;
}

function bindImport(
  line: Line,
  context: BindContext,
  sources: ReadonlySet<string>,
): Import | undefined {
  const cursor = new Cursor(line, 1);
  const item = cursor.takeKind("text");
  if (item === undefined) {
    const { one, form } = declarations.import;
    if (cursor.item?.kind !== "unknown") {
      const found = describe(cursor.item);
      context.add(report("MC2017", cursor.here, { one, expected: "a text", found, form }));
    }
    return undefined;
  }
  const written = plainText(item, context);
  leftOver(cursor, context);
  if (written === undefined) return undefined;
  const { value, span } = written;
  const path = resolvePath(context.file, value);
  if (path === undefined) {
    context.add(report("MC2015", span, { path: value }));
    return undefined;
  }
  if (path === context.file) {
    const fixes = [{ title: "Take the import out", edits: [{ span: line.span, text: "" }] }];
    context.add(report("MC2008", span, {}, { fixes }));
    return undefined;
  }
  if (sources.has(path)) return { span, path };
  const there = context.names.resolve(value);
  if (!("kind" in there)) context.add(report("MC2010", span, { path: value }));
  else {
    const near = nearest(path, sources) ?? nearest(`${path}${fileEnding}`, sources);
    const shown = near === undefined ? undefined : importPath(context.file, near);
    context.add(
      report(
        "MC2007",
        span,
        { path: value },
        shown === undefined
          ? {}
          : {
              help: `Do you mean "${shown}"?`,
              fixes: [{ title: `Write "${shown}"`, edits: [{ span, text: `"${shown}"` }] }],
            },
      ),
    );
  }
  return undefined;
}
