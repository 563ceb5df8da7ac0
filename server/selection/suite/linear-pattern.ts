/** A regular expression of somebody else's file, matched in time that grows with its length times that of the text. */
export interface LinearPattern {
  /** Whether it matches anywhere in the text, as `RegExp.test` says. */
  readonly test: (text: string) => boolean;
}

/** Where a thread of the machine goes on. */
type Instruction =
  | { readonly op: 'character'; readonly is: (character: string) => boolean }
  | { readonly op: 'split'; readonly to: readonly number[] }
  | { readonly op: 'at'; readonly holds: (text: string, at: number) => boolean }
  | { readonly op: 'match' };

interface Fragment {
  readonly instructions: Instruction[];
}

const LONGEST_PATTERN = 1_000;
const LONGEST_TEXT = 2_000;
const MOST_INSTRUCTIONS = 5_000;
const DEEPEST = 40;
const MOST_REPEATS = 200;

/** What the machine cannot do (look-behind, references to groups), or what is no regular expression. */
class Unreadable extends Error {}

const isDigit = (character: string): boolean => character >= '0' && character <= '9';
const isWord = (character: string): boolean => /^\w$/.test(character);
const isSpace = (character: string): boolean => /^\s$/.test(character);
const CLASSES: Readonly<Record<string, (character: string) => boolean>> = { d: isDigit, w: isWord, s: isSpace };
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', '0': '\0' };

class Reader {
  #at = 0;
  #depth = 0;
  readonly source: string;
  readonly heedsCase: boolean;

  constructor(source: string, heedsCase: boolean) {
    this.source = source;
    this.heedsCase = heedsCase;
  }

