import type { Prose } from './vocabulary.ts';

/** A made-up file. */
export interface MadeFile {
  readonly path: string;
  readonly text: string;
}

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
const list = (prose: Prose, area: string, count: number): string =>
  Array.from({ length: count }, () => `- ${prose.sentence(area)}`).join('\n');

/** A decision record in one of three common shapes. One in eight is superseded by a later one, one in twelve only proposed. */
export const decision = (prose: Prose, area: string, number: number, last: number): MadeFile => {
  const { random } = prose;
  const title = capital(prose.phrase(area));
  const padded = String(number).padStart(4, '0');
  const later = number + 1 + random.below(20);
  const chance = random.next();
  const superseded = chance < 0.125 && later <= last;
  const status = superseded ? `Superseded by ADR-${String(later).padStart(4, '0')}` : chance > 0.92 ? 'Proposed' : 'Accepted';
  const date = `20${18 + (number % 7)}-${String(1 + (number % 12)).padStart(2, '0')}-${String(1 + (number % 28)).padStart(2, '0')}`;
  const scope = `services/${area}/**`;
  const related = number > 1 && random.next() < 0.3 ? `\n\nSee also ADR-${String(1 + random.below(number - 1)).padStart(4, '0')}.` : '';
  const context = `${prose.paragraph(area, 4)}\n\n${prose.paragraph(area, 3)}`;
  const path = `docs/decisions/${padded}-${slug(title)}.md`;
  switch (number % 3) {
    case 0:
      return {
        path,
        text: `---\nstatus: ${status.toLowerCase().replace(/adr-/g, 'ADR-')}\ndate: ${date}\nscope:\n  - ${scope}\n---\n\n# ${title}\n\n## Context and Problem Statement\n\n${context}\n\n## Considered Options\n\n${list(prose, area, 3)}\n\n## Decision Outcome\n\n${prose.paragraph(area, 3)}${related}\n`,
      };
    case 1:
      return {
        path,
        text: `# ${number}. ${title}\n\nDate: ${date}\n\n## Status\n\n${status}\n\n## Context\n\n${context}\n\n## Decision\n\n${prose.paragraph(area, 3)}${related}\n\n## Consequences\n\n${list(prose, area, 4)}\n`,
      };
    default:
      return {
        path,
        text: `# ADR-${padded}: ${title}\n\n- Status: ${status}\n- Date: ${date}\n- Applies to: \`${scope}\`\n\n## Context\n\n${context}\n\n## Decision\n\n${prose.paragraph(area, 4)}${related}\n\n## Consequences\n\n${prose.paragraph(area, 3)}\n`,
      };
  }
};

