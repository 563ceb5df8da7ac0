import { placeNames } from '../../server/code/place-names.ts';
import { SourceFile } from '../../server/code/source-file.ts';
import { codeQueries, codeQuery } from '../../server/decisions/governing/code-query.ts';
import { measureBackground } from '../../server/decisions/governing/measure-background.ts';
import { nameEvidence, symbolWeights } from '../../server/decisions/governing/named.ts';
import { type RankingQuery, type RankingSpace, rankedDocuments } from '../../server/decisions/governing/ranking.ts';
import { type WhyAnswerParts, whyParts } from '../../server/decisions/governing/why.ts';
import type { Embedder } from '../../server/embedding/contract.ts';
import { LINKS_FILE, readLinks } from '../../server/knowledge/links/links.ts';
import type { Place } from '../../server/model/answer.ts';
import { RecordCommitsKeeper } from '../../server/register/record-commits.ts';
import { type Register, registerOf } from '../../server/register/register.ts';
import { treeOf } from '../../server/workspace/tree.ts';
import { logOf, type MadeCommit } from './history.ts';
import { documentIndexOf, documentsIn, type Files, sourceIndexOf } from './register.ts';

/** Gives every text the same vector, so that words alone decide how close texts are. */
const SAME_VECTOR: Embedder = {
  name: 'same',
  fingerprint: 'same',
  dimensions: 2,
  embed: (texts) => Promise.resolve(texts.map(() => Float32Array.of(1, 0))),
  dispose: () => Promise.resolve(),
};

/** A repository in memory that answers why its code is as it is: no disk, no git, no store. */
export interface MemoryRepository {
  readonly register: Register;
  readonly space: RankingSpace;
  /** Everything that a place is ranked with. */
  query(place: Place): Promise<RankingQuery>;
  why(place: Place, most?: number): Promise<WhyAnswerParts>;
}

/**
 * Builds the register, the indexes and the history of a repository from its texts, by the readers of the product.
 * @param commits oldest first
 */
export async function memoryRepository(files: Files, commits: readonly MadeCommit[] = []): Promise<MemoryRepository> {
  const documentIndex = documentIndexOf(documentsIn(files));
  const tree = treeOf(Object.keys(files));
  const links = files[LINKS_FILE];
  const register = registerOf(documentIndex, tree, undefined, links === undefined ? undefined : readLinks(links));
  const code = sourceIndexOf(files);
  const sources = Object.entries(files).map(([path, text]) => new SourceFile(path, text));
  const windows = await codeQueries(
    sources.filter(({ language }) => language !== undefined).map((file) => ({ file, line: 0 })),
    SAME_VECTOR,
  );
  const background = await measureBackground(documentIndex, rankedDocuments(documentIndex), windows);
  const recordCommits = await new RecordCommitsKeeper().refresh(logOf(commits), register);
  const space: RankingSpace = { register, documentIndex, recordCommits, code, background };

  const query = async (place: Place): Promise<RankingQuery> => {
    const file = new SourceFile(place.path, place.text ?? files[place.path] ?? '');
    const symbols = await file.symbols();
    const used = placeNames(place, file, symbols);
    return {
      place,
      file,
      symbols,
      used,
      codeWindow: await codeQuery({ ...place, file, line: place.line ?? 0 }, SAME_VECTOR),
      names: symbolWeights(register.names, code, used),
      named: nameEvidence(register.names, code, used),
    };
  };
  return { register, space, query, why: async (place, most) => whyParts(space, await query(place), most) };
}
