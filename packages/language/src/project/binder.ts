import { bindAgent } from "../bind/agent.ts";
import { bindCalendar } from "../bind/calendar.ts";
import type { BareNameKind, BindContext, Names } from "../bind/context.ts";
import { bindGuarantee } from "../bind/guarantees.ts";
import { bindHelpdesk, defaultHelpdesk } from "../bind/helpdesk.ts";
import { bindList } from "../bind/list.ts";
import { bindMailbox } from "../bind/mailbox.ts";
import { bindConditionDeclaration } from "../bind/namedCondition.ts";
import { bindProcess } from "../bind/processes.ts";
import { bindRules } from "../bind/rules.ts";
import { bindTest } from "../bind/test.ts";
import { report, type RawDiagnostic } from "../diagnostics/report.ts";
import type { SourceFile } from "../shape/shape.ts";
import type {
  AgentDeclaration,
  ConditionDeclaration,
  HelpdeskSettings,
  Project,
} from "../tree/index.ts";
import type { Entry, FileIndex } from "./declared.ts";
import { documentationIn } from "./documentation.ts";
import { bindImports, type Import } from "./imports.ts";
import type { NamedFiles } from "./projectFiles.ts";
import { Scopes, reportDoubles, type BareEntry } from "./scopes.ts";

/** A value made at the first call. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** One bound thing for each declaration, made when it is first asked for. */
function onceEach<T>(bind: (entry: Entry) => T): (entry: Entry) => T {
  const bound = new Map<Entry, T>();
  return (entry) => {
    const known = bound.get(entry);
    if (known !== undefined) return known;
    const made = bind(entry);
    bound.set(entry, made);
    return made;
  };
}

/** Binds the declarations of a project, each once, at the first look-up of its name. */
export class ProjectBinder {
  readonly #indexes: readonly FileIndex[];
  readonly #files: NamedFiles;
  readonly #add: (finding: RawDiagnostic) => void;
  readonly #contexts: ReadonlyMap<string, BindContext>;
  readonly #scopes: Scopes;
  readonly #ruleNames: ReadonlySet<string>;
  readonly #mailboxNames: readonly string[];
  /** The conditions that are being bound, each asked for by the one before. */
  readonly #binding: Entry[] = [];
  readonly #inCycle = new Set<Entry>();

