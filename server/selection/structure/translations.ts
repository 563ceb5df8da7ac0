/** A text that people see, under the key by which code names it. */
export interface Translation {
  /** All keys on the way to it, joined by dots: `checkout.card.declined`. */
  readonly key: string;
  readonly text: string;
  /** Zero-based. */
  readonly line: number;
}

const FOLDER = /(?:^|\/)(?:locales?|i18n|lang|langs|languages?|translations?|messages|intl|l10n|_locales|resources)\//i;
const NAME = /(?:^|\/)(?:[\w-]*[._-])?(?:messages|translations?|texts|strings|locale|i18n|lang)(?:[._-][\w-]+)*\.\w+$/i;
const CODE_OF_LANGUAGE =
  /(?:^|[./_-])(?:en|de|fr|es|it|nl|pt|sv|nb|nn|no|da|fi|pl|cs|cy|ga|ja|ko|zh|ru|uk|tr|ar|he|hi)(?:[-_][A-Za-z]{2,4})?\.\w+$/;
const ENDING = /\.(?:json|ya?ml|po|properties|ts|js|mjs|php|arb|ftl|resx|xlf|xliff|strings)$/i;
const ENTRY = /^([ \t]*)(?:["']([^"'\n]{1,200})["']|([\w.$-]{1,200}))\s*(?::|=>|=)\s*(.*?)\s*[,;]?\s*$/;
const TEXT = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`|([^"'`{}[\]|>&*!%@#][^#{}]*))$/;
const PO = /^msg(?:id|str)(?:\[0\])?\s+"(.*)"$/;
const LONGEST = 1_000_000;
const MOST = 20_000;
const LONGEST_LINE = 2_000;
/** A language that stands before all keys of a file. */
const LANGUAGE = /^[a-z]{2}(?:[-_][A-Za-z]{2,4})?$/;
/** Keys of a settings file say how something works, not what people read. */
const LEAST_SHARE = 0.5;
const LEAST_ENTRIES = 3;

/** Whether a file holds translations by its path; whether it really does is seen in its text. */
export const isTranslationPath = (path: string): boolean =>
  ENDING.test(path) && (FOLDER.test(path) || NAME.test(path) || CODE_OF_LANGUAGE.test(path));

function poTranslations(lines: readonly string[]): Translation[] {
  const found: Translation[] = [];
  let id = '';
  for (const [line, content] of lines.entries()) {
    const said = PO.exec(content)?.[1];
    if (said === undefined) continue;
    if (content.startsWith('msgid')) id = said;
    else if (id !== '') {
      found.push({ key: id, text: said === '' ? id : said, line });
      id = '';
    }
  }
  return found.slice(0, MOST);
}

const unescaped = (text: string): string =>
  text.replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))).replace(/\\(.)/g, '$1');

/**
 * The translations in a file of JSON, YAML, gettext, properties, TypeScript, PHP or Fluent, at most 20,000. Nesting is read from the indentation of the
 * lines, as people and tools write such files. Takes time in proportion to the text.
 */
export function translationsIn(path: string, text: string): readonly Translation[] {
  const lines = text.slice(0, LONGEST).split('\n');
  if (path.endsWith('.po')) return poTranslations(lines);
  const found: Translation[] = [];
  const open: { readonly indent: number; readonly key: string }[] = [];
  for (const [line, whole] of lines.entries()) {
    const match = ENTRY.exec(whole.slice(0, LONGEST_LINE));
    if (!match) continue;
    const indent = (match[1] ?? '').length;
    const name = match[2] ?? match[3] ?? '';
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const value = match[4] ?? '';
    const said = TEXT.exec(value);
    const shown = said?.slice(1).find((part) => part !== undefined);
    if (shown === undefined) {
      open.push({ indent, key: name });
      continue;
    }
    const keys = [...open.map(({ key }) => key), name];
    const first = keys[0] ?? '';
    const isOuter =
      keys.length > 1 && (LANGUAGE.test(first) || /^(?:const|let|var|export|texts|messages|translations|default)\b/.test(first));
    if (found.length < MOST) found.push({ key: keys.slice(isOuter ? 1 : 0).join('.'), text: unescaped(shown), line });
  }
  return found;
}

/** Whether most entries are texts for people. */
export const areTexts = (translations: readonly Translation[]): boolean =>
  translations.length >= LEAST_ENTRIES &&
  translations.filter(({ text }) => /\p{L}\s+\p{L}/u.test(text) || /^\p{Lu}\p{Ll}+/u.test(text)).length >=
    LEAST_SHARE * translations.length;
