import type { WhyAnswers } from '../../decisions/index.ts';
import { loadConfig } from '../../knowledge/discovery/config.ts';
import type { CodeSymbol, Hit, Place } from '../../model/answer.ts';
import { fileHits, lensSymbols, regionOf } from '../../model/declared-regions.ts';
import { isAnchored } from '../../model/evidence.ts';
import type { BeforeEdit, BeforeEditDecisions } from '../../model/gate.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Requests } from '../requests.ts';
import type { View } from '../view.ts';
import { appendAnswer } from './answers.ts';
import { currentHead, stopsOf } from './stops.ts';

export interface BeforeEditOptions {
  readonly root: string;
  readonly workspace: () => Workspace;
  readonly requests: Pick<Requests, 'view' | 'answerAt'>;
  readonly why: Pick<WhyAnswers, 'answer'>;
}

const NOT_READY: BeforeEditDecisions = { governing: [], probable: [], ready: false };

/** A record or a guide: no code that a decision governs. */
const isDocument = ({ documentIndex }: View, path: string): boolean =>
  ['decision', 'guide'].includes(documentIndex.get(path)?.head.kind ?? '');

const without = (hits: readonly Hit[], others: readonly Hit[]): Hit[] => hits.filter(({ id }) => others.every((other) => other.id !== id));

/** Lines at the top of a file in which a citation is one of the whole file. */
const HEAD_LINES = 12;

/**
 * The decisions that govern a file as a whole, and so each of its lines. Where nothing says which declarations a file has, what is said deep in it counts for
 * the lines there alone.
 */
function ofWholeFile(governing: readonly Hit[], symbols: readonly CodeSymbol[], lines: readonly string[]): readonly Hit[] {
  if (symbols.length === 0)
    return governing.filter(({ evidence }) => evidence.some((item) => isAnchored(item) && (item.codeSpan?.start.line ?? 0) < HEAD_LINES));
  return fileHits(
    governing,
    lensSymbols(symbols, false).map((symbol) => regionOf(symbol, lines)),
  );
}

/** What the engine answers to hooks. */
export function createBeforeEdit({ root, workspace, requests, why }: BeforeEditOptions): BeforeEdit {
  return {
    decisions: (asked) =>
      requests.answerAt<BeforeEditDecisions>(asked, NOT_READY, async (view, { place: at, file }) => {
        if (isDocument(view, at.path)) return { governing: [], probable: [], ready: true };
        const place: Place = { ...at, unasked: true };
        const here = await why.answer(view, place, file);
        if (place.line === undefined) return { governing: here.governing, probable: here.probable, ready: true };
        const { line: _, endLine: __, ...whole } = place;
        const { governing: everywhere } = await why.answer(view, whole, file);
        const ofFile = ofWholeFile(everywhere, await file.symbols(), file.textLines).map((hit) => ({ ...hit, wholeFile: true }));
        const governing = [...here.governing, ...without(ofFile, here.governing)];
        return { governing, probable: without(here.probable, governing), ready: true };
      }),

    async stops(edit) {
      // As it is on disk: the process may have been started before it was written.
      const { config } = await loadConfig(root);
      if (config.gate.constraints.length === 0 && !config.gate.appendOnly) return [];
      const view = await requests.view();
      const { files, repository } = workspace();
      return view ? stopsOf({ root, view, files, repository, config }, edit) : [];
    },

    async answer(answer) {
      const whole = { ...answer, head: await currentHead(workspace().repository) };
      await appendAnswer(root, whole);
      return whole;
    },
  };
}
