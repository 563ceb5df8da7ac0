import { groupBy } from '../text/group-by.ts';
import type { FileFinding } from './sarif.ts';

/** A finding that is printed, and those that are alike and are only counted. */
export interface FoldedFinding extends FileFinding {
  /** How many more there are, and the folder that has them, relative to the repository; empty for its root. Absent where the finding stands for itself. */
  readonly more?: { readonly count: number; readonly folder: string };
}

/** Fewer are printed one by one. */
const LEAST = 4;

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** What findings have in common that say the same: the team of resources that are named after one, else the whole message. */
const subjectOf = ({ finding: { rule, severity, message } }: FileFinding): string =>
  JSON.stringify([rule, severity, rule === 'SID004' ? (/ is named after ([^:]+):/.exec(message)?.[1] ?? message) : message]);

/** Groups of findings that say the same, by the folder of their files, or by the folder around it where several folders beside each other have them. */
function byFolder(alike: readonly FileFinding[]): ReadonlyMap<string, readonly FileFinding[]> {
  const own = groupBy(alike, ({ path }) => parentOf(path));
  const siblings = groupBy(
    [...own.keys()].filter((folder) => folder.includes('/')),
    parentOf,
  );
  return groupBy(alike, ({ path }) => {
    const folder = parentOf(path);
    const around = parentOf(folder);
    return (siblings.get(around)?.length ?? 0) >= LEAST ? around : folder;
  });
}

/** The findings in their order, of which those that say the same in one folder are folded into the first one. */
export function folded(found: readonly FileFinding[]): readonly FoldedFinding[] {
  const first = new Map<FileFinding, FoldedFinding['more']>();
  const hidden = new Set<FileFinding>();
  for (const alike of groupBy(found, subjectOf).values())
    for (const [folder, [head, ...rest]] of byFolder(alike)) {
      if (!head || rest.length + 1 < LEAST) continue;
      first.set(head, { count: rest.length, folder });
      for (const one of rest) hidden.add(one);
    }
  return found.flatMap((one) => {
    const more = first.get(one);
    return hidden.has(one) ? [] : [more ? { ...one, more } : one];
  });
}
