import type { ResolveModule } from './modules.ts';
import { familyOf, placeOf } from './places.ts';
import { type Signs, signsOf } from './signs.ts';
import type { Framework, ReadFile } from './suite.ts';

/** Frameworks that drive a browser or a device, or that send requests: what a helper brings to its specs. */
const DRIVING: ReadonlySet<Framework> = new Set([
  ...(['playwright', 'cypress', 'webdriverio', 'testcafe', 'nightwatch', 'puppeteer', 'selenium', 'appium', 'detox'] as const),
  ...(['codeceptjs', 'pytest', 'capybara', 'api', 'dusk', 'panther', 'codeception'] as const),
]);

const DEEPEST = 4;
/** Helpers that are looked at for one file. */
const MOST_HELPERS = 60;

/** What a file and the helpers that it brings in say together. */
export interface Reach {
  /** The first framework, nearest helpers first, and the helper that names it. */
  readonly framework?: Framework;
  readonly through?: string;
  readonly startsProcesses: boolean;
  readonly speaksHttp: boolean;
}

/** Reads what files say, each once. */
export interface Evidence {
  /** `undefined` for a file that cannot be read or holds no tests by its language. */
  readonly signs: (path: string) => Promise<Signs | undefined>;
  /** What the helpers of a file say, up to four imports away. */
  readonly reach: (path: string) => Promise<Reach>;
  readonly resolve: ResolveModule;
}

/** Product code drives browsers too (for pictures, for PDFs): outside of test folders a helper is followed only where page objects live there. */
const isHelper = (path: string): boolean => placeOf(path) !== 'other' || familyOf(path) === 'java' || familyOf(path) === 'c-sharp';

export function createEvidence(read: ReadFile, resolve: ResolveModule): Evidence {
  const known = new Map<string, Promise<Signs | undefined>>();
  const signs = (path: string): Promise<Signs | undefined> => {
    const before =
      known.get(path) ??
      (familyOf(path) === undefined
        ? Promise.resolve(undefined)
        : read(path).then((text) => (text === undefined ? undefined : signsOf(path, text))));
    known.set(path, before);
    return before;
  };
  const reach = async (path: string): Promise<Reach> => {
    const seen = new Set([path]);
    let open = [path];
    let found: Pick<Reach, 'framework' | 'through'> = {};
    let startsProcesses = false;
    let speaksHttp = false;
    for (let depth = 0; depth <= DEEPEST && open.length > 0; depth += 1) {
      const next: string[] = [];
      for (const each of open) {
        const own = await signs(each);
        if (!own) continue;
        startsProcesses ||= own.startsProcesses;
        speaksHttp ||= own.speaksHttp;
        const framework = own.frameworks.find((name) => DRIVING.has(name));
        if (framework && each !== path && found.framework === undefined) found = { framework, through: each };
        for (const specifier of own.imports) {
          for (const target of resolve(each, specifier)) {
            if (seen.has(target) || seen.size > MOST_HELPERS || !isHelper(target)) continue;
            seen.add(target);
            next.push(target);
          }
        }
      }
      open = next;
    }
    return { ...found, startsProcesses, speaksHttp };
  };
  return { signs, reach, resolve };
}
