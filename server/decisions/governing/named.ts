import { isDependency, type NameForm, nameForm } from '../../code/name-forms.ts';
import type { PlaceName, PlaceNames } from '../../code/place-names.ts';
import type { ScopedEvidence, ScopeForm } from '../../model/evidence.ts';
import { type CodeName, type NameIndex, spanOfName } from '../../register/code-names.ts';
import type { SourceIndex } from '../../retrieval/source-index.ts';

/**
 * How strongly each record names what the code window uses, by record id: the sum over the distinct names of the window of how rare each is
 * in the code and among the records (docs/ranking.md). Unbounded; a name that one file uses and one record mentions counts 1.
 */
export function symbolWeights(nameIndex: NameIndex, code: SourceIndex, place: PlaceNames): Map<string, number> {
  const weights = new Map<string, number>();
  const files = Math.max(1, code.files);
  const records = Math.max(1, nameIndex.size);
  for (const { hash, near } of place.names.values()) {
    if (!near) continue;
    const naming = nameIndex.named(hash);
    if (naming.length === 0) continue;
    const inFiles = Math.max(1, code.filesWithHash(hash));
    const rareInCode = Math.log(1 + files / inFiles) / Math.log(1 + files);
    const rareInRecords = Math.log(1 + records / naming.length) / Math.log(1 + records);
    for (const { id, code: span } of naming)
      weights.set(id, (weights.get(id) ?? 0) + rareInCode * rareInRecords * (span ? IN_CODE_SPAN : 1));
  }
  return weights;
}

/** In a code span, a word is certainly meant as a name. */
const IN_CODE_SPAN = 1.5;

const DECLARED_RARELY = 0.8;
const DECLARED = 0.6;
const USED_RARELY = 0.45;
const FEW_FILES = 5;
const SOME_FILES = 10;
/** A name used in more files than this says nothing. */
const MANY_FILES = 40;
/** Factor for names used outside of the lines in scope. */
const FAR = 0.5;
/** Factor for a single plain word, even in a code span: `orders` may be anything. */
const PLAIN = 0.6;
const MOST_NAMES_OF_A_RECORD = 3;

/** Weight of a name by the number of files that use it; 0 when it says nothing. */
function weightOf(files: number, declared: boolean): number {
  if (files > MANY_FILES) return 0;
  if (declared) return files <= FEW_FILES ? DECLARED_RARELY : files <= SOME_FILES ? DECLARED : fade(DECLARED, files, SOME_FILES);
  return files <= FEW_FILES ? USED_RARELY : fade(USED_RARELY, files, FEW_FILES);
}

const fade = (weight: number, files: number, from: number): number => (weight * (MANY_FILES - files)) / (MANY_FILES - from);

const NOUNS: Readonly<Record<NameForm, string>> = {
  symbol: '',
  endpoint: 'the endpoint ',
  table: 'the table ',
  topic: 'the topic ',
  environment: 'the environment variable ',
  dependency: 'the dependency ',
};

const isPlain = ({ name, literal }: CodeName): boolean => !literal && /^(?:[a-z]+|[A-Z][a-z]*|[A-Z]+)\d*$/.test(name);

function evidenceOf(name: CodeName, used: PlaceName, code: SourceIndex, path: string): ScopedEvidence | undefined {
  const files = Math.max(1, code.filesWithHash(used.hash));
  const form: ScopeForm = nameForm(used.name, used.text, used.span.start.character, path);
  const noun = NOUNS[form as NameForm];
  const plain = form === 'symbol' && isPlain(name);
  // What a file imports tells what it is built with, not what it is about.
  const share = (used.near ? 1 : FAR) * (plain ? PLAIN : 1) * (isDependency(form) ? PLAIN : 1);
  const weight = Number((weightOf(files, used.declared) * share).toFixed(4));
  if (weight <= 0) return undefined;
  const where = `${used.declared ? 'declared' : 'used'} on line ${used.span.start.line + 1}`;
  return {
    kind: 'scoped',
    form,
    names: name.name,
    files,
    weight,
    codeSpan: used.span,
    documentSpan: spanOfName(name),
    explanation: `names ${noun}\`${name.name}\`, ${where}`,
  };
}

/** Letters and digits only, lower case: `outbox-relay.ts` is the file of `OutboxRelay`. */
const plainStem = (text: string): string => text.replace(/\W|_/g, '').toLowerCase();

/** Evidence for records that name the thing the file is called after. */
function stemEvidence(nameIndex: NameIndex, place: PlaceNames, code: SourceIndex): Map<string, ScopedEvidence> {
  const out = new Map<string, ScopedEvidence>();
  const stem = plainStem((place.path.split('/').at(-1) ?? '').replace(/\..*$/, ''));
  for (const used of place.names.values()) {
    if (used.name.length < 6 || plainStem(used.name) !== stem) continue;
    for (const name of nameIndex.named(used.hash)) {
      if (isPlain(name)) continue;
      const files = Math.max(1, code.filesWithHash(used.hash));
      const weight = Number(weightOf(files, true).toFixed(4));
      if (weight <= 0) continue;
      out.set(name.id, {
        kind: 'scoped',
        form: 'symbol',
        names: name.name,
        files,
        weight,
        codeSpan: used.span,
        documentSpan: spanOfName(name),
        explanation: `names \`${name.name}\`, as this file is called`,
      });
    }
  }
  return out;
}

/**
 * Evidence from names that both a place and a record use, by record id: the strongest three of each, largest first. A name used in more than
 * 40 files counts nothing.
 */
export function nameEvidence(nameIndex: NameIndex, code: SourceIndex, place: PlaceNames): Map<string, ScopedEvidence[]> {
  const found = new Map<string, ScopedEvidence[]>();
  const add = (id: string, evidence: ScopedEvidence): void => {
    const known = found.get(id);
    if (!known) found.set(id, [evidence]);
    else if (!known.some(({ names }) => names === evidence.names)) known.push(evidence);
  };
  for (const used of place.names.values()) {
    for (const name of nameIndex.named(used.hash)) {
      const evidence = evidenceOf(name, used, code, place.path);
      if (evidence) add(name.id, evidence);
    }
  }
  for (const [id, evidence] of stemEvidence(nameIndex, place, code)) {
    const rest = (found.get(id) ?? []).filter(({ names, weight }) => names !== evidence.names || weight >= evidence.weight);
    found.set(id, rest.some(({ names }) => names === evidence.names) ? rest : [...rest, evidence]);
  }
  for (const [id, all] of found) {
    all.sort((a, b) => b.weight - a.weight || (a.names < b.names ? -1 : 1));
    found.set(id, all.slice(0, MOST_NAMES_OF_A_RECORD));
  }
  return found;
}
