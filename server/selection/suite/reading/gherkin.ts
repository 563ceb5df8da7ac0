import { AstBuilder, dialects, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { type Feature, type GherkinDocument, IdGenerator, type Step } from '@cucumber/messages';
import type { Collector } from './contents.ts';
import { routePattern } from './routes.ts';

const LONGEST_LINE = 5_000;
const MOST_TAGS_IN_A_ROW = 100;
const LANGUAGE = /^[^\S\n]{0,40}#[^\S\n]{0,40}language[^\S\n]{0,40}:[^\S\n]{0,40}([\w-]{1,20})/m;
const QUOTED = /"([^"\n]{1,300})"|'([^'\n]{1,300})'/g;

/** Cucumber's parser takes more than linear time on long lines and on long runs of tags, comments and blank lines. */
function isHostile(lines: readonly string[]): boolean {
  let run = 0;
  let tags = 0;
  return lines.some((line) => {
    if (line.length > LONGEST_LINE) return true;
    const first = line.trimStart()[0];
    if (first !== '@' && first !== '#' && first !== undefined) {
      run = 0;
      tags = 0;
      return false;
    }
    run += 1;
    if (first === '@') tags += 1;
    return run > MOST_TAGS_IN_A_ROW && tags > 10;
  });
}

function addTexts(into: Collector, text: string, line: number): void {
  for (const match of text.matchAll(QUOTED)) {
    const said = match[1] ?? match[2] ?? '';
    const route = routePattern(said);
    if (route !== undefined && said.startsWith('/')) into.add('visits', { kind: 'path', text: route, line });
    else into.add('texts', { text: said, line });
  }
}

/** The text of a step with the values of an example in the place of `<name>`. */
const filled = (text: string, example: ReadonlyMap<string, string>): string =>
  text.replace(/<([^<>\n]{1,200})>/g, (whole, name: string) => example.get(name) ?? whole);

function addStep(into: Collector, step: Step, example: ReadonlyMap<string, string> = new Map()): void {
  const line = step.location.line - 1;
  const text = filled(step.text, example);
  into.add('steps', { text, line });
  addTexts(into, text, line);
  for (const row of step.dataTable?.rows.slice(0, 50) ?? []) {
    for (const cell of row.cells) if (/\p{L}/u.test(cell.value)) into.add('texts', { text: cell.value, line: row.location.line - 1 });
  }
}

function addFeature(into: Collector, feature: Feature): void {
  const tagged = (node: { readonly tags: readonly { readonly name: string; readonly location: { readonly line: number } }[] }): void => {
    for (const tag of node.tags) into.add('tags', { text: tag.name.replace(/^@/, ''), line: tag.location.line - 1 });
  };
  tagged(feature);
  into.add('titles', { kind: 'suite', text: feature.name, line: feature.location.line - 1 });
  const children = feature.children.flatMap((child) => {
    if (!child.rule) return [child];
    tagged(child.rule);
    into.add('titles', { kind: 'suite', text: child.rule.name, line: child.rule.location.line - 1 });
    return child.rule.children;
  });
  for (const { background, scenario } of children) {
    for (const step of background?.steps ?? []) addStep(into, step);
    if (!scenario) continue;
    tagged(scenario);
    into.add('titles', { kind: 'test', text: scenario.name, line: scenario.location.line - 1 });
    const [first] = scenario.examples;
    const cells = first?.tableBody[0]?.cells ?? [];
    // The first example stands for all: the words of a step are the same.
    const example = new Map((first?.tableHeader?.cells ?? []).map((cell, at) => [cell.value, cells[at]?.value ?? '']));
    for (const step of scenario.steps) addStep(into, step, example);
    for (const example of scenario.examples) {
      tagged(example);
      for (const row of example.tableBody.slice(0, 50))
        for (const cell of row.cells) addTexts(into, `"${cell.value}"`, row.location.line - 1);
    }
  }
}

/** By keywords of its language, for a feature that does not parse. */
function addByLine(into: Collector, lines: readonly string[], language: string): void {
  const dialect = Object.hasOwn(dialects, language) ? dialects[language] : dialects.en;
  if (!dialect) return;
  const steps = [...dialect.given, ...dialect.when, ...dialect.then, ...dialect.and, ...dialect.but];
  for (const [line, whole] of lines.entries()) {
    const content = whole.slice(0, LONGEST_LINE).trim();
    const colon = content.indexOf(':');
    const keyword = content.slice(0, Math.max(0, colon));
    if ([...dialect.feature, ...dialect.rule].includes(keyword))
      into.add('titles', { kind: 'suite', text: content.slice(colon + 1).trim(), line });
    else if ([...dialect.scenario, ...dialect.scenarioOutline].includes(keyword))
      into.add('titles', { kind: 'test', text: content.slice(colon + 1).trim(), line });
    else if (content.startsWith('@'))
      for (const tag of content.split(/\s+/).slice(0, 50)) into.add('tags', { text: tag.replace(/^@/, ''), line });
    else {
      const step = steps.find((word) => content.startsWith(word));
      if (step === undefined) continue;
      const text = content.slice(step.length).trim();
      into.add('steps', { text, line });
      addTexts(into, text, line);
    }
  }
}

/** Features in any of Cucumber's languages. False where it could not be parsed, and lines were read instead. */
export function readFeature(into: Collector, text: string): boolean {
  const lines = text.split('\n');
  const language = LANGUAGE.exec(text.slice(0, 2_000))?.[1] ?? 'en';
  if (!isHostile(lines)) {
    try {
      const parser = new Parser(new AstBuilder(IdGenerator.incrementing()), new GherkinClassicTokenMatcher());
      const { feature } = parser.parse(text) as GherkinDocument;
      if (feature) addFeature(into, feature);
      return true;
    } catch {
      // What does not parse is read by its keywords.
    }
  }
  addByLine(into, lines, language);
  return false;
}
