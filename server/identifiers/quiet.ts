import { whyUnparsed } from '../code/limits.ts';
import { isTest } from '../code/roles.ts';
import type { SourceFile } from '../code/source-file.ts';
import { isGenerated, isVendored, saysGenerated } from '../code/sources.ts';
import { isGeneratedText } from '../knowledge/generated.ts';

/** Folders and names of what only plays a part: made-up data, and doubles of what is real. */
const PROPS =
  /(?:^|\/)\w+(?:\.\w+)*\.tests?(?:\.\w+)*\/|(?:^|\/)(?:test-?data|test-?files|sample[_-]?data|test-?fixtures|testing|fixtures?|__fixtures__|__mocks__|mocks?|stubs?|fakes?|golden|goldens|snapshots?|cassettes|stories)\/|[.-](?:mock|stub|fixture|stories|story)\.\w+$/i;
/** A folder `spec` or `specs` holds tests where there is code in it, and specifications otherwise. */
const SPECIFICATION = /\.(?:ya?ml|json|proto|graphqls?|gql|prisma|sql|tf|hcl)$/i;
const SPEC_FOLDER = /(?:^|\/)specs?\//g;
/** Texts for people in many languages. */
const TRANSLATIONS = /(?:^|\/)(?:i18n|l10n|langs?|locales?|translations?|nls)\/(?:[^/]+\/){0,3}[^/]+\.(?:json|ya?ml)$/i;
/** Lists of what changed, and of what is locked. */
const STORY = /(?:^|\/)(?:change-?log|changes|history|news)(?:\.\w+)?$/i;

/**
 * Whether nobody is to be told of the identifiers in a file: tests, fixtures, doubles, translations, vendored, generated and minified files. What `.gitattributes` says
 * comes on top.
 */
export function isQuiet({ path, text }: Pick<SourceFile, 'path' | 'text'>): boolean {
  if (isQuietPath(path)) return true;
  return isGenerated(text) || isGeneratedText(path, text);
}

/**
 * Whether a file of code is not read because of its long lines, which nothing says of it: minified code. `false` for files that are quiet anyway, by their
 * place, their name or what they say of themselves.
 */
export function isUnread({ path, text, language }: Pick<SourceFile, 'path' | 'text' | 'language'>): boolean {
  if (language?.grammar === undefined || whyUnparsed(text) === undefined) return false;
  return !isQuietPath(path) && !saysGenerated(text) && !isGeneratedText(path, text);
}

/** As {@link isQuiet}, by the path alone: no need to read the file. */
export function isQuietPath(path: string): boolean {
  const place = SPECIFICATION.test(path) ? path.replace(SPEC_FOLDER, '/') : path;
  return isVendored(path) || PROPS.test(path) || TRANSLATIONS.test(path) || STORY.test(path) || isTest(place);
}
