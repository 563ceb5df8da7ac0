import type { Collector } from './contents.ts';
import { routePattern } from './routes.ts';
import { addCss } from './selectors.ts';
import { addTagsIn } from './titles.ts';

const LONGEST_LINE = 2_000;
const MOST_LINES = 20_000;
const TITLE =
  /\b(describe|context|feature|suite|Describe|Context|it|test|specify|scenario|It|Scenario)(?:\.\w+){0,2}\s*\(?\s*(["'`])((?:(?!\2).){1,300})\2/;
const VISIT = /\b(?:goto|visit|GotoAsync|GoToUrl|amOnPage|navigateTo|url|open|get)\s*\(?\s*(["'`])([^"'`\s]{1,300})\1/;
const SELECTOR = /\b(?:locator|querySelector|find|click|\$\$?|cy\.get)\s*\(\s*(["'`])([^"'`]{1,200})\1/;
const CALL = /\.(get|post|put|patch|delete)\(\s*(["'`])(\/[^"'`\s]{0,300})\2/i;
const IMPORT =
  /^\s*(?:import\b.{0,300}?from\s*|import\s*|.{0,100}\brequire(?:_relative)?\s*\(?\s*|export\b.{0,300}?from\s*)["']([^"']{1,300})["']/;
const SUITE_WORDS = new Set(['describe', 'context', 'feature', 'suite', 'describe', 'context']);

/** What lines say of a file whose syntax tree cannot be had: titles, visits, selectors, calls, tags and imports, by patterns of one line each. */
export function scanLines(into: Collector, text: string): void {
  for (const [line, whole] of text.split('\n', MOST_LINES).entries()) {
    const content = whole.slice(0, LONGEST_LINE);
    const title = TITLE.exec(content);
    if (title?.[3]) {
      into.add('titles', { kind: SUITE_WORDS.has((title[1] ?? '').toLowerCase()) ? 'suite' : 'test', text: title[3], line });
      addTagsIn(into, title[3], line);
    }
    const visit = VISIT.exec(content)?.[2];
    const pattern = visit === undefined ? undefined : routePattern(visit);
    if (pattern !== undefined) into.add('visits', { kind: 'path', text: pattern, line });
    const selector = SELECTOR.exec(content)?.[2];
    if (selector !== undefined) addCss(into, selector, line);
    const call = CALL.exec(content);
    const endpoint = call?.[3] === undefined ? undefined : routePattern(call[3]);
    if (endpoint !== undefined) into.add('calls', { text: endpoint, method: (call?.[1] ?? '').toUpperCase(), line });
    const specifier = IMPORT.exec(content)?.[1];
    if (specifier !== undefined) into.add('imports', { text: specifier, names: [], line });
  }
}

const BATS_TEST = /^\s*@test\s+(["'])(.{1,300}?)\1\s*\{|^\s*function\s+(test_\w+)/;
const BATS_RUN =
  /^\s*(?:run(?:_\w+)?\s+(?:(?:-\d+|-[a-z]|--[\w-]+|\d+)\s+)*|(?=(?:[A-Z_]+=\S*\s+)*(?:\$\{?[A-Z_]+\}?|podman|docker|kubectl|helm|git|curl)\s))(.{1,1000})/;
const BATS_TAGS = /^\s*#\s*bats\s+(?:test_tags|file_tags)\s*=\s*(.{1,300})/;
const BATS_LOAD = /^\s*(?:bats_)?load(?:_library)?\s+["']?([^"'\s]{1,300})/;

/** Tests of Bats: titles, commands that are run with their flags, texts that are looked for, tags and helpers. */
export function scanBats(into: Collector, text: string): void {
  for (const [line, whole] of text.split('\n', MOST_LINES).entries()) {
    const content = whole.slice(0, LONGEST_LINE);
    const title = BATS_TEST.exec(content);
    if (title) into.add('titles', { kind: 'test', text: title[2] ?? title[3] ?? '', line });
    for (const tag of BATS_TAGS.exec(content)?.[1]?.split(',') ?? []) into.add('tags', { text: tag.trim(), line });
    const load = BATS_LOAD.exec(content)?.[1];
    if (load !== undefined) into.add('imports', { text: load, names: [], line });
    const command = BATS_RUN.exec(content)?.[1];
    if (command === undefined || title) continue;
    const words = command
      .split(/\s+/)
      .filter((word) => word !== '' && word !== '\\')
      .slice(0, 60);
    const flags = [...new Set(words.flatMap((word) => /^-{1,2}[A-Za-z][\w-]*/.exec(word)?.[0] ?? []))];
    into.add('commands', { text: words.join(' '), flags, line });
  }
}

const ROBOT_VISIT = /^\s+(?:Go To|Open Browser|New Page|Open Available Browser)\s{2,}(\S{1,300})/i;
const ROBOT_TAGS = /^\s+\[Tags\]\s{2,}(.{1,300})|^(?:Force|Default|Test)\s+Tags\s{2,}(.{1,300})/i;
const ROBOT_IMPORT = /^(?:Resource|Library|Variables)\s{2,}(\S{1,300})/i;

/** Suites of Robot Framework. */
export function scanRobot(into: Collector, text: string): void {
  let section = '';
  for (const [line, whole] of text.split('\n', MOST_LINES).entries()) {
    const content = whole.slice(0, LONGEST_LINE).trimEnd();
    section = /^\*+\s*([\w ]{1,40}?)\s*\*+/.exec(content)?.[1]?.toLowerCase() ?? section;
    if (/^test cases?$|^tasks?$/.test(section) && /^\S/.test(content) && !/^[*#]/.test(content))
      into.add('titles', { kind: 'test', text: content, line });
    const visited = ROBOT_VISIT.exec(content)?.[1]?.replace(/^\$\{[^}]*\}/, '');
    const pattern = visited === undefined ? undefined : routePattern(visited);
    if (pattern !== undefined) into.add('visits', { kind: 'path', text: pattern, line });
    const tags = ROBOT_TAGS.exec(content);
    for (const tag of (tags?.[1] ?? tags?.[2] ?? '').split(/\s{2,}/)) if (tag !== '') into.add('tags', { text: tag, line });
    const specifier = ROBOT_IMPORT.exec(content)?.[1];
    if (specifier !== undefined) into.add('imports', { text: specifier, names: [], line });
    for (const cell of content.split(/\s{2,}/).slice(1)) {
      const found = /^(?:id|name|css|xpath|link|text|data-testid)[:=](.{1,200})/.exec(cell);
      if (found?.[1]) addCss(into, cell.startsWith('id') ? `#${found[1]}` : found[1], line);
    }
  }
}
