import type { Document, Section } from '../../model/document.ts';
import type { Finding } from '../../model/finding.ts';
import type { Operation } from '../../model/operation.ts';
import { lineIndex } from '../../text/lines.ts';
import type { Source } from '../source.ts';

/** File name without folder and extension, as the title of a document that has none. */
export const titleFromPath = (path: string): string => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/(?<=.)\.[^.]*$/, '') || name || path;
};

/** An operation before the builder adds the place and text of its section. */
export type OperationDraft = Omit<Operation, 'span' | 'text'>;

/** A section to be added. `lines` are joined by line feeds, without empty ones. */
export interface SectionDraft {
  readonly heading: string;
  /** Headings above this one. */
  readonly parents: readonly string[];
  readonly lines: readonly (string | undefined)[];
  /** Offsets of the part of the source that the section describes. */
  readonly start: number;
  readonly end: number;
  /** What the section describes. Of sections with the same heading path only the first counts. */
  readonly operations?: readonly OperationDraft[];
}

/** Collects the sections and findings of one specification within a budget, so that the result is never more than a small multiple of the input. */
export interface SectionBuilder {
  add(draft: SectionDraft): void;
  /** Adds a finding; only the first 20 are kept. */
  report(rule: string, severity: Finding['severity'], message: string, start: number, end: number): void;
  /** Whether the budget is spent; further sections are dropped. */
  full(): boolean;
  /** Sets the operations of the file as a whole. They come first, with the place of the first section. */
  describe(operations: readonly OperationDraft[]): void;
  document(format: string, title: string | undefined, titleRange?: { readonly start: number; readonly end: number }): Document;
}

const MAX_FINDINGS = 20;
const MAX_SECTIONS = 5_000;
const MAX_HEADING = 300;
const SPARE_TEXT = 65_536;
const MAX_OPERATION_TEXT = 240;

const clip = (text: string, limit: number): string => (text.length > limit ? `${text.slice(0, limit - 1)}…` : text);
/** Code cannot use a name with white space in it, and a very long one is not a name. */
const isName = (text: string): boolean => text !== '' && text.length <= MAX_HEADING && !/\s/.test(text);
const isUsable = ({ name, path }: OperationDraft): boolean => isName(path ?? name);

const oneLine = (text: string): string => clip(text, MAX_HEADING).replace(/\s+/g, ' ').trim();

/** Operations in the order of the sections, each with the place and text of its own. */
const operationsOf = (
  sections: readonly Section[],
  described: ReadonlyMap<Section, readonly OperationDraft[]>,
  ofFile: readonly OperationDraft[],
): readonly Operation[] => {
  const seen = new Set<string>();
  return sections.flatMap((section, index): Operation[] => {
    const path = JSON.stringify(section.headingPath);
    const own = seen.has(path) ? [] : (described.get(section) ?? []);
    seen.add(path);
    const text = section.text.trim().slice(0, MAX_OPERATION_TEXT);
    return [...(index === 0 ? ofFile : []), ...own].filter(isUsable).map((draft) => ({ ...draft, span: section.span, text }));
  });
};

/** Starts the builder of one source. */
export const sectionBuilder = (source: Source): SectionBuilder => {
  const index = lineIndex(source.text);
  const span = (start: number, end: number) => {
    let to = Math.min(Math.max(end, start), source.text.length);
    while (to > start && source.text.charCodeAt(to - 1) <= 32) to -= 1;
    return index.span(start, to);
  };
  const sections: Section[] = [];
  const described = new Map<Section, readonly OperationDraft[]>();
  let ofFile: readonly OperationDraft[] = [];
  const findings: Finding[] = [];
  // YAML aliases can repeat a node many times. Twice the source and a little more is enough for any well-meant file.
  let budget = source.text.length * 2 + SPARE_TEXT;
  const full = () => budget <= 0 || sections.length >= MAX_SECTIONS;
  const report: SectionBuilder['report'] = (rule, severity, message, start, end) => {
    if (findings.length < MAX_FINDINGS) findings.push({ rule, severity, message: clip(message, 500), span: span(start, end) });
  };
  return {
    full,
    report,
    add: (draft) => {
      if (full()) return;
      const heading = oneLine(draft.heading);
      const text = clip(draft.lines.filter((line) => line?.trim()).join('\n'), Math.max(budget, 1));
      budget -= text.length + heading.length;
      const headingPath = [...draft.parents.map(oneLine), heading];
      const section = { heading, level: headingPath.length, headingPath, text, span: span(draft.start, draft.end) };
      sections.push(section);
      if (draft.operations) described.set(section, draft.operations);
      if (full())
        report('too-many-parts', 'info', 'This file has too many parts, so only the first of them are indexed.', draft.start, draft.end);
    },
    describe: (operations) => {
      ofFile = operations;
    },
    document: (format, title, titleRange) => {
      // Nothing was understood, but the words of the file should still be found.
      const only = sections[0];
      if (sections.length < 2 && (!only || only.text === '' || only.text === only.heading) && source.text.trim()) {
        sections.length = 0;
        sections.push({ heading: '', level: 0, headingPath: [], text: source.text, span: span(0, source.text.length) });
      }
      // Readers add a block when it ends, after the blocks inside it; put it first.
      sections.sort(
        (a, b) => a.span.start.line - b.span.start.line || a.span.start.character - b.span.start.character || a.level - b.level,
      );
      const operations = operationsOf(sections, described, ofFile);
      const named = title ? oneLine(title) : '';
      return {
        id: source.path,
        kind: 'specification',
        path: source.path,
        sha: source.sha,
        title: named || titleFromPath(source.path),
        ...(named && titleRange ? { titleSpan: span(titleRange.start, titleRange.end) } : {}),
        format,
        sections,
        links: [],
        findings,
        ...(operations.length > 0 ? { operations } : {}),
      };
    },
  };
};
