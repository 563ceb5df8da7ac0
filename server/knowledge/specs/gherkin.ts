import { AstBuilder, dialects, Errors, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { type Background, type Feature, type GherkinDocument, IdGenerator, type Rule, type Scenario, type Step } from '@cucumber/messages';
import type { Document } from '../../model/document.ts';
import { defineRule } from '../../model/finding.ts';
import type { Source } from '../source.ts';
import { type SectionBuilder, sectionBuilder, titleFromPath } from './source.ts';
import { labelled } from './tree.ts';

export const BROKEN_GHERKIN = defineRule({
  id: 'broken-gherkin',
  severity: 'error',
  description: 'The file is not valid Gherkin.',
  tags: ['document'],
});

const LANGUAGE = /^[^\S\r\n]*#[^\S\r\n]*language[^\S\r\n]*:[^\S\r\n]*([\w-]{1,20})[^\S\r\n]*$/m;
const MAX_LINE = 5_000;
const MAX_RUN = 100;

/** Offsets of line starts as Cucumber counts them: a carriage return alone does not end a line. */
const lineOffsets = (text: string): readonly number[] => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
};

/**
 * Whether Cucumber's parser would take more than linear time: it rescans every run of tags, comments and blank lines, and its white-space patterns
 * backtrack on long lines.
 */
const isHostile = (lines: readonly string[]): boolean => {
  let run = 0;
  let tags = 0;
  for (const line of lines) {
    if (line.length > MAX_LINE) return true;
    const first = line.trimStart()[0];
    if (first === '@' || first === '#' || first === undefined) {
      run += 1;
      tags += first === '@' ? 1 : 0;
      if (run > MAX_RUN && tags > 10) return true;
    } else {
      run = 0;
      tags = 0;
    }
  }
  return false;
};

interface Reading {
  readonly builder: SectionBuilder;
  readonly text: string;
  /** Offset of a 1-based line; the end of the text for later lines. */
  readonly offset: (line: number) => number;
}

const stepLines = (step: Step): readonly string[] => [
  `${step.keyword}${step.text}`,
  ...(step.dataTable?.rows ?? []).slice(0, 50).map((row) => row.cells.map((cell) => cell.value).join(' | ')),
  ...(step.docString ? [step.docString.content.slice(0, 2_000)] : []),
];

const tagNames = (node: { readonly tags: readonly { readonly name: string }[] }): string | undefined =>
  labelled(
    'Tags',
    node.tags.map((tag) => tag.name),
  );

const firstLine = (node: Feature | Rule | Scenario | Background): number =>
  Math.min(node.location.line, ...('tags' in node ? node.tags.map((tag) => tag.location.line) : []));

const addScenario = (reading: Reading, parents: readonly string[], node: Scenario | Background, nextLine: number): void => {
  const examples = 'examples' in node ? node.examples : [];
  reading.builder.add({
    heading: `${node.keyword}: ${node.name}`,
    parents,
    lines: [
      node.name,
      node.description.trim(),
      'tags' in node ? tagNames(node) : undefined,
      ...node.steps.flatMap(stepLines),
      ...examples.flatMap((example) => [
        `${example.keyword}: ${example.name}`,
        example.tableHeader?.cells.map((cell) => cell.value).join(' | '),
        ...example.tableBody.slice(0, 50).map((row) => row.cells.map((cell) => cell.value).join(' | ')),
      ]),
    ],
    start: reading.offset(firstLine(node)),
    end: reading.offset(nextLine),
  });
};

type Child = Feature['children'][number];

const nodeOf = (child: Child): Rule | Scenario | Background | undefined => child.rule ?? child.scenario ?? child.background;

