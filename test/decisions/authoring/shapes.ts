import { type Collection, collectionsOf, nameFormOf } from '../../../server/decisions/authoring/file-names.ts';
import type { Material } from '../../../server/decisions/authoring/new-decision.ts';
import { type ReadRecord, readText } from '../../../server/decisions/authoring/slots.ts';

/** The files of a repository's records in one of the forms that are met in public repositories. */
export interface Shape {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly template?: readonly [path: string, text: string];
}

const nygard = (title: string, date: string, status = 'Accepted'): string =>
  `# ${title}\n\nDate: ${date}\n\n## Status\n\n${status}\n\n## Context\n\nWhy.\n\n## Decision\n\nWhat.\n\n## Consequences\n\nAnd then.\n`;

const madr4 = (title: string, date: string, status = 'accepted'): string =>
  `---\n# one of: proposed, accepted\nstatus: "${status}"\ndate: ${date}\ndecision-makers: [Ada]\n---\n\n# ${title}\n\n## Context and Problem Statement\n\nWhy?\n\n## Considered Options\n\n* A\n* B\n\n## Decision Outcome\n\nChosen option: "A".\n\n### Consequences\n\n* Good.\n`;

const bullets = (title: string, date: string, status = 'accepted'): string =>
  `# ${title}\n\n* Status: ${status}\n* Deciders: Ada, Grace\n* Date: ${date}\n\n## Context and Problem Statement\n\nWhy?\n\n## Decision Outcome\n\nA.\n`;

const rst = (title: string, date: string, status = 'Accepted'): string =>
  `${title}\n${'='.repeat(title.length)}\n\n:Status: ${status}\n:Date: ${date}\n\nContext\n-------\n\nWhy.\n\nDecision\n--------\n\nWhat.\n`;

const table = (title: string, date: string, status = 'Approved'): string =>
  `# ADR-${title}\n\n| Field | Value |\n|---|---|\n| Status | ${status} |\n| Date | ${date} |\n| Owner | Ada |\n\n## Background\n\nWhy.\n\n## Decision\n\nWhat.\n`;

const titled = (title: string, date: string, status = 'Accepted'): string =>
  `---\nlayout: decision\ntitle: "${title}"\ncreated: ${date}\nstate: ${status}\n---\n\n## Motivation\n\nWhy.\n\n## Proposal\n\nWhat.\n`;

const asciidoc = (title: string, date: string): string =>
  `= ${title}\n\n*Status:* Accepted\n\n*Date:* ${date}\n\n== Context\n\nWhy.\n\n== Decision\n\nWhat.\n`;

const LOG4BRAINS = `# [short title of solved problem and solution]

- Status: [draft | proposed | rejected | accepted | deprecated | … | superseded by [xxx](yyyymmdd-xxx.md)] <!-- optional -->
- Deciders: [list everyone involved in the decision] <!-- optional -->
- Date: [YYYY-MM-DD when the decision was last updated] <!-- optional -->

## Context and Problem Statement

[Describe the context and problem statement.]

## Decision Outcome

Chosen option: "[option 1]", because [justification].
`;

export const NYGARD: Shape = {
  name: 'Nygard with a status section',
  files: {
    'doc/adr/0001-record-decisions.md': nygard('1. Record decisions', '2024-01-02'),
    'doc/adr/0002-keep-orders.md': nygard('2. Keep orders', '2024-02-03'),
    'doc/adr/0009-send-events.md': nygard('9. Send events', '2024-03-04'),
  },
};
export const MADR: Shape = {
  name: 'MADR 4 with front matter',
  files: {
    'docs/decisions/0001-use-madr.md': madr4('Use MADR', '2024-01-02'),
    'docs/decisions/0002-keep-orders.md': madr4('Keep orders', '2024-02-03'),
    'docs/decisions/README.md-not-a-record': '',
  },
};
export const BULLETS: Shape = {
  name: 'bullets',
  files: {
    'docs/adr/adr-001-keep-orders.md': bullets('ADR 001: Keep orders', '2024-01-02'),
    'docs/adr/adr-002-send-events.md': bullets('ADR 002: Send events', '2024-02-03', 'superseded by [ADR 001](adr-001-keep-orders.md)'),
    'docs/adr/adr-003-count-stock.md': bullets('ADR 003: Count stock', '2024-02-04'),
  },
};
export const RST: Shape = {
  name: 'reStructuredText with fields',
  files: {
    'docs/decisions/0001_keep_orders.rst': rst('Keep orders', '2024-01-02'),
    'docs/decisions/0002_send_events.rst': rst('Send events', '2024-02-03'),
  },
};
export const DATED: Shape = {
  name: 'dated folders',
  files: {
    'docs/adr/2024-01-02-keep-orders/README.md': nygard('Keep orders', '02.01.2024'),
    'docs/adr/2024-02-03-send-events/README.md': nygard('Send events', '03.02.2024'),
  },
};
export const BRAINS: Shape = {
  name: 'log4brains with its template',
  files: {
    'docs/adr/20240102-keep-orders.md': bullets('Keep orders', '2024-01-02'),
    'docs/adr/20240203-send-events.md': bullets('Send events', '2024-02-03'),
  },
  template: ['docs/adr/template.md', LOG4BRAINS],
};
export const TABLE: Shape = {
  name: 'a table and capitals',
  files: {
    'architecture/ADR-0007-Keep-Orders.md': table('0007: Keep orders', '11-May-2024'),
    'architecture/ADR-0008-Send-Events.md': table('0008: Send events', '12-May-2024'),
  },
};
export const TITLED: Shape = {
  name: 'a title in front matter alone',
  files: {
    'rfcs/0001-keep-orders/README.md': titled('Keep orders', '2024/01/02'),
    'rfcs/0002-send-events/README.md': titled('Send events', '2024/02/03'),
  },
};
export const ASCIIDOC: Shape = {
  name: 'AsciiDoc',
  files: {
    'docs/adr/0001-keep-orders.adoc': asciidoc('1. Keep orders', '2024-01-02'),
    'docs/adr/0002-send-events.adoc': asciidoc('2. Send events', '2024-02-03'),
  },
};

export const SHAPES: readonly Shape[] = [NYGARD, MADR, BULLETS, RST, DATED, BRAINS, TABLE, TITLED, ASCIIDOC];

/** The records of a shape, read, in the order in which they are written down. */
export const recordsOf = ({ files }: Shape): ReadRecord[] =>
  Object.entries(files)
    .filter(([path]) => /\.(?:md|rst|adoc)$/.test(path))
    .map(([path, text]) => readText(path, text));

/** What the engine would gather from a repository of this shape. */
export function materialOf(shape: Shape, more: Partial<Material> = {}): Material {
  const records = recordsOf(shape);
  const known = records.map(({ path, document: { number, date } }) => ({
    path,
    ...(number === undefined ? {} : { number }),
    ...(date === undefined ? {} : { date }),
  }));
  const collections = collectionsOf(known);
  const [collection] = collections as [Collection];
  const newest = collection.records.flatMap(({ path }) => records.find((record) => record.path === path) ?? []);
  return {
    collection,
    collections,
    names: nameFormOf(collection.records),
    listing: [],
    newest,
    ...(shape.template ? { template: readText(...shape.template) } : {}),
    exists: (path) => Object.hasOwn(shape.files, path),
    ...more,
  };
}
