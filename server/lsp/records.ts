import type { Document } from '../model/document.ts';
import type { Engine } from '../model/engine.ts';

/**
 * Ids of the documents that replace the record at `path`, the one in force first. The engine resolves supersession from both
 * sides and tells it on its hits, so the record's own hit is asked for.
 */
export const successorsOf = async (engine: Engine, record: Document, signal?: AbortSignal): Promise<readonly string[]> => {
  if (record.path === undefined) return [];
  const { hits } = await engine.search({ text: record.title, filter: { kinds: ['decision'], path: record.path }, limit: 5 }, signal);
  return hits.find(({ id }) => id === record.id)?.supersededBy ?? [];
};

const LEAD = 240;

/** The words a reader wants first: the decision section of a record, else its first section that says something. */
export const leadOf = (document: Document): string => {
  const speaking = document.sections.filter(({ text }) => text.trim() !== '');
  const section = speaking.find(({ heading }) => /^(the )?decision( outcome)?s?$/i.test(heading.trim())) ?? speaking[0];
  const text = section?.text.trim().replace(/\s+/g, ' ') ?? '';
  if (text.length <= LEAD) return text;
  const cut = text.lastIndexOf(' ', LEAD);
  return `${text.slice(0, cut > LEAD / 2 ? cut : LEAD)}…`;
};
