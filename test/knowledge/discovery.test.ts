import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify, maySpecify } from '../../server/knowledge/discovery/classify.ts';
import { type Config, defaultConfig } from '../../server/knowledge/discovery/config.ts';
import { discover } from '../../server/knowledge/discovery/discovery.ts';

const config = defaultConfig();
const configured = (settings: Partial<Config>): Config => ({ ...config, ...settings });

/** `decision`, `guide`, `specification:format` or `none`. */
const kindOf = (path: string, text?: string, settings: Config = config): string => {
  const found = classify(path, settings, text === undefined ? undefined : () => text);
  if (!found) return 'none';
  return found.kind === 'specification' ? `specification:${found.format}` : found.kind;
};

const all = (paths: readonly string[], expected: string, text?: string): void => {
  for (const path of paths) expect(`${path} ${kindOf(path, text)}`).toBe(`${path} ${expected}`);
};

const RECORD = '# Use Kafka\n\n## Status\n\nAccepted\n\n## Context\n\nWe need a broker.\n\n## Decision\n\nKafka.\n';

describe('records', () => {
  it('are found in the folders that people use', () => {
    all(
      [
        'doc/adr/0001-record-architecture-decisions.md',
        'docs/adr/0007-use-kafka.md',
        'docs/adrs/use-kafka.md',
        'docs/ADR/ADR-008.md',
        'docs/decisions/0010_audit_logging.rst',
        'docs/architecture/decisions/0002-x.md',
        'doc/architecture/decisions/0002-x.md',
        'docs/references/architecture/tendermint-core/adr-001-logging.md',
        'docs/architecture/adr-003-x.md',
        'docs/architecture/adr0010-x.md',
        'architecture/decisions/0001-x.md',
        'architecture-decision-record/0003-x.md',
        'docs/architectural-decision-records/001-x.md',
        'docs/developer/decision-records/2022-02-03-integration-testing/README.md',
        'adr/20200924-x.md',
        'adr/2023-06-19_024-x.md',
        'adr/20220118.x.md',
        'decisions/0001-x.adoc',
        'apps/shop/docs/decisions/0001-x.rst',
        'packages/core/docs/adr/20210101-x.md',
        'docs/adr/003-release/index.md',
        'docs/adr/infra/0004-x.md',
        'docs/decisions/use-postgres.md',
      ],
      'decision',
    );
  });

  it('are RFCs and enhancement proposals too', () => {
    all(
      [
        'docs/rfcs/0001-x.md',
        'docs/references/rfc/rfc-002-x.rst',
        'rfcs/text/0042-x.md',
        'keps/sig-api/1234-name/README.md',
        'teps/0001-x.md',
        'peps/pep-0008.rst',
        'oeps/oep-0012.rst',
        'proposals/0007-x.md',
        'enhancements/2021-01-01-x.md',
        'keps/sig-node/2000-graceful-node-shutdown/README.md',
        'keps/sig-architecture/20190731-review-process.md',
      ],
      'decision',
    );
  });

  it('are told by the headings of a proposal where their names are plain words', () => {
    const proposal = '---\ntitle: Deep links\nauthors: ["@x"]\n---\n# Deep links\n\n## Summary\n\nLinks.\n\n## Motivation\n';
    all(['docs/proposals/deep-links.md', 'keps/sig-release/k8s-image-promoter.md'], 'decision', proposal);
    all(['docs/proposals/how-we-work.md'], 'guide', '# How we work\n\n## Summary\n\nTogether.\n');
    all(['docs/architecture/deep-links.md'], 'guide', proposal);
  });

  it('are not the templates, indexes and instructions beside them', () => {
    all(
      [
        'docs/adr/template.md',
        'docs/adr/0000-template.md',
        'docs/adr/adr-template.md',
        'docs/adr/000-adr-template.md',
        'docs/decisions/adr-template-bare-minimal.md',
        'docs/adr/templates/nygard.md',
        'rfcs/0000-template.md',
        'rfcs/0000-my-feature.md',
        'keps/NNNN-kep-template/README.md',
        'docs/adr/XXXX-template.md',
        'docs/proposals/001-proposal-template.md',
      ],
      'none',
    );
    all(
      ['docs/adr/README.md', 'docs/adr/index.md', 'docs/decisions/infra/README.md', 'docs/adr/CONTRIBUTING.md', 'docs/adr/toc.md'],
      'guide',
    );
  });

  it('are those that are about templates', () => {
    all(['docs/adr/0002-use-adr-tools-with-custom-template.md', 'docs/decisions/0029-mcp-skill-templates-and-references.md'], 'decision');
  });

  it('are not the records of tests, examples, fixtures and other projects', () => {
    all(
      [
        'test/fixtures/docs/adr/0001-x.md',
        'tests/docs/adr/0001-x.md',
        'packages/tool/e2e-tests/docs/adr/0001-x.md',
        'examples/shop/docs/adr/0001-x.md',
        'node_modules/tool/docs/adr/0001-x.md',
        'vendor/github.com/x/y/docs/adr/0001-x.md',
        'third_party/x/adr/0001-x.md',
        'src/__fixtures__/adr/0001-x.md',
        'website/versioned_docs/version-1/adr/0001-x.md',
      ],
      'none',
    );
  });

  it('have one file that is the record where they have a folder', () => {
    all(['docs/decisions/2022-11-09-api-refactoring/README.md', 'docs/adr/0003-x/index.md'], 'decision');
    all(['docs/decisions/2022-11-09-api-refactoring/renaming.md', 'docs/adr/0003-x/benchmark.md'], 'guide');
  });

  it('are told by name or content in a folder that holds other things too', () => {
    all(
      ['docs/architecture/overview.md', 'docs/architecture/audit-logging.md', 'docs/architecture/README.md'],
      'guide',
      '# Audit logging\n\nHow it works.\n',
    );
    all(['docs/architecture/use-kafka.md', 'docs/architecture/messaging/use-kafka.md'], 'decision', RECORD);
    all(['docs/architecture/use-kafka.md'], 'decision', '---\nstatus: accepted\n---\n# Use Kafka\n\n## Context and Problem Statement\n\n');
    all(['docs/architecture/use-kafka.md'], 'decision', '# Use Kafka\n\n* Status: accepted\n\n**Context**\n\nA broker.\n');
    all(['docs/architecture/use-kafka.md'], 'guide');
  });

  it('are not design documents, nor commands that tell a tool how to write records', () => {
    all(['docs/design/components-strategy.md', 'docs/technical-design/adding-emails.md'], 'guide', RECORD);
    all(['.claude/commands/adr/write.md', '.cursor/rules/adr/adr.md'], 'none');
    all(['.architecture/decisions/ADR-001-x.md'], 'decision');
  });
});

