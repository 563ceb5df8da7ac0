import type { Document, Section } from '../../server/model/document.ts';
import type { Position, Span } from '../../server/model/span.ts';

type Reader = (source: { readonly path: string; readonly text: string; readonly sha: string }) => Document;

export const documentOf = (read: Reader, path: string, text: string): Document => read({ path, text, sha: 'abc' });

/** The section with this heading; fails where there is none, or more than one. */
export const sectionOf = (document: Document, heading: string): Section => {
  const [section, ...more] = document.sections.filter((candidate) => candidate.heading === heading);
  if (!section || more.length > 0) {
    throw new Error(`expected one section "${heading}" among: ${document.sections.map((candidate) => candidate.heading).join(' | ')}`);
  }
  return section;
};

/** The text that a span covers, counted line by line and not with the readers' own index. */
export const partOf = (text: string, span: Span): string => {
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  const offset = ({ line, character }: Position): number => lines.slice(0, line).join('').length + character;
  return text.slice(offset(span.start), offset(span.end));
};