const addChildren = (reading: Reading, parents: readonly string[], children: readonly Child[], endLine: number): void => {
  children.forEach((child, at) => {
    const following = children[at + 1];
    const next = following && nodeOf(following);
    const nextLine = next ? firstLine(next) : endLine;
    const node = nodeOf(child);
    if (!node || reading.builder.full()) return;
    if (!('children' in node)) {
      addScenario(reading, parents, node, nextLine);
      return;
    }
    const inner = node.children[0] && nodeOf(node.children[0]);
    const heading = `${node.keyword}: ${node.name}`;
    const end = reading.offset(inner ? firstLine(inner) : nextLine);
    const lines = [node.name, node.description.trim(), tagNames(node)];
    reading.builder.add({ heading, parents, lines, start: reading.offset(firstLine(node)), end });
    addChildren(reading, [...parents, heading], node.children, nextLine);
  });
};

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** For files that do not parse: splits the text at lines that start with a keyword. */
const addByLine = ({ builder, text }: Reading, lines: readonly string[], language: string): void => {
  const dialect = Object.hasOwn(dialects, language) ? dialects[language] : dialects.en;
  if (!dialect) return;
  const words = [...dialect.feature, ...dialect.rule, ...dialect.background, ...dialect.scenario, ...dialect.scenarioOutline];
  const title = new RegExp(`^[ \\t]{0,40}(?:${words.map(escaped).join('|')}):.*`);
  const found: { heading: string; start: number }[] = [];
  let offset = 0;
  for (const line of lines) {
    const heading = title.exec(line)?.[0].trim();
    if (heading) found.push({ heading, start: offset });
    offset += line.length + 1;
  }
  found.forEach(({ heading, start }, at) => {
    const end = found[at + 1]?.start ?? text.length;
    builder.add({ heading, parents: [], lines: [text.slice(start, end).trim()], start, end });
  });
};

/** Messages and lines of parse errors. Of errors on adjacent lines only the first is kept, because one mistake usually causes the others. */
const errorsOf = (error: unknown): readonly { readonly message: string; readonly line: number }[] => {
  if (!(error instanceof Errors.GherkinException)) throw error;
  const parts: readonly Error[] = error instanceof Errors.CompositeParserException ? error.errors : [error];
  let last = -1;
  return parts.flatMap((part) => {
    const line = part instanceof Errors.GherkinException ? (part.location?.line ?? 1) : 1;
    const follows = line === last || line === last + 1;
    last = line;
    if (follows) return [];
    const plain = part.message.replace(/^\(-?\d+:-?\d+\): /, '');
    const got = /, got '([\s\S]*)'$/.exec(plain)?.[1];
    const message =
      got === undefined ? plain : `"${got.slice(0, 100)}" is not allowed here. Expected a step, a table row, a tag or a new scenario.`;
    return [{ message, line }];
  });
};

/**
 * Reads a Gherkin feature in any of Cucumber's languages (`# language: de`): a section for the feature and for each rule, background and scenario, with
 * tags, steps and examples. If a file does not parse, only its keywords are read. Finding: `broken-gherkin`.
 */
export const readGherkin = (source: Source): Document => {
  const builder = sectionBuilder(source);
  const { text } = source;
  const starts = lineOffsets(text);
  const reading: Reading = { builder, text, offset: (line) => starts[line - 1] ?? text.length };
  const lines = text.split('\n');
  const language = LANGUAGE.exec(text.slice(0, 2_000))?.[1] ?? 'en';
  let feature: Feature | undefined;
  if (isHostile(lines)) {
    builder.report(
      BROKEN_GHERKIN,
      'This feature has very long lines or long runs of tags, so only its keywords are read.',
      0,
      text.length,
      'warning',
    );
    addByLine(reading, lines, language);
  } else {
    try {
      const parser = new Parser(new AstBuilder(IdGenerator.incrementing()), new GherkinClassicTokenMatcher());
      feature = (parser.parse(text) as GherkinDocument).feature;
    } catch (error) {
      for (const { message, line } of errorsOf(error)) {
        builder.report(BROKEN_GHERKIN, `This is not valid Gherkin: ${message}`, reading.offset(line), reading.offset(line + 1));
      }
      addByLine(reading, lines, language);
    }
  }
  if (!feature) return builder.document('gherkin', undefined);
  const heading = feature.name || titleFromPath(source.path);
  const inner = feature.children[0] && nodeOf(feature.children[0]);
  const start = reading.offset(firstLine(feature));
  const end = inner ? reading.offset(firstLine(inner)) : text.length;
  builder.add({ heading, parents: [], lines: [feature.name, feature.description.trim(), tagNames(feature)], start, end });
  addChildren(reading, [heading], feature.children, starts.length + 1);
  const line = reading.offset(feature.location.line);
  return builder.document('gherkin', feature.name, { start: line, end: reading.offset(feature.location.line + 1) });
};
