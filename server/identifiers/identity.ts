import type { SourceFile } from '../code/source-file.ts';
import type { Finding } from '../model/finding.ts';
import { subjectOf } from './subject.ts';

const LONGEST = 300;

/** What tells a finding from others of its file, whatever line it is on. */
export interface FindingIdentity {
  /** Rule and marked words. */
  readonly words: string;
  /** Rule and the names that it is about; absent where there are none. */
  readonly names?: string;
}

/** By what a finding is recognized in another version of its file: by the words that it marks, else by the names that it is about. */
export function identityOf(source: SourceFile, finding: Finding): FindingIdentity {
  const { text, lines } = source;
  const { rule, span } = finding;
  const marked = text.slice(lines.offset(span.start), lines.offset(span.end)).replace(/\s+/g, ' ').trim().slice(0, LONGEST);
  const { names, container } = subjectOf(source, finding);
  return {
    words: JSON.stringify([rule, marked, container ?? '']),
    ...(names.length > 0 ? { names: JSON.stringify([rule, names[0], container ?? '']) } : {}),
  };
}

/** An identity that has no more than one partner. */
interface Open {
  readonly identity: FindingIdentity;
  taken: boolean;
}

/** The findings of one version of a file, or of several files, that other findings are recognized in. Each is the partner of one only. */
export class KnownFindings {
  readonly #words = new Map<string, Open[]>();
  readonly #names = new Map<string, Open[]>();

  add(identity: FindingIdentity): void {
    const open: Open = { identity, taken: false };
    const put = (map: Map<string, Open[]>, key: string): void => void map.set(key, [...(map.get(key) ?? []), open]);
    put(this.#words, identity.words);
    if (identity.names !== undefined) put(this.#names, identity.names);
  }

  /** Whether there is a finding with these words that nobody took yet; it is taken. */
  takeByWords({ words }: FindingIdentity): boolean {
    return take(this.#words.get(words));
  }

  /** The same by names. */
  takeByNames({ names }: FindingIdentity): boolean {
    return names !== undefined && take(this.#names.get(names));
  }
}

function take(open: Open[] | undefined): boolean {
  const free = open?.find(({ taken }) => !taken);
  if (free === undefined) return false;
  free.taken = true;
  return true;
}
