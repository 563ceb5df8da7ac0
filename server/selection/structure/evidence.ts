import { SourceFile } from '../../code/source-file.ts';
import type { Diff } from '../../model/diff.ts';
import type { SelectsEvidence, VisitsEvidence } from '../../model/selection.ts';
import type { LineRange } from '../../model/span.ts';
import { hasFacts } from './file-facts.ts';
import type { Product } from './product.ts';
import { type ReachedRoute, reachedRoutes, type Seed } from './reach.ts';
import { seedsOf } from './seeds.ts';
import { type ShownText, type SpecShown, shownIn, textsShown } from './shown.ts';
import type { SpecPlace } from './spec-places.ts';
import { specificationSeeds } from './specification-seeds.ts';
import { areTexts, isTranslationPath, type Translation, translationsIn } from './translations.ts';
import { type SpecVisits, visitsOf } from './visits.ts';

/** What structure is read from. */
export interface StructureSources {
  readonly product: Product;
  /** Beginning of the text of a file on the side of the difference that is counted; `undefined` where there is none. */
  readonly read: (path: string) => Promise<string | undefined>;
  /** Texts of all specs, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Routes that each spec goes to, by itself and by its support files. */
  readonly places: ReadonlyMap<string, readonly SpecPlace[]>;
  /** Texts of translations by their keys; read at the first call. */
  readonly translations: () => Promise<ReadonlyMap<string, readonly string[]>>;
}

/** Evidence by the structure of the product, for each spec that has some. */
export interface StructuralEvidence {
  readonly visits: ReadonlyMap<string, SpecVisits>;
  readonly shown: ReadonlyMap<string, SpecShown>;
}

/** The evidence for one spec. */
export const evidenceFor = (
  spec: string,
  structure?: StructuralEvidence,
): { readonly visits: readonly VisitsEvidence[]; readonly shown: readonly SelectsEvidence[] } => ({
  visits: structure?.visits.get(spec)?.evidence ?? [],
  shown: structure?.shown.get(spec)?.evidence ?? [],
});

const MOST_FILES = 40;
const AROUND = 12;
const LONGEST_DECLARATION = 150;
const MOST_KEYS = 60;
const OF_CHANGED_LINES = 0.9;
const OF_DECLARATION = 0.5;
const OF_TRANSLATION = 1;
const OF_KEY = 0.7;
const MOST_USERS = 30;

const KEY =
  /(?:\b(?:t|tc|te|translate|i18n\.\w+|I18n\.t|\$t|\$tc|__|gettext|_|formatMessage|getString|msg)\s*\(\s*\{?\s*(?:id:\s*)?|\b(?:id|i18nKey|translationKey|v-t|keypath)\s*=\s*\{?)["'`]([\w.:-]{3,150})["'`]/g;
const named = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The declarations around changed lines, as lines; what is larger than a screen only near the changes. */
async function regionOf(file: SourceFile, lines: readonly LineRange[]): Promise<readonly string[]> {
  const symbols = await file.symbols();
  const wanted = new Set<number>();
  const add = (first: number, last: number): void => {
    for (let line = Math.max(0, first); line <= Math.min(last, file.textLines.length - 1); line += 1) wanted.add(line);
  };
  for (const { first, last } of lines) {
    const [inner] = symbols
      .filter(({ span }) => span.start.line <= first && last <= span.end.line && span.end.line - span.start.line <= LONGEST_DECLARATION)
      .sort((a, b) => a.span.start.line - b.span.start.line);
    if (inner) add(inner.span.start.line, inner.span.end.line);
    else add(first - AROUND, last + AROUND);
  }
  return [...wanted].sort((a, b) => a - b).map((line) => file.textLines[line] ?? '');
}

const isIn = (lines: readonly LineRange[] | undefined, line: number): boolean =>
  lines === undefined || lines.some(({ first, last }) => first <= line && line <= last);

/** Code that uses a changed translation: by its key, or by the view that it belongs to. */
function translationSeeds(path: string, changed: readonly Translation[], product: Product): Seed[] {
  return changed.slice(0, MOST_KEYS).flatMap(({ key }): Seed[] => {
    const users = /[.:-]/.test(key) ? product.naming(key, MOST_USERS) : [];
    const parts = key.split('.');
    const last = `.${parts.at(-1)}`;
    const view = `/views/${parts.slice(0, -1).join('/')}.`;
    const partial = view.replace(/\/(?=[^/]*$)/, '/_');
    const lazy = parts.length > 2 ? product.naming(last, 200).filter((file) => file.includes(view) || file.includes(partial)) : [];
    return [
      ...(users.length <= MOST_USERS ? users.map((file): Seed => ({ path: file, names: [key], weight: 0.9, via: [path] })) : []),
      ...lazy.map((file): Seed => ({ path: file, names: [last], weight: 0.9, via: [path] })),
    ];
  });
}

/**
 * What the structure of the product says of a difference: specs that go to routes behind what changed, and specs that name what it shows.
 * @param side the side of the difference that the texts of `sources` are of
 */
export async function structuralEvidence(diff: Diff, side: 'old' | 'new', sources: StructureSources): Promise<StructuralEvidence> {
  const { product, read, texts, places } = sources;
  const seeds: Seed[] = [];
  const routes: ReachedRoute[] = [];
  const shown: ShownText[] = [];
  let opened = 0;
  for (const seed of seedsOf(diff, side)) {
    const { path, lines } = seed;
    if (isTranslationPath(path)) {
      const all = translationsIn(path, (await read(path)) ?? '');
      if (areTexts(all)) {
        const changed = all.filter(({ line }) => isIn(lines, line));
        seeds.push(...translationSeeds(path, changed, product));
        for (const { key, text } of changed.slice(0, MOST_KEYS)) {
          for (const said of [text, ...(key.includes('.') ? [key] : [])])
            if (/\S\s\S|[._-]/.test(said))
              shown.push({ text: said, weight: OF_TRANSLATION, because: `the translation ${key} in ${named(path)}, which changed` });
        }
        continue;
      }
    }
    const isSpecification = /\.(?:proto|graphqls?|gql|ya?ml|json)$/.test(path);
    const specified = isSpecification ? specificationSeeds(path, (await read(path)) ?? '', lines, product) : undefined;
    if (specified) {
      seeds.push(...specified.seeds);
      routes.push(...specified.routes);
      continue;
    }
    if (isSpecification) continue;
    seeds.push(seed);
    if (!hasFacts(path) || opened >= MOST_FILES) continue;
    opened += 1;
    const file = new SourceFile(path, (await read(path)) ?? '');
    const changed = file.textLines.filter((_, line) => isIn(lines, line));
    const region = lines === undefined ? changed : await regionOf(file, lines);
    const because = `which ${named(path)} shows where it changed`;
    for (const text of textsShown(changed)) shown.push({ text, because, weight: OF_CHANGED_LINES });
    for (const text of textsShown(region))
      shown.push({ text, because: `which ${named(path)} shows beside what changed`, weight: OF_DECLARATION });
    const keys = [...new Set(region.flatMap((line) => [...line.matchAll(KEY)].map(([, key = '']) => key)))].slice(0, MOST_KEYS);
    if (keys.length === 0) continue;
    const known = await sources.translations();
    for (const key of keys)
      for (const text of known.get(key) ?? [])
        shown.push({ text, weight: OF_KEY, because: `the text of ${key}, which ${named(path)} shows where it changed` });
  }
  const reached = await reachedRoutes(seeds, product, read, routes);
  return { visits: visitsOf(reached, places, product), shown: shownIn(shown, texts) };
}
