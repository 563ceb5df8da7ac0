import { parseDocument } from 'yaml';
import { nestsTooDeep } from '../../../knowledge/specs/tree.ts';
import type { ConfigModule, Entry, Expression } from './config-module.ts';

/** Longer files configure more than tests, and are not read. */
const MOST_CHARACTERS = 200_000;
const MOST_VALUES = 5_000;
const DEEPEST = 12;

const text = (value: string): Expression => ({ kind: 'text', text: value });
const record = (entries: readonly Entry[]): Expression => ({ kind: 'record', entries });

/** Whether a path is a configuration of values: YAML, INI, TOML, or arguments in `.rspec`. */
export const isDataConfig = (path: string): boolean => /\.(?:ya?ml|ini|cfg|toml)$|(?:^|\/)\.rspec$/.test(path);

/** A value of YAML as an expression; bounded, because aliases may repeat what they name. */
function fromValue(value: unknown, left: { count: number }, depth = 0): Expression {
  left.count -= 1;
  if (left.count < 0 || depth > DEEPEST) return { kind: 'unknown' };
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item: unknown) => fromValue(item, left, depth + 1)) };
  if (typeof value === 'object' && value !== null)
    return record(Object.entries(value).map(([key, inner]) => ({ key, value: fromValue(inner, left, depth + 1) })));
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? text(String(value)) : { kind: 'unknown' };
}

function fromYaml(source: string): Expression {
  if (nestsTooDeep(source)) return { kind: 'unknown' };
  try {
    // Templates of Ruby in `cucumber.yml` are values that nobody knows without running them.
    const document = parseDocument(source.replace(/<%[^%\n]{0,500}%>/g, ''), { logLevel: 'silent' });
    return fromValue(document.toJS({ maxAliasCount: 100 }), { count: MOST_VALUES });
  } catch {
    return { kind: 'unknown' };
  }
}

/** The texts between quotes of a list or string in TOML; a bare word otherwise. */
const quoted = (value: string): string[] => {
  const found = [...value.matchAll(/"""([\s\S]*?)"""|'''([\s\S]*?)'''|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'/g)];
  return found.map(([, long, literal, basic, plain]) => long ?? literal ?? basic ?? plain ?? '');
};

const SECTION = /^\s*\[{1,2}\s*([^\][\n]{1,200}?)\s*\]{1,2}\s*(?:[#;].*)?$/;
const KEY = /^([\w."'-]{1,100})\s*[=:]\s*(.*)$/;

/** Where a list of TOML ends that is not closed on its line, strings and comments left out of account. */
const isOpen = (value: string): boolean => {
  const bare = value.replace(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*/g, '');
  const quotes = (value.match(/"""|'''/g) ?? []).length;
  return quotes % 2 === 1 || (bare.match(/\[/g) ?? []).length > (bare.match(/\]/g) ?? []).length;
};

/** A value of a section goes on no further, since each of its lines is read with all before it. In UTF-16 units. */
const LONGEST_VALUE = 5_000;

/** Sections of INI and TOML by their names, as written: `tool.pytest.ini_options`, `tool:pytest`. */
function fromSections(source: string, isToml: boolean): Expression {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  sections.set('', section);
  let key: string | undefined;
  let left = MOST_VALUES;
  for (const line of source.split(/\r?\n/)) {
    left -= 1;
    if (left < 0) break;
    const before = key === undefined ? undefined : section.get(key);
    // A value goes on where it is open, and in INI on lines that are indented.
    const goesOn =
      key !== undefined && before !== undefined && before.length < LONGEST_VALUE && (isToml ? isOpen(before) : /^\s+\S/.test(line));
    if (goesOn && key !== undefined) {
      section.set(key, `${before}\n${isToml ? line : line.trim()}`);
      continue;
    }
    const name = SECTION.exec(line)?.[1];
    if (name !== undefined) {
      section = sections.get(name) ?? new Map<string, string>();
      sections.set(name, section);
      key = undefined;
      continue;
    }
    const found = /^\s*[#;]/.test(line) ? null : KEY.exec(isToml ? line.trim() : line);
    key = found?.[1]?.replace(/["']/g, '');
    if (key !== undefined) section.set(key, found?.[2] ?? '');
  }
  return record(
    [...sections].map(([name, keys]) => ({
      key: name,
      value: record([...keys].map(([each, value]) => ({ key: each, value: settingOf(value, isToml) }))),
    })),
  );
}

const settingOf = (value: string, isToml: boolean): Expression => {
  if (!isToml) return text(value.replace(/(?:^|\s)[#;].*$/gm, '').trim());
  const texts = quoted(value);
  return value.trimStart().startsWith('[')
    ? { kind: 'list', items: texts.map(text) }
    : text(texts[0] ?? value.replace(/\s+#.*$/, '').trim());
};

/** Arguments of a command: `--pattern "spec/**\/*_feature.rb"` is the property `pattern`. */
function fromArguments(source: string): Expression {
  const words = [...source.slice(0, 20_000).matchAll(/"([^"\n]*)"|'([^'\n]*)'|[^\s"'=]+/g)].map(([whole, a, b]) => a ?? b ?? whole);
  return record(
    words.flatMap((word, at): Entry[] => {
      const key = /^--?([\w-]+)$/.exec(word)?.[1];
      const value = words[at + 1];
      return key === undefined || value === undefined || value.startsWith('-') ? [] : [{ key, value: text(value) }];
    }),
  );
}

/** A configuration of values as a module that gives away one record. Nothing in it runs. */
export function readConfigData(path: string, source: string): ConfigModule | undefined {
  if (source.length > MOST_CHARACTERS) return undefined;
  const value = /\.ya?ml$/.test(path)
    ? fromYaml(source)
    : path.endsWith('.rspec')
      ? fromArguments(source)
      : fromSections(source, path.endsWith('.toml'));
  return { path, names: new Map(), imports: new Map(), exports: new Map([['default', value]]), relatives: [] };
}
