import { type DraftSpan, draftWithModel, EndpointFailure } from '../../answering/index.ts';
import type { DraftPart, KnownSentence, KnownSource, ReadRecord } from '../../decisions/index.ts';
import type { KindredRecord, NewDecisionRequest, QuotedCode } from '../../model/authoring.ts';
import { hunkText } from '../../text/unified-diff.ts';
import type { FindModel } from '../answering/model.ts';
import type { DraftSources } from './sources.ts';

/** Sentences for the sections of a draft. */
export type Worded = Readonly<Record<DraftPart, readonly KnownSentence[]>>;

export const NOTHING_WORDED: Worded = { context: [], options: [], consequences: [] };

/** Records that a model sees as examples of the form. */
const MOST_EXAMPLES = 5;
const MOST_FILES = 8;

/** A request whose selected lines were read. */
type Asked = Omit<NewDecisionRequest, 'selection'> & { readonly selection?: QuotedCode };

type Source = { readonly span: DraftSpan; readonly source: KnownSource };

/** Everything that sentences of a draft may be taken from. */
const sourcesFor = (
  { title, because, selection }: Asked,
  { commits, changes }: DraftSources,
  weigh: readonly KindredRecord[],
): readonly Source[] => [
  { span: { id: 'w1', text: [title, because ?? ''].join('\n').trim() }, source: { kind: 'words' } },
  ...(selection ? [{ span: { id: 's1', text: selection.text }, source: { kind: 'file', path: selection.path } } satisfies Source] : []),
  ...commits.map(
    ({ sha, subject, body }, index): Source => ({
      span: { id: `c${index + 1}`, text: `${subject}\n\n${body}`.trim() },
      source: { kind: 'commit', sha },
    }),
  ),
  ...(changes?.files ?? [])
    .slice(0, MOST_FILES)
    .flatMap(({ path, hunks }, index): Source[] =>
      hunks.length === 0 ? [] : [{ span: { id: `d${index + 1}`, text: hunks.map(hunkText).join('') }, source: { kind: 'file', path } }],
    ),
  ...weigh.flatMap(({ record: { path, title: named }, decides }, index): Source[] =>
    decides === undefined
      ? []
      : [{ span: { id: `r${index + 1}`, text: `${named}\n${decides}` }, source: { kind: 'record', path, title: named } }],
  ),
];

/** Lets a language model word what is known for a draft. A note says why it did not, where one is set. Rejects with the reason of the signal only. */
export async function wordDraft(
  find: FindModel,
  request: Asked,
  sources: DraftSources,
  weigh: readonly KindredRecord[],
  newest: readonly ReadRecord[],
): Promise<{ readonly worded: Worded; readonly notes: readonly string[] }> {
  const nothing = (...notes: readonly string[]) => ({ worded: NOTHING_WORDED, notes });
  const model = await find(request.model, 'draft');
  if (model === undefined) return nothing();
  if ('note' in model) return nothing(model.note);
  const given = sourcesFor(request, sources, weigh);
  const sourceOf = new Map(given.map(({ span, source }) => [span.id, source]));
  try {
    const asked = {
      title: request.title,
      spans: given.map(({ span }) => span),
      examples: newest.slice(0, MOST_EXAMPLES).map(({ text }) => text),
    };
    const said = await draftWithModel(asked, model.write, request.signal);
    if (said === undefined) return nothing(`What the language model ${model.called} wrote is left out: nothing that was read says it.`);
    const known = (part: DraftPart): readonly KnownSentence[] =>
      said[part].map(({ text, quotes }) => ({ text, sources: quotes.flatMap(({ spanId }) => sourceOf.get(spanId) ?? []) }));
    const worded = { context: known('context'), options: known('options'), consequences: known('consequences') };
    return { worded, notes: [`The language model ${model.called} worded a part of the draft. Each sentence was checked in its source.`] };
  } catch (error) {
    if (!(error instanceof EndpointFailure)) throw error;
    return nothing(`The language model ${model.called} was not used: ${error.message}.`);
  }
}
