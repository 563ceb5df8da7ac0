import { codeMatch } from '../../knowledge/links/links.ts';
import type { Document } from '../../model/document.ts';

/** A record that applies to code and names a test of it. */
export interface RecordLink {
  readonly test: string;
  /** File, folder or pattern, as the record writes it. */
  readonly code: string;
  readonly record: string;
  /** One-based line on which the record names the test. */
  readonly line: number;
}

const PATH = /[\w@.-]{1,80}(?:\/[\w@.-]{1,80}){1,12}/g;
const MOST_NAMED = 50;

/** The tests that a text names by their whole path, with the line of the first time. */
export const testsNamed = (text: string, isTest: (path: string) => boolean): ReadonlyMap<string, number> => {
  const named = new Map<string, number>();
  text.split('\n').forEach((line, at) => {
    for (const [written] of line.slice(0, 10_000).matchAll(PATH)) {
      const path = written.replace(/^(?:\.{1,2}\/)+/, '').replace(/\.$/, '');
      if (named.size < MOST_NAMED && !named.has(path) && isTest(path)) named.set(path, at + 1);
    }
  });
  return named;
};

/**
 * Links of a record in force: what its front matter says it applies to, with each test that it names. What takes in the test itself says nothing of the product.
 */
export const linksOfRecord = ({ path: record = '', links }: Document, named: ReadonlyMap<string, number>): readonly RecordLink[] =>
  links
    .filter(({ kind }) => kind === 'applies-to')
    .flatMap(({ target: code }) => [...named].flatMap(([test, line]) => (codeMatch(code, test) > 0 ? [] : [{ test, code, record, line }])));