describe('guides', () => {
  it('are readmes, instructions and everything written in a folder of documentation', () => {
    all(
      [
        'README.md',
        'packages/core/README.md',
        'README.rst',
        'CONTRIBUTING.md',
        'AGENTS.md',
        'CLAUDE.md',
        'services/shop/CLAUDE.md',
        'ARCHITECTURE.md',
        'UPGRADING.md',
        'docs/how/to/deploy.md',
        'documentation/wiki/x.md',
        'specs/src/ante_handler.md',
        '.github/copilot-instructions.md',
        '.github/CODEOWNERS',
        'CODEOWNERS',
      ],
      'guide',
    );
  });

  it('are not change logs, licences, forms and what other people wrote', () => {
    all(
      [
        'CHANGELOG.md',
        'docs/CHANGELOG.md',
        'LICENSE.md',
        'CODE_OF_CONDUCT.md',
        '.github/ISSUE_TEMPLATE/bug.md',
        '.github/pull_request_template.md',
        'node_modules/x/README.md',
        'src/notes.md',
        'docs/image.png',
        'docs/adr/diagram.svg',
        'docs/adr/x.constructor',
        'docs/toString',
        'changelog/v1/enhancements/1159-update.md',
        '.changeset/brave-cats-run.md',
      ],
      'none',
    );
  });
});

