import type { Document, Section } from '../../model/document.ts';
import type { Position } from '../../model/span.ts';
import type { Mention, Selector, SpecContents, Title } from './reading/contents.ts';

/** Suites and tests of one file that have a section of their own; what comes after them belongs to the last. */
const MOST_SECTIONS = 500;
/** Characters of what one test says. */
const LONGEST_SECTION = 4_000;

/** A selector as people write it: `button "Pay now"`, `pay-now`. */
const selectorText = ({ role, text }: Selector): string => (role === undefined ? text : text === '' ? role : `${role} "${text}"`);

/** What a spec says, apart from titles and imports, in the order of the text and each thing of a line once. */
function saidIn(contents: SpecContents): readonly Mention[] {
  const { visits, selectors, calls, commands, keys, texts, tags, steps } = contents;
  const all: Mention[] = [
    ...steps,
    ...visits,
    ...calls.map(({ method, text, line }) => ({ text: method === undefined ? text : `${method} ${text}`, line })),
    ...selectors.map((selector) => ({ text: selectorText(selector), line: selector.line })),
    // The text of a selector is said once.
    ...texts.filter(({ text, line }) => !selectors.some((one) => one.line === line && one.text === text)),
    ...commands,
    ...keys,
    ...tags.map(({ text, line }) => ({ text: `@${text}`, line })),
  ];
  const seen = new Set<string>();
  return all
    .filter(({ text, line }) => {
      const key = `${line} ${text}`;
      const isNew = text.trim() !== '' && !seen.has(key);
      seen.add(key);
      return isNew;
    })
    .sort((a, b) => a.line - b.line);
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** The suites and tests of a file, each once. Steps belong to their test. */
const headsOf = ({ titles }: SpecContents): readonly Title[] =>
  titles
    .filter(({ kind, line, text }, at) => kind !== 'step' && text.trim() !== '' && titles.findIndex((other) => other.line === line) === at)
    .slice(0, MOST_SECTIONS);

/**
 * A file of end-to-end tests as a document that is indexed and searched: a section for each suite and test with what it says, at the lines of that test.
 * @param tags those that the configuration gives it
 * @param sha commit at which it was read
 */
export function specDocument(
  { path, framework, tags = [] }: { readonly path: string; readonly framework: string; readonly tags?: readonly string[] },
  text: string,
  contents: SpecContents,
  id: string,
  sha: string,
): Document {
  const lines = text.split('\n');
  const endOf = (line: number): Position => ({ line, character: (lines[line] ?? '').trimEnd().length });
  const heads = headsOf(contents);
  const said = saidIn(contents);
  const steps = contents.titles.filter(({ kind }) => kind === 'step');
  const textBetween = (from: number, to: number, first: string): string =>
    [first, ...[...steps, ...said].filter(({ line }) => line >= from && line < to).map((one) => one.text)]
      .filter((part, at, parts) => part !== '' && parts.indexOf(part) === at)
      .join('\n')
      .slice(0, LONGEST_SECTION);
  const before = heads[0]?.line ?? lines.length;
  const opening = textBetween(0, before, tags.map((tag) => `@${tag}`).join(' '));
  const sections: Section[] = [];
  if (opening !== '')
    sections.push({
      heading: '',
      level: 0,
      headingPath: [],
      text: opening,
      span: { start: { line: 0, character: 0 }, end: endOf(Math.max(0, before - 1)) },
    });
  const open: { readonly title: string; readonly indent: number }[] = [];
  for (const [at, { text: title, line, kind }] of heads.entries()) {
    const next = heads[at + 1]?.line ?? lines.length;
    const indent = indentOf(lines[line] ?? '');
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) open.pop();
    const headingPath = [...open.map((suite) => suite.title), title];
    if (kind === 'suite') open.push({ title, indent });
    sections.push({
      heading: title,
      level: headingPath.length,
      headingPath,
      text: textBetween(line, next, title),
      span: { start: { line, character: indent }, end: endOf(Math.max(line, next - 1)) },
    });
  }
  return {
    id,
    kind: 'test',
    path,
    sha,
    title: heads[0]?.text ?? path.slice(path.lastIndexOf('/') + 1),
    format: framework,
    sections,
    links: [],
    findings: [],
  };
}
