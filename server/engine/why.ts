import { commitHits, similarSpecifications, whyParts } from '../decisions/why.ts';
import { windowAt } from '../decisions/window.ts';
import { logOfFile, type Repository } from '../git/index.ts';
import type { Place, WhyAnswer } from '../model/answer.ts';
import { type AsOf, asOf } from './as-of.ts';
import { Backgrounds } from './background.ts';
import { Blamer } from './blame.ts';
import { codeQueries } from './code-query.ts';
import { explainedRecords, explainPlace, joinCommits, logBounds, noticesOf, withExplanation } from './explain.ts';
import type { View } from './view.ts';

const COMMITS_OF_A_FILE = 5;

/** Says why code is as it is: which decisions govern it and, where somebody asked, what else is worth reading. */
export class WhyAnswers {
  readonly #repository: () => Repository | undefined;
  readonly #backgrounds: Backgrounds;
  readonly #blamer = new Blamer();
  readonly #priorTo: AsOf = asOf();

  /** @param repository of now: a folder may become a repository */
  constructor(root: string, repository: () => Repository | undefined) {
    this.#repository = repository;
    this.#backgrounds = new Backgrounds(root, repository);
  }

  /**
   * @param text the whole file as `place` has it
   * Rejects with `unknown-commit` where `place.asOf` names none.
   */
  async answer(view: View, place: Place, text: string, signal?: AbortSignal): Promise<Omit<WhyAnswer, 'index'>> {
    const repository = this.#repository();
    const before = place.asOf === undefined ? undefined : await this.#priorTo(repository, place.asOf);
    const [window] = await codeQueries([{ path: place.path, lines: windowAt(text, place.line ?? 0) }], view.embedder);
    const background = await this.#backgrounds.of(view);
    signal?.throwIfAborted();
    if (!window) return { governing: [], related: [] };
    const space = { ...view, background };
    const names = new Map<string, number>();
    const { governing, related } = whyParts(space, { place, text, window, names, ...(before ? { before } : {}) }, place.most);
    if (place.unasked) return { governing, related: [] };
    const explained = await explainPlace(this.#blamer, { repository, view, place, text, before, signal });
    const commits = repository ? await logOfFile(repository, place.path, { limit: COMMITS_OF_A_FILE, ...logBounds(place) }) : [];
    signal?.throwIfAborted();
    const specifications = text.trim() === '' ? [] : similarSpecifications(space, window);
    return {
      governing: withExplanation(governing, explained),
      related: [
        ...withExplanation(related, explained),
        ...explainedRecords(view, place.path, explained, [...governing, ...related]),
        ...joinCommits(explained, commitHits(commits, place.path)),
        ...specifications,
      ],
      ...noticesOf(explained),
    };
  }
}
