import { relativePath, resolvePath } from '../../../knowledge/paths.ts';
import type { DocumentHead, Link } from '../../../model/document.ts';
import { defineRule } from '../../../model/finding.ts';
import { possiblePaths } from '../../../register/successors.ts';
import { lineIndex } from '../../../text/lines.ts';
import { leadsTo } from './linked-file.ts';
import { type DocumentRule, type Documents, excerpt, type FixMaker, type Records, relationsOf } from './record-rule.ts';

/** Every folder can have one, so the only other one is hardly meant. */
const COMMON_NAME = /^(?:readme|index|_index|license|contributing|changelog|summary)\./i;

/** An address that is no path: `[x]((https://a.b))`, `[x]([https://a.b](https://a.b))`. */
const BRACKETED_ADDRESS = /^[[(<]+(?:https?|ftp):\/\//i;

/** A page that a build makes, perhaps in another folder (ExDoc puts all pages into one): a repository without it says nothing. */
const BUILT = /\.html?$/i;

/** `[Ada](@ada)`: somebody's name at a forge. */
const MENTION = /^@[\w-]+$/;

const LONGEST_TARGET = 80;

/** Whether `superseded-by-nothing` speaks of this link: one finding is enough for one mistake. */
const isReportedAsSuccessor = (document: DocumentHead, link: Link, documents: Documents): boolean => {
  const { resolve, successors } = relationsOf(documents);
  if (link.kind !== 'superseded-by' || document.status?.value !== 'superseded' || document.status.inferred) return false;
  return (
    !successors.has(document.id) &&
    resolve(document, link) === 'missing' &&
    document.links.find(({ kind }) => kind === 'superseded-by') === link
  );
};

/** Where the linked file is now. `certain`: git moved it there; otherwise its name matches a record, or the only file of that name. */
function currentPath(link: Link, document: DocumentHead, records: Records): { path: string; certain: boolean } | undefined {
  const gone = link.path ?? '';
  const spelled = possiblePaths(gone)
    .map((candidate) => records.register.tree.spelled(candidate))
    .find((other) => other !== undefined);
  if (spelled) return { path: spelled.path, certain: false };
  for (const candidate of possiblePaths(gone)) {
    const renamed = records.history.renamed(candidate);
    if (renamed !== undefined) return { path: renamed, certain: true };
  }
  const record = relationsOf(records).resolve(document, link);
  if (typeof record !== 'string' && record.path !== undefined) return { path: record.path, certain: false };
  const name = gone.slice(gone.lastIndexOf('/') + 1);
  const [namesake] = name.includes('.') && !COMMON_NAME.test(name) ? records.register.tree.filesNamed(name, 1) : [];
  return namesake?.includes('/') ? { path: namesake, certain: false } : undefined;
}

/** Updates the path of the link. Auto-fixable only if git moved the file. */
const fix: FixMaker = ({ span }, document, text, records) => {
  const { path } = document;
  const link = document.links.find((one) => one.span.start.line === span.start.line && one.span.start.character === span.start.character);
  const current = path === undefined || link?.path === undefined ? undefined : currentPath(link, document, records);
  if (path === undefined || link === undefined || current === undefined) return [];
  const index = lineIndex(text);
  const [start, end] = [index.offset(span.start), index.offset(span.end)];
  const target = link.target.replace(/[?#].*$/s, '');
  const at = text.slice(start, end).lastIndexOf(target);
  if (at < 0 || target === '') return [];
  const plain = target.startsWith('/') ? `/${current.path}` : relativePath(path, current.path);
  const updated = target.startsWith('./') && !plain.startsWith('.') ? `./${plain}` : plain;
  if (resolvePath(path, updated) !== current.path || /[\s()]/.test(updated)) return [];
  const targetSpan = index.span(start + at, start + at + target.length);
  return [
    {
      title: `Update the path to ${updated}`,
      edits: [{ path, span: targetSpan, text: updated }],
      ...(current.certain ? { preferred: true } : {}),
    },
  ];
};

export const brokenLink: DocumentRule = {
  info: defineRule({
    id: 'broken-link',
    severity: 'warning',
    description: 'A relative link points to a file that does not exist.',
    tags: ['document'],
    fixes: 'auto-fixable',
  }),
  *check(document, documents) {
    const { paths, resolve } = relationsOf(documents);
    const { tree } = documents;
    const files = { exists: (path: string) => paths.has(path) || documents.exists(path), ...(tree ? { tree } : {}) };
    // Guides are many and nobody's decision: a hint for whoever edits one. In a record, a warning is for what a reader of today can mend.
    const weightOf = (known: boolean): { readonly severity?: 'hint' | 'info' } =>
      document.kind !== 'decision' ? { severity: 'hint' } : known ? {} : { severity: 'info' };
    for (const link of document.links) {
      if (link.path === undefined || link.kind === 'applies-to') continue;
      if (MENTION.test(link.target) || isReportedAsSuccessor(document, link, documents)) continue;
      if (BRACKETED_ADDRESS.test(link.target)) {
        const message = `This link leads nowhere: its address is in brackets of its own, "${excerpt(link.target, LONGEST_TARGET)}". Remove them.`;
        yield { message, span: link.span, ...weightOf(true) };
        continue;
      }
      const found = leadsTo(document, link, files);
      if (found === true || (found === false && BUILT.test(link.path))) continue;
      if (typeof found === 'string') {
        const message = `This link points to ${link.path}, but the name is spelled ${found}. Use the same upper and lower case: on most systems the link leads nowhere.`;
        yield { message, span: link.span, ...weightOf(true) };
        continue;
      }
      const record = resolve(document, link);
      const advice = typeof record === 'string' ? 'Update the path or remove the link.' : `Did you mean ${record.path}?`;
      const message = `This link points to ${link.path}, which does not exist. ${advice}`;
      yield { message, span: link.span, ...weightOf(typeof record !== 'string') };
    }
  },
  fix,
};
