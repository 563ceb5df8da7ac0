import type { WhyAnswers } from '../../decisions/index.ts';
import { loadConfig } from '../../knowledge/discovery/config.ts';
import type { Hit, Place } from '../../model/answer.ts';
import { fileHits, lensSymbols, regionOf } from '../../model/declared-regions.ts';
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
        const regions = lensSymbols(await file.symbols(), false).map((symbol) => regionOf(symbol, file.textLines));
        const ofFile = fileHits((await why.answer(view, whole, file)).governing, regions).map((hit) => ({ ...hit, wholeFile: true }));
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
