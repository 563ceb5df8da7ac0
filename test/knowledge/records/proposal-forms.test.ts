import { expect, it } from 'vitest';
import { at, record, succession } from './support.ts';

const RST =
  'More explicit ``forall``\\s\n==========================\n\n.. author:: R. E.\n.. date-accepted:: 2017-06-11\n.. implemented:: 8.8\n.. highlight:: haskell\n.. contents::\n\nText.\n';

it('directives of Sphinx at the head say the day of acceptance, and with it the status', () => {
  const { title, status, date } = record(RST, 'proposals/0055-instance-foralls.rst');
  expect({ title, status: status?.value, date }).toEqual({ title: 'More explicit foralls', status: 'accepted', date: '2017-06-11' });
  expect(at(RST, status?.span)).toBe('2017-06-11');
});

it('a day of acceptance that is not filled in says nothing', () => {
  const { status, date } = record(RST.replace(' 2017-06-11', ''), 'proposals/0055-instance-foralls.rst');
  expect([status, date]).toEqual([undefined, undefined]);
});

it('front matter with a day of acceptance says the same, unless there is a status', () => {
  const text = (more: string): string => `---\ndate-accepted: "2021-05-10"\n${more}---\n\n# Export the operator\n`;
  expect(record(text('')).status?.value).toBe('accepted');
  expect(record(text('status: rejected\n')).status?.value).toBe('rejected');
});

it('an indented preamble says title, status and day', () => {
  const text =
    '```\n  BIP: 349\n  Title: OP_INTERNALKEY\n  Authors: A\n           B\n  Status: Draft\n  Assigned: 2024-11-14\n```\n\n## Abstract\n';
  const { title, status, date } = record(text, 'bip-0349.md');
  expect([title, status?.value, date]).toEqual(['OP_INTERNALKEY', 'proposed', '2024-11-14']);
  expect(at(text, status?.span)).toBe('Draft');
});

it('letters and a number that are not those of the file are a title', () => {
  expect(record('GHC 2021\n========\n\nText.\n', 'proposals/0380-ghc2021.rst').title).toBe('GHC 2021');
  expect(record('# ADR 12\n\n## Context\n', 'docs/adr/0012-use-kafka.md').title).toBe('Use kafka');
});

it.each(['Project title', '[Short title of the decision]', '<title>'])('the place holder %j in a heading is no title', (heading) =>
  expect(record(`# ${heading}\n\n- Start Date: 2020/04/27\n`, 'text/0026-activation-distribution.md').title).toBe(
    'Activation distribution',
  ),
);

it('letters of a project before the word ADR leave it its number', () => {
  const { number, slug } = record('# Licence\n', 'architecture-decision-records/ODH-ADR-0003-licence.md');
  expect([number, slug]).toEqual(['3', 'licence']);
});

it('"this proposal was accepted" is an acceptance, and a proposal is proposed', () => {
  const status = (line: string) => record(`# Linear types\n\n## Status\n\n${line}\n`).status?.value;
  expect(status('On Oct 22, 2018, this proposal was conditionally accepted.')).toBe('accepted');
  expect(status('Proposal')).toBe('proposed');
});

it('what is to be accepted later is not accepted yet', () => {
  const { status } = record('# Linéarisation\n\n## Statut\n\n**Essai**. La bascule sera actée séparément.\n');
  expect(status?.value).not.toBe('accepted');
});

it('the first field of a status counts, whichever language it is in', () => {
  const text = '# Parser\n\n- Estado: aceptado\n\n## Decision\n\n- `status`: `pending|approved|blocked`\n- status: pending\n';
  expect(record(text).status?.value).toBe('accepted');
});

it.each([
  ['- Estado: reemplazado por `0009`', ['superseded-by 0009']],
  ['- Status: ersetzt durch 9', ['superseded-by 9']],
  ['- Statut : remplacé par **0009**', ['superseded-by 0009']],
  ['- Estado: reemplazado por la versión 9', ['superseded-by 9']],
  ['- Estado: aceptado el 9', []],
  ['Statut : accepté — supersède l’**attachement d’attributs** de [ADR-0003](0003-x.md)', ['~supersedes 0003-x.md']],
  ['Statut : accepté — remplace la décision de [ADR-0003](0003-x.md)', ['supersedes 0003-x.md']],
])('%s', (line, expected) => expect(succession(`# Kafka\n\n${line}\n\n## Contexte\n\nx\n`)).toEqual(expected));

it('a wiki link with a number alone names a record', () =>
  expect(succession('---\nsupersedes: "[[0003|ADR-0003]]"\n---\n# Kafka\n')).toEqual(['supersedes 0003']));
