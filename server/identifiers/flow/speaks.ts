import { wordsOf } from './names.ts';
import type { Trail } from './trail.ts';

const KNOWN = new WeakMap<Trail, readonly string[]>();

/** The words of a file, each as it is written in it, with `_` between what it consists of. */
function writtenIn(trail: Trail): readonly string[] {
  const known = KNOWN.get(trail);
  if (known) return known;
  const written = [...new Set(trail.text.match(/\w+/g))].map((name) => wordsOf(name).join('_'));
  KNOWN.set(trail, written);
  return written;
}

/** Whether a file speaks of something: the pattern sees each name and word in it in lower case, with `_` between what it consists of. */
export const speaksOf = (trail: Trail, pattern: RegExp): boolean => writtenIn(trail).some((name) => pattern.test(name));
