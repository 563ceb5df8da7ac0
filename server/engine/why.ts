import { placeNames } from '../code/place-names.ts';
import { createSymbolCache } from '../code/symbol-cache.ts';
import { Backgrounds } from '../decisions/governing/background-sample.ts';
import { codeQuery } from '../decisions/governing/code-query.ts';
import { explainedRecords, joinCommits, logBounds, noticesOf, withExplanation } from '../decisions/governing/explain.ts';
import { LineExplainer, NO_EXPLANATION } from '../decisions/governing/explained-lines.ts';
import { nameEvidence, symbolWeights } from '../decisions/governing/named.ts';
import type { PlaceToRank, RankingSpace } from '../decisions/governing/ranking.ts';
import { commitHits, specificationsOf, whyParts } from '../decisions/governing/why.ts';
import { logOfFile } from '../git/index.ts';
import { type AsOf, asOf } from '../history/as-of.ts';
import { type CurrentHistory, currentHistory } from '../history/current.ts';
import type { Place, WhyAnswer } from '../model/answer.ts';
import type { Commit } from '../model/commit.ts';
import { memoise } from '../text/memoise.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { View } from './view.ts';

const COMMITS_OF_A_FILE = 5;
const MOST_LOGS = 100;

/** Says why code is as it is: which decisions govern it and, where somebody asked, what else is worth reading. */
export class WhyAnswers {
  readonly #workspace: () => Pick<Workspace, 'files' | 'repository'>;
  readonly #backgrounds: Backgrounds;
  readonly #explainer = new LineExplainer();
  readonly #priorTo: AsOf = asOf();
  readonly #symbols = createSymbolCache();
  readonly #logs = memoise<readonly Commit[]>(MOST_LOGS);

  /** @param workspace read on every call, because the folder may become a repository later */
  constructor(workspace: () => Pick<Workspace, 'files' | 'repository'>) {
    this.#workspace = workspace;
    this.#backgrounds = new Backgrounds(() => workspace().files);
  }

  /**
   * What a place is ranked with.
   * @param text the whole file as `place` has it
   * Rejects with `unknown-commit` where `place.asOf` names none.
   */
  async prepare(view: View, place: Place, text: string): Promise<{ readonly space: RankingSpace; readonly asked: PlaceToRank }> {
    const before = place.asOf === undefined ? undefined : await this.#priorTo(this.#workspace().repository, place.asOf);
    const window = await codeQuery({ ...place, text, line: place.line ?? 0 }, view.embedder);
    const space = { ...view, background: await this.#backgrounds.of(view) };
    const symbols = await this.#symbols(place.path, text);
    const used = placeNames(place, text, symbols);
    const names = symbolWeights(view.register.names, view.code, used);
    const named = nameEvidence(view.register.names, view.code, used);
    return { space, asked: { place, text, symbols, window, names, named, ...(before ? { before } : {}) } };
  }

  /** As `prepare`, and ranked and explained. */
  async answer(view: View, place: Place, text: string, signal?: AbortSignal): Promise<Omit<WhyAnswer, 'index'>> {
    const repository = this.#workspace().repository;
    const { space, asked } = await this.prepare(view, place, text);
    const { before } = asked;
    signal?.throwIfAborted();
    const { governing, related } = whyParts(space, asked, place.most);
    if (place.unasked) return { governing, related: [] };
    const history = repository && (await currentHistory(repository));
    const [explained, commits] = await Promise.all([
      history ? this.#explainer.explain({ history, view, place, text, symbols: asked.symbols, before, signal }) : NO_EXPLANATION,
      history ? this.#commitsOf(history, place) : [],
    ]);
    signal?.throwIfAborted();
    const specifications = text.trim() === '' ? [] : specificationsOf(space, asked);
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

  /** The newest commits of a file. Kept for as long as HEAD stays: every start of git costs a process of this size tens of milliseconds. */
  #commitsOf({ repository, edges }: CurrentHistory, place: Place): Promise<readonly Commit[]> {
    const bounds = logBounds(place);
    const key = [repository.head, place.path, bounds.before ?? '', ...edges].join('\0');
    return this.#logs(key, () => logOfFile(repository, place.path, { limit: COMMITS_OF_A_FILE, ...bounds }));
  }
}
