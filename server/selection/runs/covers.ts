import { codeMatch, type DeclaredTest } from '../../knowledge/links/links.ts';
import type { OwnReason } from './own-reason.ts';
import type { RecordLink } from './record-links.ts';

/** A test says in its own text which code it covers. */
export interface CoversTag {
  readonly test: string;
  readonly code: string;
  /** One-based. */
  readonly line: number;
}

const MOST_TAGS = 100;
const LONGEST = 300;
/** `@covers src/cart/**`, `@covers(src/cart.ts)`, `@covers:src/cart` in a comment, a title or a tag. */
const COVERS = /@covers\b[ \t]{0,20}[:(=]?[ \t]{0,20}["'`]?([^\s"'`()]{1,300})/gi;

/** A path or pattern; names of classes, which PHPUnit writes there, are none. */
const isPath = (written: string): boolean =>
  written !== '' && written.length <= LONGEST && !written.includes('\\') && !written.includes('::') && /[/.*]/.test(written);

/** The `@covers` tags of a spec. */
export function coversTags(test: string, text: string): readonly CoversTag[] {
  const tags: CoversTag[] = [];
  let line = 1;
  let seen = 0;
  for (const found of text.matchAll(COVERS)) {
    const before = text.slice(seen, found.index);
    line += before.split('\n').length - 1;
    seen = found.index;
    // A comment may end right behind the last path.
    for (const code of (found[1] ?? '').replace(/(?<![*/])\*\/$/, '').split(','))
      if (isPath(code) && tags.length < MOST_TAGS) tags.push({ test, code, line });
  }
  return tags;
}

/** Tests that a person, in `.lintel/links.yaml`, in the test itself or in a record, said to cover a changed path. */
export function declaredFor(
  links: readonly DeclaredTest[],
  tags: readonly CoversTag[],
  specs: readonly string[],
  recordLinks: readonly RecordLink[] = [],
): (changed: readonly string[]) => readonly OwnReason[] {
  const matched = (code: string, changed: readonly string[]): string | undefined => changed.find((path) => codeMatch(code, path) > 0);
  return (changed) => [
    ...links.flatMap(({ test, code, note }) => {
      const path = matched(code, changed);
      if (path === undefined) return [];
      const because = note === undefined ? '' : `: ${note}`;
      return specs
        .filter((spec) => codeMatch(test, spec) > 0)
        .map(
          (spec): OwnReason => ({
            spec,
            must: true,
            evidence: {
              kind: 'declared',
              weight: 1,
              explanation: `linked to ${code} in .lintel/links.yaml, where ${path} changed${because}`,
            },
          }),
        );
    }),
    ...tags.flatMap(({ test, code, line }): OwnReason[] => {
      const path = matched(code, changed);
      if (path === undefined) return [];
      return [
        {
          spec: test,
          must: true,
          evidence: { kind: 'declared', weight: 1, explanation: `says on line ${line} that it covers ${code}, where ${path} changed` },
        },
      ];
    }),
    ...recordLinks.flatMap(({ test, code, record, line }): OwnReason[] => {
      const path = matched(code, changed);
      if (path === undefined) return [];
      const explanation = `named on line ${line} of ${record}, which applies to ${code}, where ${path} changed`;
      return [{ spec: test, must: true, evidence: { kind: 'declared', weight: 1, explanation } }];
    }),
  ];
}
