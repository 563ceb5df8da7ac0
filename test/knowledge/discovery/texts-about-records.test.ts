import { expect, it } from 'vitest';
import { classify } from '../../../server/knowledge/discovery/classify.ts';
import { defaultConfig } from '../../../server/knowledge/discovery/config.ts';

const kindOf = (path: string, text: string): string => classify(path, defaultConfig(), () => text)?.kind ?? 'none';
const PREAMBLE = '```\n  BIP: 3\n  Title: Updated process\n  Authors: A <a@b.c>\n           B <b@b.c>\n  Status: Deployed\n```\n';

it.each([
  ['proposals/0021-unlifted-array.rst', 'This document was moved to https://example.org/proposals/0112-unlifted-array.rst\n'],
  ['proposals/0022-x.md', '# Plugins\n\nThis proposal has been moved to [0108](0108-plugins.md).\n'],
  ['docs/architecture/0003-x.md', 'Moved to `docs/adr/0003-x.md`.\n'],
])('%s only says where its record is now, and is none', (path, text) => expect(kindOf(path, text)).toBe('none'));

it('a record that was moved, and says more than that, is a record', () => {
  const text = '# Use Kafka\n\nThis document was moved to https://example.org/x.md\n\n## Status\n\nAccepted\n\n## Decision\n\nKafka.\n';
  expect(kindOf('proposals/0021-use-kafka.md', text)).toBe('decision');
});

it.each([
  '# ¿Que es un ADR?\n\nUn texto.\n',
  '#¿Que es un ADR?\n\n- **Estado**: (propuesto, aceptado)\n',
  '# What is an ADR?\n\nA text.\n',
  '# Was ist ein ADR?\n\nEin Text.\n',
  '# ADR explanation\n\n## Status\n\nOne of these.\n',
])('a page with the title %j in a folder of records is about records', (text) => {
  expect(kindOf('docs/ADRs/00-ADR-Explicaciones.md', text)).toBe('guide');
  expect(kindOf('docs/adr/explanations.md', text)).toBe('guide');
});

it('a log of decisions in a folder of records is no record, whether it has entries or only their template', () => {
  const template = '# Decision Log\n\n## Rules\n\n- Append only.\n\n## Decision Template\n\n### D-<NNN> — <Title>\n- Date:\n- Decision:\n';
  expect(kindOf('decisions/DECISIONS.md', template)).toBe('guide');
  expect(kindOf('decisions/DECISIONS.md', '# Decision Log\n\n## D-001 Use Kafka\n\n- Status: accepted\n')).toBe('guide');
});

it('a template is none, whichever letters of a project stand before its number', () => {
  expect(kindOf('architecture-decision-records/ODH-ADR-0000-template.md', '# Template\n\n| Status | Approved |\n')).toBe('none');
  expect(kindOf('architecture-decision-records/ODH-ADR-0003-licence.md', '# Licence\n\n| Status | Approved |\n')).toBe('decision');
});

it('a report that lists problem and decision of each thing it did is no record, though it has a status', () => {
  const report =
    '# Phase 4: Сводка\n\n## ✅ Статус: ЗАВЕРШЕНО\n\n## Результаты\n\n### 1. Анализ\n- **Проблема:** много файлов.\n- **Решение:** разделены.\n';
  expect(kindOf('scripts/architecture/PHASE4_SUMMARY.md', report)).not.toBe('decision');
  const record = '# Kafka\n\n- **Статус:** принято\n- **Контекст:** очередь.\n- **Решение:** Kafka.\n';
  expect(kindOf('docs/architecture/kafka.md', record)).toBe('decision');
});

it('a proposal with an indented preamble is one, wherever it lies', () => {
  expect(kindOf('bip-0003.md', PREAMBLE)).toBe('decision');
  const nested = '## Preamble\n\n```\nCAP: 0021\nTitle: x\nWorking Group:\n    Owner: A\n    Authors: A, B\nStatus: Final\n```\n';
  expect(kindOf('core/cap-0021.md', nested)).toBe('decision');
});

it('a file that calls itself a record and has its parts in another language is one', () => {
  const text =
    '---\ntitle: ADR — Теги и фасеты\nstatus: draft\n---\n# ADR — Теги и фасеты\n\n### Контекст\n\nТеги.\n\n### Решение\n\nФасеты.\n';
  expect(kindOf('docs/adr-tegi-i-fasety.md', text)).toBe('decision');
  expect(kindOf('docs/adr-notes.md', '# ADR — Теги\n\nЗаметки без решений.\n')).toBe('guide');
});

it('a comment behind the type of a standard in its front matter changes nothing', () => {
  const text = '---\ntitle: Connections\ntype: Standard  # | Decision Record\nstatus: Draft\n---\n\n## Introduction\n';
  expect(kindOf('Standards/scs-0125-v1-secure-connections.md', text)).toBe('decision');
});
