/** Something that a spec says, and where. */
export interface Mention {
  readonly text: string;
  /** Zero-based. */
  readonly line: number;
}

export interface Title extends Mention {
  /** `suite` holds tests: `describe`, a feature, a class. `step` is a part of a test that has a title of its own. */
  readonly kind: 'suite' | 'test' | 'step';
}

/** A route that a spec visits, or expects to be at. Parts that are only known when it runs are `:name`. */
export interface Visit extends Mention {
  /** `helper` is the name of a function that makes the path: `new_order_path`. */
  readonly kind: 'path' | 'helper' | 'pattern';
}

export const SELECTOR_KINDS = ['role', 'label', 'text', 'testid', 'placeholder', 'css', 'name'] as const;

export interface Selector extends Mention {
  readonly kind: (typeof SELECTOR_KINDS)[number];
  /** The role of `kind` `role`; the text is then the accessible name, or empty. */
  readonly role?: string;
}

/** An endpoint that a spec calls, waits for or replaces. */
export interface EndpointCall extends Mention {
  /** Upper case; absent where the call names none. */
  readonly method?: string;
  /** True where the spec answers in place of the service. */
  readonly isReplaced?: true;
}

/** A command that a spec runs, as far as its words are known. */
export interface CommandCall extends Mention {
  /** Words that begin with a hyphen, without their values. */
  readonly flags: readonly string[];
}

/** A module, class or package that a spec brings in. */
export interface Import extends Mention {
  /** Names that it takes from there, as far as it lists them. */
  readonly names: readonly string[];
}

/** What one spec says. Each list is in the order of the text and bounded. */
export interface SpecContents {
  readonly titles: readonly Title[];
  readonly visits: readonly Visit[];
  readonly selectors: readonly Selector[];
  readonly calls: readonly EndpointCall[];
  readonly commands: readonly CommandCall[];
  /** Keys of translations. */
  readonly keys: readonly Mention[];
  /** Texts that people see, as far as they are written as literals. */
  readonly texts: readonly Mention[];
  /** Without `@`. */
  readonly tags: readonly Mention[];
  readonly imports: readonly Import[];
  /** Steps of Gherkin, without their keywords. */
  readonly steps: readonly Mention[];
  /** False where the text could not be parsed, and lines were read instead. */
  readonly isParsed: boolean;
}

/** Entries of one list; a longer one is cut. */
const MOST = 3_000;
const LONGEST = 500;

type Lists = { -readonly [List in Exclude<keyof SpecContents, 'isParsed'>]: SpecContents[List][number][] };

/** Collects what a spec says, each entry of a line once. */
export class Collector {
  readonly #lists: Lists = {
    titles: [],
    visits: [],
    selectors: [],
    calls: [],
    commands: [],
    keys: [],
    texts: [],
    tags: [],
    imports: [],
    steps: [],
  };
  readonly #seen = new Set<string>();

  add<List extends keyof Lists>(list: List, entry: Lists[List][number]): void {
    const into: Lists[List][number][] = this.#lists[list];
    const short = entry.text.length > LONGEST ? { ...entry, text: entry.text.slice(0, LONGEST) } : entry;
    const key = `${list}\n${JSON.stringify(short)}`;
    if (into.length >= MOST || this.#seen.has(key)) return;
    this.#seen.add(key);
    into.push(short);
  }

  contents(isParsed: boolean): SpecContents {
    const { titles, visits, selectors, calls, commands, keys, texts, tags, imports, steps } = this.#lists;
    for (const list of [titles, visits, selectors, calls, commands, keys, texts, tags, imports, steps])
      list.sort((a, b) => a.line - b.line);
    return { titles, visits, selectors, calls, commands, keys, texts, tags, imports, steps, isParsed };
  }
}
