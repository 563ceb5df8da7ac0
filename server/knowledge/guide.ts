import type { Document, Link } from '../model/document.ts';
import { sectionsOf } from './markup/outline.ts';
import { readProse } from './markup/prose.ts';
import { referencesOf } from './records/references.ts';
import { titleOf } from './records/titles.ts';
import type { Source } from './source.ts';

/** Limit on the links of one guide. */
const MOST_LINKS = 2_000;

/**
 * Reads prose that explains a system (architecture pages, README, CONTRIBUTING, AGENTS.md) as a `guide`: title, sections, and links to files and
 * records. Never throws; linear in the length of the text.
 */
export function readGuide(source: Source): Document {
  const { outline, front } = readProse(source);
  const title = titleOf(outline, front, source.path, 'guide');
  const links = referencesOf(outline, source.path)
    .filter(({ weak }) => weak !== true)
    .slice(0, MOST_LINKS)
    .map(
      ({ start, end, target, path }): Link => ({
        kind: 'cites',
        target,
        ...(path === undefined ? {} : { path }),
        span: outline.lines.span(start, end),
      }),
    );
  return {
    id: source.path,
    kind: 'guide',
    path: source.path,
    sha: source.sha,
    title: title.text,
    ...(title.span === undefined ? {} : { titleSpan: title.span }),
    format: outline.format,
    sections: sectionsOf(outline),
    links,
    // A guide is nobody's decision, and what can be read of its front matter is.
    findings: (front?.findings ?? []).map((finding) => ({ ...finding, severity: 'hint' as const })),
  };
}