/** A specification: OpenAPI, AsyncAPI, protobuf, GraphQL, JSON Schema or Gherkin in turn. */
export const specification = (prose: Prose, area: string, number: number): MadeFile => {
  const { random } = prose;
  const name = `${prose.noun(area)}-${number}`;
  const type = capital(prose.noun(area));
  const nouns = Array.from({ length: 4 }, () => prose.noun(area));
  const verbs = Array.from({ length: 4 }, () => prose.verb());
  const folder = `services/${area}/api`;
  switch (number % 6) {
    case 0: {
      const operations = nouns.map(
        (noun, index) =>
          `  /${area}/${noun}s/{id}/${index}:\n    ${random.pick(['get', 'post', 'put', 'delete'])}:\n      operationId: ${verbs[index]}${capital(noun)}${index}\n      summary: ${prose.sentence(area)}\n      responses:\n        '200':\n          description: ${prose.sentence(area).replaceAll(':', '')}\n`,
      );
      return {
        path: `${folder}/${name}.openapi.yaml`,
        text: `openapi: 3.0.3\ninfo:\n  title: ${type} API ${number}\n  version: 1.0.0\npaths:\n${operations.join('')}`,
      };
    }
    case 1: {
      const channels = nouns.map(
        (noun, index) =>
          `  ${area}.${noun}.${index}:\n    subscribe:\n      operationId: on${capital(noun)}${index}\n      summary: ${prose.sentence(area)}\n      message:\n        name: ${capital(noun)}Event\n`,
      );
      return {
        path: `${folder}/${name}.asyncapi.yaml`,
        text: `asyncapi: 2.6.0\ninfo:\n  title: ${type} events ${number}\n  version: 1.0.0\nchannels:\n${channels.join('')}`,
      };
    }
    case 2: {
      const calls = nouns.map(
        (noun, index) =>
          `  // ${prose.sentence(area)}\n  rpc ${capital(verbs[index] ?? '')}${capital(noun)}${index}(${type}Request) returns (${type}Reply);\n`,
      );
      return {
        path: `${folder}/${name}.proto`,
        text: `syntax = "proto3";\npackage shop.${area};\n\n// ${prose.sentence(area)}\nservice ${type}Service${number} {\n${calls.join('')}}\n\nmessage ${type}Request {\n  string id = 1;\n}\n\nmessage ${type}Reply {\n  string state = 1;\n}\n`,
      };
    }
    case 3: {
      const fields = nouns.map((noun, index) => `  "${prose.sentence(area).replaceAll('"', '')}"\n  ${noun}${index}(id: ID!): ${type}\n`);
      return {
        path: `${folder}/${name}.graphql`,
        text: `type ${type} {\n  id: ID!\n  state: String\n}\n\ntype Query {\n${fields.join('')}}\n`,
      };
    }
    case 4: {
      const properties = Object.fromEntries(nouns.map((noun) => [noun, { type: 'string', description: prose.sentence(area) }]));
      const schema = {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        title: `${type} ${number}`,
        description: prose.sentence(area),
        type: 'object',
        properties,
      };
      return { path: `${folder}/${name}.schema.json`, text: `${JSON.stringify(schema, undefined, 2)}\n` };
    }
    default: {
      const scenarios = nouns.map(
        (noun, index) =>
          `  Scenario: ${capital(verbs[index] ?? '')} the ${noun}\n    Given a ${noun} in the ${prose.noun(area)}\n    When I ${prose.verb()} the ${prose.noun(area)}\n    Then the ${prose.noun(area)} is shown\n\n`,
      );
      return {
        path: `features/${area}/${name}.feature`,
        text: `Feature: ${type} ${number}\n  ${prose.sentence(area)}\n\n${scenarios.join('')}`,
      };
    }
  }
};

/** A guide in markdown, some of them README files of a service. */
export const guide = (prose: Prose, area: string, number: number): MadeFile => {
  const title = capital(prose.phrase(area));
  const sections = Array.from(
    { length: 2 + prose.random.below(4) },
    () => `## ${capital(prose.phrase(area))}\n\n${prose.paragraph(area, 5)}\n\n${list(prose, area, 3)}\n`,
  );
  return {
    path: `docs/guides/${area}/${String(number).padStart(4, '0')}-${slug(title)}.md`,
    text: `# ${title}\n\n${prose.paragraph(area, 3)}\n\n${sections.join('\n')}`,
  };
};

const HEADS = ['ts', 'py', 'go'] as const;

/** A code file in TypeScript, Python or Go. One in three cites a record at its head, and one in four functions does so in its comment. */
export const code = (prose: Prose, area: string, number: number, records: number): MadeFile => {
  const { random } = prose;
  const extension = HEADS[number % HEADS.length] ?? 'ts';
  const nouns = Array.from({ length: 5 }, () => prose.noun(area));
  const mark = extension === 'py' ? '#' : '//';
  const cites = records > 0 && random.next() < 0.33;
  const comment = cites ? `${mark} See ADR-${String(1 + random.below(records)).padStart(4, '0')}: ${prose.sentence(area)}\n` : '';
  const functions = nouns.map((noun, index) => {
    const name = `${prose.verb()}${capital(noun)}${index}`;
    const reason = records > 0 && random.next() < 0.25 ? ` (ADR-${String(1 + random.below(records)).padStart(4, '0')})` : '';
    const note = `${mark} ${prose.sentence(area)}${reason}\n`;
    if (extension === 'py') return `${note}def ${name}(${noun}):\n    return ${noun} + ${index}\n`;
    if (extension === 'go') return `${note}func ${capital(name)}(${noun} int) int {\n\treturn ${noun} + ${index}\n}\n`;
    return `${note}export function ${name}(${noun}: number): number {\n  return ${noun} + ${index};\n}\n`;
  });
  const head = extension === 'go' ? `package ${area}\n\n` : '';
  return { path: `services/${area}/src/${nouns[0]}-${number}.${extension}`, text: `${head}${comment}\n${functions.join('\n')}` };
};
