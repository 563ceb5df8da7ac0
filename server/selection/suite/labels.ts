import type { SpecContents } from './reading/contents.ts';

/** What people call a spec. */
export interface SpecLabels {
  /** Title of its first suite or test; its file name where it has none. */
  readonly title: string;
  /** Tags of the spec or of a test in it, without `@`, each once. */
  readonly tags: readonly string[];
  /** Those of them that all of its tests have. */
  readonly tagsOfAll: readonly string[];
}

/** A tag without the `@` that some tools write before it. */
export const plainTag = (tag: string): string => tag.replace(/^@/, '');

/**
 * Titles and tags of a spec. A tag belongs to all of its tests where the configuration gives it, where it stands before the first test (of a module, a
 * feature, a build) or at the one suite that holds the others, or where every test has it.
 * @param declared tags that `lintel.yaml` gives it
 */
export function labelsOf(path: string, text: string, { titles, tags }: SpecContents, declared: readonly string[] = []): SpecLabels {
  const lines = text.split('\n');
  const indentOf = (line: number): number => (lines[line] ?? '').search(/\S|$/);
  const [first] = titles;
  const tests = titles.filter(({ kind }) => kind === 'test');
  const outer = first && titles.filter(({ line, kind }) => kind !== 'step' && indentOf(line) <= indentOf(first.line));
  // One suite around everything: what stands at it or above it is said of all.
  const head = first?.kind === 'suite' && outer?.length === 1 ? first.line : -1;
  const isOfModule = (line: number): boolean => /^\s*(?:pytestmark\b|\/\/go:build|\/\/ \+build)/.test(lines[line] ?? '');
  const own = new Set(declared.map(plainTag));
  const all = new Set([...own, ...tags.map(({ text: tag }) => plainTag(tag))]);
  const isOfAll = (tag: string): boolean => {
    const at = tags.filter((one) => plainTag(one.text) === tag);
    return own.has(tag) || at.some(({ line }) => line <= head || isOfModule(line)) || (tests.length > 0 && at.length >= tests.length);
  };
  return {
    title: first?.text.trim() || path.slice(path.lastIndexOf('/') + 1),
    tags: [...all],
    tagsOfAll: [...all].filter(isOfAll),
  };
}