describe('specifications', () => {
  it('are told by extension', () => {
    all(['proto/orders.proto'], 'specification:protobuf');
    all(['schema.graphqls', 'api/schema.graphql'], 'specification:graphql', 'type Query { a: Int }');
    all(['features/pay.feature', 'test/features/pay.feature', 'src/test/resources/pay.feature'], 'specification:gherkin');
    all(['node_modules/google-proto/a.proto', 'vendor/a/b.proto', 'test/fixtures/a.feature'], 'none');
  });

  it('are not the operations of a GraphQL client', () => {
    all(
      ['src/queries/orders.graphql'],
      'none',
      'mutation Change($input: ChangeInput!) {\n  change(\n    input: $input\n  ) {\n    type\n    schema\n  }\n}\n',
    );
  });

  it('are told by their first keys where YAML and JSON may be anything', () => {
    all(['api/openapi.yaml', 'docs/api.yml', 'src/main/resources/swagger.json'], 'specification:openapi', 'openapi: 3.0.3\ninfo:\n');
    all(['api/openapi.yaml'], 'specification:openapi', '# Licence\n\n---\n"openapi": "3.1.0"\n');
    all(['api/swagger.json'], 'specification:openapi', '{\n  "swagger": "2.0",');
    all(['api/min.json'], 'specification:openapi', '{"info":{"title":"x"},"openapi":"3.0.0"}');
    all(['events/asyncapi.yaml'], 'specification:asyncapi', "asyncapi: '2.6.0'\n");
    all(
      ['schemas/order.json', 'order.schema.json'],
      'specification:json-schema',
      '{ "$schema": "http://json-schema.org/draft-07/schema#" }',
    );
    all(['api/openapi.generated.yml'], 'specification:openapi', 'components:\n  schemas:\n');
    all(['spec/api.json'], 'specification:openapi', '{\n  "components": {\n    "responses": {');
    all(['events/asyncapi.yaml'], 'specification:asyncapi', 'channels:\n  a: {}\n');
    all(['api/components.yaml', 'api/settings.yaml'], 'none', 'components:\n  - a\n');
    all(['api/values.txt'], 'none', 'openapi: 3.0.0\n');
    all(['api/config.yaml', 'schemas/data.json'], 'none', '{ "$schema": "./order.schema.json", "note": "see openapi" }');
  });

  it('are not looked for where a name rules them out', () => {
    for (const path of [
      'package.json',
      'api/package-lock.json',
      'k8s/api/deployment.yaml',
      'api/locales/de.json',
      '.github/workflows/api.yml',
      'charts/api/values.yaml',
    ]) {
      expect(`${path} ${maySpecify(path)}`).toBe(`${path} false`);
    }
    expect(maySpecify('services/orders/openapi.yaml')).toBe(true);
  });
});

describe('configuration', () => {
  it('adds files to a kind, which convention would not have found', () => {
    const settings = configured({ decisions: ['/choices/**'], guides: ['/notes/*.md'], specifications: ['/contracts.yaml'] });
    expect(kindOf('choices/deep/why-kafka.md', undefined, settings)).toBe('decision');
    expect(kindOf('notes/a.md', undefined, settings)).toBe('guide');
    expect(kindOf('contracts.yaml', 'openapi: 3.0.0', settings)).toBe('specification:openapi');
    expect(kindOf('docs/adr/0001-x.md', undefined, settings)).toBe('decision');
  });

  it('does not make records of templates and indexes that a wildcard covers, unless it names them', () => {
    const wide = configured({ decisions: ['/choices/**/*.md'] });
    expect(kindOf('choices/template.md', undefined, wide)).toBe('none');
    expect(kindOf('choices/README.md', undefined, wide)).toBe('guide');
    expect(kindOf('choices/0001-x/README.md', undefined, wide)).toBe('decision');
    expect(kindOf('choices/README.md', undefined, configured({ decisions: ['/choices/README.md'] }))).toBe('decision');
  });

  it('puts decisions before guides, and exclusion before everything', () => {
    const settings = configured({ decisions: ['/a/**'], guides: ['/a/**'], exclude: ['/a/secret.md', 'docs/adr'] });
    expect(kindOf('a/x.md', undefined, settings)).toBe('decision');
    expect(kindOf('a/secret.md', undefined, settings)).toBe('none');
    expect(kindOf('docs/adr/0001-x.md', undefined, settings)).toBe('none');
  });

  it('reaches into folders that convention passes over', () => {
    expect(kindOf('vendor/us/adr/0001-x.md', undefined, configured({ decisions: ['/vendor/us/adr/*.md'] }))).toBe('decision');
  });
});