  whole(): Instruction[] {
    const { instructions } = this.#either();
    if (this.#at < this.source.length) throw new Unreadable();
    return [...instructions, { op: 'match' }];
  }

  #peek(): string {
    return this.source.charAt(this.#at);
  }

  #takes(text: string): boolean {
    if (!this.source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #either(): Fragment {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new Unreadable();
    const branches = [this.#sequence()];
    while (this.#takes('|')) branches.push(this.#sequence());
    this.#depth -= 1;
    return branches.reduceRight((rest, branch) => this.#or(branch, rest));
  }

  /** Jumps are relative to the instruction, so that fragments can be moved and copied. */
  #or(one: Fragment, other: Fragment): Fragment {
    const first = one.instructions;
    const second = other.instructions;
    return this.#made([{ op: 'split', to: [1, first.length + 2] }, ...first, { op: 'split', to: [second.length + 1] }, ...second]);
  }

  #made(instructions: Instruction[]): Fragment {
    if (instructions.length > MOST_INSTRUCTIONS) throw new Unreadable();
    return { instructions };
  }

  #sequence(): Fragment {
    const out: Instruction[] = [];
    while (this.#at < this.source.length && this.#peek() !== '|' && this.#peek() !== ')') {
      out.push(...this.#repeated(this.#atom()).instructions);
      if (out.length > MOST_INSTRUCTIONS) throw new Unreadable();
    }
    return { instructions: out };
  }

  #repeated(atom: Fragment): Fragment {
    let bounds: readonly [number, number] | undefined;
    if (this.#takes('*')) bounds = [0, Number.POSITIVE_INFINITY];
    else if (this.#takes('+')) bounds = [1, Number.POSITIVE_INFINITY];
    else if (this.#takes('?')) bounds = [0, 1];
    else {
      const counted = /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/.exec(this.source.slice(this.#at, this.#at + 12));
      if (counted) {
        this.#at += counted[0].length;
        const least = Number(counted[1]);
        bounds = [least, counted[2] === undefined ? least : counted[3] ? Number(counted[3]) : Number.POSITIVE_INFINITY];
      }
    }
    if (!bounds) return atom;
    this.#takes('?');
    const [least, most] = bounds;
    if (least > MOST_REPEATS || (most !== Number.POSITIVE_INFINITY && most > MOST_REPEATS)) throw new Unreadable();
    const one = atom.instructions;
    const out: Instruction[] = [];
    if (one.length * Math.max(least, 1) > MOST_INSTRUCTIONS) throw new Unreadable();
    for (let count = 0; count < least; count += 1) out.push(...one);
    if (most === Number.POSITIVE_INFINITY) {
      out.push({ op: 'split', to: [1, one.length + 2] }, ...one, { op: 'split', to: [-one.length - 1] });
    } else {
      for (let count = least; count < most; count += 1) {
        out.push({ op: 'split', to: [1, one.length + 1] }, ...one);
        if (out.length > MOST_INSTRUCTIONS) throw new Unreadable();
      }
    }
    return this.#made(out);
  }

  #atom(): Fragment {
    const character = this.#peek();
    this.#at += 1;
    if (character === '(') return this.#group();
    if (character === '[') return this.#one(this.#set());
    if (character === '.') return this.#one((other) => other !== '\n');
    if (character === '^') return { instructions: [{ op: 'at', holds: (_, at) => at === 0 }] };
    if (character === '$') return { instructions: [{ op: 'at', holds: (text, at) => at === text.length }] };
    if (character === '\\') return this.#escaped();
    if (character === '*' || character === '+' || character === '?') throw new Unreadable();
    return this.#one(this.#same(character));
  }

  #one(is: (character: string) => boolean): Fragment {
    return { instructions: [{ op: 'character', is }] };
  }

  #same(character: string): (other: string) => boolean {
    if (this.heedsCase) return (other) => other === character;
    const lower = character.toLowerCase();
    return (other) => other.toLowerCase() === lower;
  }

  #group(): Fragment {
    if (this.#takes('?')) {
      if (this.#takes('=')) return this.#ahead(true);
      if (this.#takes('!')) return this.#ahead(false);
      const named = /^P?<[A-Za-z_]\w{0,50}>/.exec(this.source.slice(this.#at, this.#at + 60));
      if (named) this.#at += named[0].length;
      else if (!this.#takes(':')) throw new Unreadable();
    }
    const inner = this.#either();
    if (!this.#takes(')')) throw new Unreadable();
    return inner;
  }

  #ahead(wanted: boolean): Fragment {
    const program: Instruction[] = [...this.#either().instructions, { op: 'match' }];
    if (!this.#takes(')')) throw new Unreadable();
    return { instructions: [{ op: 'at', holds: (text, at) => runs(program, text, at, true) === wanted }] };
  }

  #escaped(): Fragment {
    const character = this.#peek();
    this.#at += 1;
    if (character === 'b' || character === 'B') {
      const wanted = character === 'b';
      const atEdge = (text: string, at: number) => isWord(text.charAt(at - 1)) !== isWord(text.charAt(at));
      return { instructions: [{ op: 'at', holds: (text, at) => atEdge(text, at) === wanted }] };
    }
    if (character === 'A') return { instructions: [{ op: 'at', holds: (_, at) => at === 0 }] };
    if (character === 'z' || character === 'Z') return { instructions: [{ op: 'at', holds: (text, at) => at === text.length }] };
    return this.#one(this.#escape(character));
  }

  /** The meaning of what follows a backslash, inside and outside of a set. */
  #escape(character: string): (other: string) => boolean {
    const known = CLASSES[character.toLowerCase()];
    if (known) return character === character.toLowerCase() ? known : (other) => !known(other);
    const control = CONTROLS[character];
    if (control !== undefined) return (other) => other === control;
    if (character === '' || /^[1-9kpPuxc]$/.test(character)) throw new Unreadable();
    return this.#same(character);
  }

  #set(): (character: string) => boolean {
    const negated = this.#takes('^');
    const parts: ((character: string) => boolean)[] = [];
    while (!this.#takes(']')) {
      if (this.#at >= this.source.length) throw new Unreadable();
      const from = this.#peek();
      this.#at += 1;
      if (from === '\\') {
        parts.push(this.#escape(this.#peek()));
        this.#at += 1;
        continue;
      }
      const to = this.source.charAt(this.#at + 1);
      if (this.#peek() === '-' && to !== ']' && to !== '' && to !== '\\') {
        this.#at += 2;
        parts.push(
          (other) => (other >= from && other <= to) || (!this.heedsCase && other.toLowerCase() >= from && other.toLowerCase() <= to),
        );
      } else parts.push(this.#same(from));
    }
    return (character) => parts.some((part) => part(character)) !== negated;
  }
}

/** All threads at once, one step for each character: what is reached twice at one place is followed once. */
function runs(program: readonly Instruction[], text: string, from: number, onlyThere: boolean): boolean {
  let current: number[] = [];
  const seen = new Int32Array(program.length).fill(-1);
  const add = (into: number[], start: number, at: number): boolean => {
    const open = [start];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen[next] === at) continue;
      seen[next] = at;
      const instruction = program[next];
      if (instruction?.op === 'match') return true;
      if (instruction?.op === 'split') for (const by of instruction.to) open.push(next + by);
      else if (instruction?.op === 'at') {
        if (instruction.holds(text, at)) open.push(next + 1);
      } else into.push(next);
    }
    return false;
  };
  for (let at = from; at <= text.length; at += 1) {
    // Threads of the last character were added at this place already; a new one may begin here.
    if ((!onlyThere || at === from) && add(current, 0, at)) return true;
    if (at === text.length) break;
    const following: number[] = [];
    for (const index of current) {
      const instruction = program[index];
      if (instruction?.op === 'character' && instruction.is(text.charAt(at)) && add(following, index + 1, at + 1)) return true;
    }
    current = following;
    if (onlyThere && current.length === 0) return false;
  }
  return false;
}

/**
 * Compiles a regular expression that somebody wrote into a configuration or a step definition. Engines for regular expressions backtrack, and a
 * stranger's pattern must not stop us: this machine follows all ways at once. Knows what such patterns use: sets, groups, alternatives, repeats,
 * anchors, word edges and look-ahead. `undefined` for what it does not know (look-behind, references to groups, Unicode classes), for patterns
 * of more than 1,000 characters and for no regular expression. Texts of more than 2,000 characters do not match.
 */
export function linearPattern(source: string, flags = ''): LinearPattern | undefined {
  if (source.length > LONGEST_PATTERN) return undefined;
  try {
    const program = new Reader(source, !flags.includes('i')).whole();
    return { test: (text) => text.length <= LONGEST_TEXT && runs(program, text, 0, false) };
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}
