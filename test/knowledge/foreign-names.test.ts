import { describe, expect, it } from 'vitest';
import { readLinks } from '../../server/knowledge/links/links.ts';
import { readDocument } from '../../server/knowledge/read.ts';

/** Names that every object of JavaScript has, or that change what it is. */
const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__', 'isPrototypeOf'];
/** A name that means nothing anywhere. */
const NEUTRAL = 'qwertyuiop';

const record = (name: string): string =>
  `---\ntitle: ${name}\n${name}: 0002-y.md\nrelated: ${name}\nstatus: ${name}\n---\n# ${name}\n\n## Status\n\n${name}\n\n## ${name}\n\n[${name}]: 0002-y.md\n[a][${name}] \`\`\`${name}\n\n\`\`\`${name}\ncode\n\`\`\`\n`;

const SPECIFICATIONS: Readonly<Record<string, (name: string) => string>> = {
  openapi: (name) =>
    `openapi: 3.1.0\ninfo: { title: ${name}, ${name}: 1 }\npaths:\n  /${name}:\n    ${name}: {}\n    get:\n      operationId: ${name}\n      responses: { "200": { $ref: "#/components/responses/${name}" } }\ncomponents:\n  responses: { ${name}: { description: ${name} } }\n  schemas: { ${name}: { type: object, properties: { ${name}: { $ref: "#/components/schemas/${name}" } } } }\n${name}: {}\n`,
  asyncapi: (name) =>
    `asyncapi: 3.0.0\ninfo: { title: ${name}, version: "1" }\nchannels:\n  ${name}: { address: ${name}, messages: { ${name}: { $ref: "#/components/messages/${name}" } } }\noperations: { ${name}: { action: send, channel: { $ref: "#/channels/${name}" } } }\ncomponents: { messages: { ${name}: { payload: { type: object } } } }\n`,
  'json-schema': (name) =>
    `{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "${name}", "properties": {"${name}": {"$ref": "#/$defs/${name}"}}, "$defs": {"${name}": {"type": "${name}"}}, "${name}": 1}`,
  graphql: (name) => `type ${name} { ${name}: ${name} }\nenum E { ${name} }\ndirective @${name} on OBJECT\n`,
  protobuf: (name) =>
    `syntax = "proto3";\nmessage ${name} { string ${name} = 1; }\nservice S { rpc ${name} (${name}) returns (${name}); }\n`,
  gherkin: (name) => `@${name}\nFeature: ${name}\n\n  Scenario: ${name}\n    Given ${name}\n      | ${name} |\n      | 1 |\n`,
};

/** Markdown takes the underscores around a name for emphasis. */
const normal = (value: unknown, name: string): string => {
  const bare = name.replaceAll('__', '');
  return JSON.stringify(value).split(name).join('\0').split(bare).join('\0').replaceAll('\0', NEUTRAL);
};
const like = (name: string): string => {
  const word = NEUTRAL.repeat(2).slice(0, name.length);
  return /^__.*__$/.test(name) ? `__${word.slice(4)}__` : word;
};

describe('names of a document', () => {
  it.each(NAMES)('mean nothing to the reader of records: %s', (name) => {
    const read = (word: string) => {
      const file = { path: 'docs/adr/0001-x.md', kind: 'decision', format: 'markdown', sha: '' } as const;
      const { id: _, ...document } = readDocument({ ...file, text: record(word) });
      return document;
    };
    expect(normal(read(name), name)).toBe(normal(read(like(name)), like(name)));
  });

  it.each(Object.keys(SPECIFICATIONS).flatMap((format) => NAMES.map((name) => [format, name] as const)))(
    'mean nothing to the reader of %s: %s',
    (format, name) => {
      const read = (word: string) =>
        readDocument({ path: 'api/x', kind: 'specification', format, sha: '', text: SPECIFICATIONS[format]?.(word) ?? '' });
      expect(read(name).findings.map(({ rule }) => rule)).not.toContain('reader-failed');
      const told = (word: string) => normal({ ...read(word), format: '' }, word);
      expect(told(name)).toBe(told(like(name)));
    },
  );

  it.each(NAMES)('reach no object of ours: %s', (name) => {
    readLinks(
      `${name}: { polluted: 1 }\nlinks:\n  - ${name}: { polluted: 1 }\n    decision: ${name}\n    code: ${name}\n    verdict: governs\n`,
    );
    readDocument({
      path: 'docs/adr/0001-x.md',
      kind: 'decision',
      format: 'markdown',
      sha: '',
      text: `---\n${name}: { polluted: 1 }\n---\n# A\n`,
    });
    expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