describe('classify', () => {
  it('takes any path and any text, and answers the same twice', () => {
    const part = fc.oneof(
      fc.constantFrom('docs', 'adr', '..', '.', '', 'README', '0001-x', 'template', 'api', 'rfcs'),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    const extension = fc.constantFrom('', '.md', '.rst', '.yaml', '.json', '.proto', '.graphql', '.feature');
    const settings = configured({ decisions: ['*.x.md', '/a/**'], exclude: ['b'] });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), extension, fc.string({ unit: 'binary' }), (parts, end, text) => {
        const path = parts.join('/') + end;
        const first = classify(path, settings, () => text);
        expect(classify(path, settings, () => text)).toEqual(first);
        if (first) expect(['decision', 'guide', 'specification']).toContain(first.kind);
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not slow down on names made to hurt', () => {
    for (const unit of [
      'adr-',
      '0',
      'template-',
      'short-',
      '-_.',
      'x',
      'adr/',
      'docs/',
      'short-long-',
      'readme.',
      '_',
      'architecture-decision-',
    ]) {
      const path = `docs/adr/${unit.repeat(250 / unit.length)}!.md`;
      for (let time = 0; time < 200; time += 1) expect(classify(path, config, () => unit.repeat(2_000))?.kind).not.toBe('specification');
      expect(classify(`docs/adr/${unit.repeat(100_000)}!.md`, config)).toBeUndefined();
    }
  });
});

describe('discover', () => {
  const reading = (texts: Readonly<Record<string, string>>) => {
    const read: string[] = [];
    return {
      read,
      readPeek: async (path: string): Promise<string> => {
        read.push(path);
        const text = texts[path];
        if (text === undefined) throw new Error('gone');
        return text;
      },
    };
  };

  it('gives the documents ordered by path, and reads only where the name leaves it open', async () => {
    const texts = { 'api/openapi.yaml': 'openapi: 3.0.0', 'docs/architecture/why.md': RECORD, 'api/other.yaml': 'a: 1' };
    const { read, readPeek } = reading(texts);
    const files = [
      'src/index.ts',
      'package.json',
      'docs/guide.md',
      'docs/adr/0001-x.md',
      'docs/adr/README.md',
      'config/app.yaml',
      ...Object.keys(texts),
    ];
    const { documents, notices } = await discover({ root: '/r', files, config, readPeek });
    expect(documents).toEqual([
      { path: 'api/openapi.yaml', kind: 'specification', format: 'openapi' },
      { path: 'docs/adr/0001-x.md', kind: 'decision', format: 'markdown' },
      { path: 'docs/adr/README.md', kind: 'guide', format: 'markdown' },
      { path: 'docs/architecture/why.md', kind: 'decision', format: 'markdown' },
      { path: 'docs/guide.md', kind: 'guide', format: 'markdown' },
    ]);
    expect(read.toSorted()).toEqual(Object.keys(texts).toSorted());
    expect(notices).toEqual([]);
  });

  it('goes by the name where a file cannot be read, and says so', async () => {
    const { readPeek } = reading({});
    const { documents, notices } = await discover({
      root: '/r',
      files: ['api/openapi.yaml', 'docs/architecture/why.md'],
      config,
      readPeek,
    });
    expect(documents).toEqual([{ path: 'docs/architecture/why.md', kind: 'guide', format: 'markdown' }]);
    expect(notices).toEqual(['2 files in /r could not be read, so they were classified by name alone.']);
  });

  it('finds 12 records among 100,000 files without reading any', async () => {
    const { read, readPeek } = reading({});
    const code = Array.from(
      { length: 100_000 },
      (_, index) => `services/s${index % 97}/src/module${index % 1013}/file${index}.${['ts', 'go', 'json', 'yaml', 'md'][index % 5]}`,
    );
    const records = Array.from({ length: 12 }, (_, index) => `docs/adr/${String(index + 1).padStart(4, '0')}-choice.md`);
    const { documents } = await discover({
      root: '/r',
      files: [...code.filter((path) => !/\.(?:json|yaml)$/.test(path)), ...records],
      config,
      readPeek,
    });
    expect(documents.map((document) => document.path)).toEqual(records);
    expect(read).toEqual([]);
  });
});

describe('names in other languages and other series', () => {
  it('of templates and indexes are those of no record', () => {
    const names = [
      'PLANTILLA',
      'template.ja',
      'adr-vorlage',
      '0000-adr-template-de',
      'ADR-000-template',
      'modele-adr',
      'テンプレート',
      'INDICE',
      '_README',
    ];
    for (const name of names) expect(kindOf(`docs/adr/${name}.md`)).not.toBe('decision');
    for (const name of ['0007-plantilla-de-correo', '0008-template-engine', '0009-indice-de-busqueda', 'ADR-0010-vorlagen-speichern'])
      expect(kindOf(`docs/adr/${name}.md`)).toBe('decision');
  });

  it('count as records in a folder of other documents only with the words of a record', () => {
    expect(kindOf('docs/architecture/01-overview.md', '# Overview\n\n## Layers\n')).not.toBe('decision');
    expect(kindOf('docs/architecture/ad-0001-gateway.md', '# Gateway description\n\n## Data\n')).not.toBe('decision');
    expect(kindOf('docs/architecture/01-use-kafka.md', '# Use Kafka\n\n## Status\n\nAccepted\n\n## Decision\n\nYes.\n')).toBe('decision');
    expect(kindOf('docs/architecture/0001-use-kafka.md', '# Use Kafka\n')).toBe('decision');
  });
});