  readonly #list = onceEach((entry) => bindList(entry.line, this.#contextOf(entry)));
  readonly #calendar = onceEach((entry) => bindCalendar(entry.line, this.#contextOf(entry)));
  readonly #rules = onceEach((entry) => bindRules(entry.line, this.#contextOf(entry)));
  readonly #condition = onceEach((entry) => this.#bindCondition(entry));
  readonly #agents = once(() =>
    this.#of("agent").map((entry) => bindAgent(entry.line, this.#contextOf(entry))),
  );
  readonly #helpdesk = once(() => this.#bindHelpdesk());

  constructor(
    indexes: readonly FileIndex[],
    files: NamedFiles,
    add: (finding: RawDiagnostic) => void,
  ) {
    this.#indexes = indexes;
    this.#files = files;
    this.#add = add;
    this.#contexts = new Map(
      indexes.map(({ file }) => [file.path, this.#makeContext(file)] as const),
    );
    this.#ruleNames = new Set(indexes.flatMap(({ rules }) => rules.map(({ value }) => value)));
    const mailboxes = this.#of("mailbox").flatMap(({ name }) => (name === undefined ? [] : [name]));
    this.#mailboxNames = [...new Set(mailboxes.map(({ value }) => value))];
    const sources = new Set(indexes.map(({ file }) => file.path));
    const imports = new Map<string, readonly Import[]>();
    for (const { file, imports: lines } of indexes) {
      const context = this.#contexts.get(file.path);
      if (context === undefined) continue;
      imports.set(file.path, bindImports(lines, context, sources));
    }
    this.#scopes = new Scopes(indexes, imports);
    reportDoubles(indexes, imports, this.#scopes, add);
  }

  /** Binds all that is not bound yet, and gives the whole. */
  project(): Project {
    const of = <T>(kind: Entry["kind"], bind: (entry: Entry) => T): readonly T[] =>
      this.#of(kind).map(bind);
    const lists = of("list", this.#list);
    const conditions = of("condition", this.#condition);
    return {
      language: 1,
      helpdesk: this.#helpdesk(),
      agents: this.#agents(),
      lists,
      conditions,
      calendars: of("calendar", this.#calendar),
      rules: of("rules", this.#rules),
      mailboxes: of("mailbox", (entry) => bindMailbox(entry.line, this.#contextOf(entry))),
      processes: of("process", (entry) => bindProcess(entry.line, this.#contextOf(entry))),
      guarantees: of("guarantee", (entry) => bindGuarantee(entry.line, this.#contextOf(entry))),
      tests: of("test", (entry) => bindTest(entry.line, this.#contextOf(entry))),
      sources: new Map([
        ...this.#indexes.map(({ file }) => [file.path, file.text] as const),
        ...this.#files.texts,
      ]),
    };
  }

  #of(kind: Entry["kind"]): readonly Entry[] {
    return this.#indexes.flatMap(({ entries }) => entries.filter((entry) => entry.kind === kind));
  }

  #contextOf(entry: Entry): BindContext {
    const context = this.#contexts.get(entry.file);
    if (context === undefined) throw new Error(`${entry.file} is no file of the project`);
    return context;
  }

  #bindHelpdesk(): HelpdeskSettings {
    const [first, ...more] = this.#of("helpdesk");
    for (const entry of more) bindHelpdesk(entry.line, this.#contextOf(entry));
    return first === undefined ? defaultHelpdesk : bindHelpdesk(first.line, this.#contextOf(first));
  }

  #bindCondition(entry: Entry): ConditionDeclaration {
    this.#binding.push(entry);
    try {
      return bindConditionDeclaration(entry.line, this.#contextOf(entry));
    } finally {
      this.#binding.pop();
    }
  }

  /** The condition, but where it is needed to know itself. */
  #lookUpCondition(entry: Entry): ConditionDeclaration | "cycle" {
    const at = this.#binding.indexOf(entry);
    if (at < 0) return this.#condition(entry);
    this.#reportCycle(this.#binding.slice(at));
    return "cycle";
  }

  #reportCycle(cycle: readonly Entry[]): void {
    const names = cycle.flatMap(({ name }) => (name === undefined ? [] : [name]));
    const [first, ...more] = names;
    const entry = cycle[0];
    if (first === undefined || entry === undefined || this.#inCycle.has(entry)) return;
    for (const one of cycle) this.#inCycle.add(one);
    const way = [...names, first].map(({ value }) => value).join(" uses ");
    const related = more.map(({ span }) => ({ span, message: "over this condition" }));
    this.#add(report("MC2005", first.span, { name: first.value, way }, { related }));
  }

  #makeContext(file: SourceFile): BindContext {
    return {
      file: file.path,
      text: file.text,
      names: this.#namesOf(file.path),
      add: this.#add,
      entryAt: () => {},
      documentationOf: documentationIn(file),
    };
  }

  #namesOf(file: string): Names {
    const find = (name: string, kind: BareNameKind): BareEntry | undefined =>
      this.#scopes.find(file, name).find((entry) => entry.kind === kind);
    const look = <T>(
      name: string,
      kind: BareNameKind,
      bind: (entry: Entry) => T,
    ): T | undefined => {
      const entry = find(name, kind);
      return entry === undefined ? undefined : bind(entry);
    };
    // The parts that need other declarations are asked for when they are used, not when names are made.
    const helpdesk = (): HelpdeskSettings => this.#helpdesk();
    const agents = (): readonly AgentDeclaration[] => this.#agents();
    const ruleNames = (): ReadonlySet<string> => this.#ruleNames;
    const mailboxNames = (): readonly string[] => this.#mailboxNames;
    return {
      get helpdesk() {
        return helpdesk();
      },
      get agents() {
        return agents();
      },
      get ruleNames() {
        return ruleNames();
      },
      get mailboxNames() {
        return mailboxNames();
      },
      list: (name) => look(name, "list", this.#list),
      calendar: (name) => look(name, "calendar", this.#calendar),
      rules: (name) => look(name, "rules", this.#rules),
      condition: (name) => look(name, "condition", (entry) => this.#lookUpCondition(entry)),
      mailbox: (name) => find(name, "mailbox") !== undefined,
      visible: (kind) => this.#scopes.namesOf(file, kind),
      elsewhere: (name) => {
        const entry = this.#scopes.elsewhere(file, name);
        return entry === undefined ? undefined : { kind: entry.kind, span: entry.name.span };
      },
      readText: (path) => this.#files.readText(file, path),
      resolve: (path) => this.#files.resolve(file, path),
    };
  }
}
