import { areTexts, isTranslationPath, translationsIn } from './translations.ts';

const MOST_FILES = 60;
const MOST_TEXTS = 4;
/** The language in which most suites are written. */
const ENGLISH = /(?:^|[./_-])en(?:[-_][A-Za-z]{2,4})?(?:[./]|$)/;
const NOT_OURS = /(?:^|\/)(?:node_modules|vendor|dist|build|tests?|spec|e2e|fixtures)\//;

/** Files of translations that are worth reading: those in English where there are any. At most 60. */
export function translationPaths(paths: readonly string[]): readonly string[] {
  const all = paths.filter((path) => isTranslationPath(path) && !NOT_OURS.test(path));
  const english = all.filter((path) => ENGLISH.test(path));
  return (english.length > 0 ? english : all).slice(0, MOST_FILES);
}

/** Texts by their keys. A key means at most four texts. */
export function catalogueOf(files: Iterable<readonly [path: string, text: string]>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [path, text] of files) {
    const translations = translationsIn(path, text);
    if (!areTexts(translations)) continue;
    for (const { key, text: said } of translations) {
      const known = found.get(key) ?? [];
      if (!known.includes(said) && known.length < MOST_TEXTS) found.set(key, [...known, said]);
    }
  }
  return found;
}
