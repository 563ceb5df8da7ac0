import { type FaultKind, faultSites, parses, type Site, withFault } from './mutators.ts';

/** A fault that is tried: one place of one file. */
export interface Fault {
  /** `3 services/orders/src/config.ts:17 number`. */
  readonly id: string;
  readonly path: string;
  readonly part: string;
  readonly kind: FaultKind;
  /** Line of the place, from 1. */
  readonly line: number;
  readonly site: Site;
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

interface Source {
  readonly path: string;
  readonly part: string;
  readonly text: string;
}

/** Takes one of a list by weights. */
const weighed = <T>(list: readonly T[], weightOf: (one: T) => number, random: number): T | undefined => {
  let left = random * list.reduce((sum, one) => sum + weightOf(one), 0);
  return list.find((one) => {
    left -= weightOf(one);
    return left < 0;
  });
};

const sizeOf = ({ text }: Source): number => text.split('\n').filter((line) => line.trim() !== '').length;

/**
 * Draws faults without end, none twice: files by their lines, then a kind that the file offers, then a place of this kind. Faults after which the file does
 * not parse are not drawn. Ends when nothing is left.
 */
export async function* drawFaults(sources: readonly Source[], seed: number): AsyncGenerator<Fault> {
  const random = seeded(seed);
  const open = new Map<Source, Site[]>();
  for (const source of sources) open.set(source, [...(await faultSites(source.path, source.text))]);
  for (let number = 1; ; ) {
    const files = [...open].filter(([, sites]) => sites.length > 0);
    const [source, sites] = weighed(files, ([one]) => sizeOf(one), random()) ?? [];
    if (!source || !sites) return;
    const kinds = [...new Set(sites.map(({ kind }) => kind))];
    const kind = kinds[Math.floor(random() * kinds.length)];
    const ofKind = sites.filter((site) => site.kind === kind);
    const site = ofKind[Math.floor(random() * ofKind.length)];
    if (!site || !kind) return;
    sites.splice(sites.indexOf(site), 1);
    if (!(await parses(source.path, withFault(source.text, site)))) continue;
    const line = source.text.slice(0, site.start).split('\n').length;
    yield { id: `${number} ${source.path}:${line} ${kind}`, path: source.path, part: source.part, kind, line, site };
    number += 1;
  }
}
