import { placesIn } from "@mcrules/language";
import type {
  CalendarDeclaration,
  ConditionDeclaration,
  Expression,
  ListDeclaration,
  Position,
  Project,
  Span,
} from "@mcrules/language";
import type { ProgramCondition } from "./condition.ts";
import type { Program, ProgramCalendar } from "./program.ts";

/** Fills a hole of a text whose value is known before: the texts of a test's expectations. */
export type FillHole = (expression: Expression) => string;

/** The tables of a program while it is made: what is used is entered once, at first use. */
export class Lowering {
  readonly fillHole: FillHole | undefined;
  readonly #project: Project;
  readonly #lists = new Map<ListDeclaration, number>();
  readonly #calendars = new Map<CalendarDeclaration, number>();
  readonly #conditions = new Map<ConditionDeclaration, number>();
  readonly #lowered: (Program["conditions"][number] | undefined)[] = [];

  /** Where a span stands in the sources. */
  readonly at: (span: Span) => Position;

  constructor(project: Project, fillHole?: FillHole, at = placesIn(project.sources)) {
    this.#project = project;
    this.fillHole = fillHole;
    this.at = at;
  }

  /** What stands in the sources from one offset of a file to another. */
  source(file: string, start: number, end: number): string {
    return (this.#project.sources.get(file) ?? "").slice(start, end);
  }

  list(list: ListDeclaration): number {
    return entered(this.#lists, list);
  }

  calendar(calendar: CalendarDeclaration): number {
    return entered(this.#calendars, calendar);
  }

  condition(
    declaration: ConditionDeclaration,
    lower: (declaration: ConditionDeclaration) => ProgramCondition,
  ): number {
    const known = this.#conditions.get(declaration);
    if (known !== undefined) return known;
    const index = entered(this.#conditions, declaration);
    this.#lowered[index] = undefined;
    this.#lowered[index] = {
      name: declaration.name.value,
      at: this.at(declaration.span),
      condition: lower(declaration),
    };
    return index;
  }

  get lists(): Program["lists"] {
    return [...this.#lists.keys()].map((list) => ({
      name: list.name.value,
      values: list.values.map((value) => value.value),
    }));
  }

  get conditions(): Program["conditions"] {
    return this.#lowered.flatMap((condition) => condition ?? []);
  }

  get calendars(): readonly ProgramCalendar[] {
    return [...this.#calendars.keys()].map((calendar) => ({
      name: calendar.name.value,
      zone: this.#project.helpdesk.zone,
      open: calendar.open.map(({ weekdays, from, to }) => ({ weekdays, from, to })),
      closed: calendar.closed.map((day) => day.value),
    }));
  }
}

/** The index of a key, which is entered at the end where it is new. */
function entered<K>(indexes: Map<K, number>, key: K): number {
  const known = indexes.get(key);
  if (known !== undefined) return known;
  const index = indexes.size;
  indexes.set(key, index);
  return index;
}

/** A project with errors has nodes that mean nothing: it is a mistake of the caller to compile it. */
export function notCompiled(what: string, at: Position): Error {
  return new Error(
    `A project with errors is not compiled: there is a broken ${what} at ${at.file}:${at.line}:${at.column}. ` +
      "Check the project first.",
  );
}
