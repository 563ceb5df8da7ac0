import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SourceFile } from '../server/code/source-file.ts';
import { isGenerated, isSource, isVendored } from '../server/code/sources.ts';
import { type Governing, type GoverningCandidate, govern } from '../server/decisions/governing/governing.ts';
import { candidatesOf } from '../server/decisions/governing/why.ts';
import { WhyAnswers } from '../server/decisions/governing/why-answers.ts';
import { type View, Views } from '../server/engine/view.ts';
import type { Place } from '../server/model/answer.ts';
import { openWorkspace } from '../server/workspace/workspace.ts';
import { type Checkout, openIndexed, work } from './repositories.ts';

const hashOf = (text: string): number => Number.parseInt(createHash('sha1').update(text).digest('hex').slice(0, 12), 16);

/** A place and what the engine would say there. */
export interface AnsweredPlace {
  readonly path: string;
  /** Zero-based. */
  readonly line: number;
  readonly lines: readonly string[];
  readonly candidates: readonly GoverningCandidate[];
  readonly governing: readonly Governing[];
}

/** A repository opened for questions about its code. */
export interface Asked {
  readonly view: View;
  readonly ask: (place: Place) => Promise<Pick<AnsweredPlace, 'candidates' | 'governing'>>;
  readonly close: () => Promise<void>;
}

/** Opens the index of a checkout, brought up to date, below the engine: so that every number of the ranking can be seen. */
export async function openAsked(tree: Checkout): Promise<Asked> {
  await (await openIndexed(tree)).dispose();
  const workspace = await openWorkspace(tree.folder);
  const views = new Views({
    workspace: () => workspace,
    indexFolder: tree.indexFolder,
    modelFolder: work,
    model: () => 'static',
  });
  const answers = new WhyAnswers(() => workspace);
  const view = await views.current();
  if (!view) throw new Error(`The index of ${tree.repo} cannot be opened: ${views.broken}`);
  return {
    view,
    ask: async (place) => {
      const file = new SourceFile(place.path, place.text ?? readFileSync(join(tree.folder, place.path), 'utf8'));
      const { space, query } = await answers.prepare(view, place, file);
      const candidates = candidatesOf(space, query);
      return { candidates, governing: govern(view.register, view.documentIndex, candidates).governing };
    },
    close: () => views.close(),
  };
}

/** Random places of a work tree's own code: a file, then a line of it that is not blank. The same seed gives the same places. */
export async function* randomPlaces(tree: Checkout, asked: Asked, seed: string): AsyncGenerator<AnsweredPlace> {
  const files = [...asked.view.code.stamps.keys()].filter((path) => isSource(path) && !isVendored(path)).sort();
  for (let turn = 0; turn < 20 * files.length; turn++) {
    const path = files[hashOf(`${seed} ${turn} file`) % files.length] ?? '';
    const text = readFileSync(join(tree.folder, path), 'utf8');
    const lines = text.split('\n');
    const line = hashOf(`${seed} ${turn} line`) % lines.length;
    if (text.length > 1_000_000 || isGenerated(text) || (lines[line] ?? '').trim() === '') continue;
    yield { path, line, lines, ...(await asked.ask({ path, line, text })) };
  }
}
