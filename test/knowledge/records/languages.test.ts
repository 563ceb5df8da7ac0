import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entries } from '../../../server/knowledge/languages/language.ts';
import { isNameOf, LANGUAGES, monthNamed } from '../../../server/knowledge/languages/languages.ts';
import { findDate } from '../../../server/knowledge/records/dates.ts';
import { PROCESSES, wordsOfProcess } from '../../../server/knowledge/records/processes.ts';
import { readStatement } from '../../../server/knowledge/records/statement.ts';
import { record, succession } from './support.ts';

describe('a record in another language', () => {
  it.each([
    ['Datum: 4. März 2024\n\n## Status\n\nAkzeptiert', 'accepted', '2024-03-04'],
    ['Date : 4 mars 2024\n\n## Statut\n\nAccepté', 'accepted', '2024-03-04'],
    ['**Statut** : Validée\n**Date** : 1er mars 2024', 'accepted', '2024-03-01'],
    ['## Estado\n\nAceptada\n\n## Fecha\n\n4 de marzo de 2024', 'accepted', '2024-03-04'],
    ['**Estado:** decisão aprovada; revisão técnica em execução.\n**Data da decisão:** 2026-10-01', 'accepted', '2026-10-01'],
    ['## 状态\n\n已接受\n\n日期：2024年3月4日', 'accepted', '2024-03-04'],
    ['## 狀態\n\n待批准', 'proposed', undefined],
    ['## 状态\n\n未采纳', 'rejected', undefined],
    ['## ステータス\n\n採用 (Accepted)\n\n## 日付\n\n令和6年3月4日', 'accepted', '2024-03-04'],
    ['## ステータス\n\n不採用', 'rejected', undefined],
    ['## ステータス\n\nレビュー中', 'proposed', undefined],
    ['## 상태\n\n승인됨\n\n- 날짜: 2024년 3월 4일', 'accepted', '2024-03-04'],
    ['## Статус\n\nПринято\n\nДата: 4 марта 2024', 'accepted', '2024-03-04'],
    ['## Status\n\nZaakceptowana\n\n## Data\n\n4 marca 2024 r.', 'accepted', '2024-03-04'],
    ['## Stato\n\nRifiutata', 'rejected', undefined],
    ['## Stav\n\nSchváleno\n\nDatum: 4. března 2024', 'accepted', '2024-03-04'],
    ['## Durum\n\nKabul edildi\n\nTarih: 4 Mart 2024', 'accepted', '2024-03-04'],
    ['## Status\n\nGoedgekeurd\n\nDatum: 4 maart 2024', 'accepted', '2024-03-04'],
    ['## Стан\n\nПрийнято', 'accepted', undefined],
    ['Dato: 4. mars 2024\n\n## Status\n\nAkseptert', 'accepted', '2024-03-04'],
    ['## Status\n\nUnder arbeid', 'proposed', undefined],
    ['## Status\n\nVedteke', 'accepted', undefined],
    ['Datum: 4 mars 2024\n\n## Status\n\nBeslutad', 'accepted', '2024-03-04'],
    ['## Status\n\nEj godkänt', 'rejected', undefined],
    ['Dato: 4. marts 2024\n\n## Status\n\nGodkendt', 'accepted', '2024-03-04'],
    ['## Status\n\nForældet', 'deprecated', undefined],
    ['Päivämäärä: 4. maaliskuuta 2024\n\n## Tila\n\nHyväksytty', 'accepted', '2024-03-04'],
    ['## Tila\n\nHylätty', 'rejected', undefined],
  ])('%j', (body, status, date) => {
    const document = record(`# T\n\n${body}\n`);
    expect([document.status?.value, document.date]).toEqual([status, date]);
  });

  it.each([
    ['## Status\n\nErsetzt durch [ADR-1](0001-x.md)', ['superseded-by 0001-x.md']],
    ['## Status\n\nErsetzt [ADR-1](0001-x.md)', ['supersedes 0001-x.md']],
    ['## Statut\n\nRemplacé par ADR-1', ['superseded-by ADR-1']],
    ['## Statut\n\nAccepté\n\nRemplace ADR-1', ['supersedes ADR-1']],
    ['- **Status:** substituído por **ADR 0008** (2026-09-03). Sem volta.', ['superseded-by ADR 0008']],
    ['## Estado\n\nSustituida por ADR-9', ['superseded-by ADR-9']],
    ['## 状态\n\n已被 ADR-0009 取代', ['superseded-by ADR-0009']],
    ['## 狀態\n\n由 [ADR-0009](0009-x.md) 取代', ['superseded-by 0009-x.md']],
    ['## ステータス\n\nADR-0009 に置き換えられました', ['superseded-by ADR-0009']],
    ['## 상태\n\nADR-0009로 대체됨', ['superseded-by ADR-0009']],
    ['## Статус\n\nЗаменено на ADR-9', ['superseded-by ADR-9']],
    ['## Stato\n\nSostituita da ADR-9', ['superseded-by ADR-9']],
    ['## Status\n\nZastąpiona przez ADR-9', ['superseded-by ADR-9']],
    ['## Status\n\nErstattet av [ADR-9](0009-x.md)', ['superseded-by 0009-x.md']],
    ['## Status\n\nErsatt av ADR-9', ['superseded-by ADR-9']],
    ['## Status\n\nErstattet af ADR-9', ['superseded-by ADR-9']],
    ['## Tila\n\nKorvattu päätöksellä ADR-9', ['superseded-by ADR-9']],
    ['## Status\n\nVedtatt. Erstatter ADR-3.', ['supersedes ADR-3']],
  ])('says what replaces what: %j', (body, expected) => {
    expect(succession(`# T\n\n${body}\n`)).toEqual(expected);
  });
});

describe('the tables of languages', () => {
  it.each(LANGUAGES.map((language) => [language.name, language] as const))(
    '%s: every status word is read with its meaning',
    (_name, language) => {
      const wrong = Object.entries(language.status).flatMap(([value, list]) =>
        entries(list)
          .map((word) => word.replaceAll('*', ''))
          // By nothing, no record is replaced.
          .map((word) => (/ (?:by|with)$/.test(word) ? `${word} ADR 9` : word))
          .filter((word) => readStatement(word)?.value !== value)
          .map((word) => `${word}: ${readStatement(word)?.value}, not ${value}`),
      );
      expect(wrong).toEqual([]);
    },
  );

  it.each(LANGUAGES.map((language) => [language.name, language] as const))(
    '%s: has twelve months and the usual sections',
    (_name, language) => {
      const months = entries(language.months);
      expect(months).toHaveLength(12);
      months.forEach((forms, index) => {
        for (const form of forms.split('|')) if (!/\d/.test(form)) expect([form, monthNamed(form)]).toEqual([form, index + 1]);
      });
      for (const part of ['status', 'date', 'context', 'decision', 'consequences'] as const)
        for (const name of entries(language.parts[part] ?? ''))
          expect([name, isNameOf(part, `2. ${name.toUpperCase()}`)]).toEqual([name, true]);
    },
  );
});

describe('the words of proposal processes', () => {
  it.each(PROCESSES.map((process) => [process.name, process] as const))('%s', (_name, process) => {
    const wrong = wordsOfProcess(process.words).filter(([word, value]) => readStatement(word)?.value !== value);
    expect(wrong).toEqual([]);
    expect(process.source).toMatch(/^https:\/\//);
  });

  it.each([
    ['Active review (10 July – 20 July)', 'proposed'],
    ['Returned for revision', 'proposed'],
    ['Scheduled for Review (May 1...8, 2025)', 'proposed'],
    ['Last Call', 'proposed'],
    ['Final comment period', 'proposed'],
    ['Stage 2.7', 'proposed'],
    ['Stage 4', 'accepted'],
    ['Closed/Delivered', 'accepted'],
    ['Proposed Standard', 'accepted'],
    ['Accepted with revisions', 'accepted'],
    ['Partially implemented (Swift 5)', 'accepted'],
    ['waiting-for-implementation', 'accepted'],
  ])('%s is %s', (text, value) => {
    expect(readStatement(text)?.value).toBe(value);
  });

  it('mean what their own process says, where it is told by the file name or the preamble', () => {
    const status = (path: string, text = ':Status: Provisional\n') => record(`${text}\n# T\n`, path).status?.value;
    expect(status('peps/pep-0484.md', 'Status: Provisional')).toBe('accepted');
    expect(status('docs/adr/0484-x.md', 'Status: Provisional')).toBe('proposed');
    expect(status('bip-0352.md', 'Status: Complete')).toBe('proposed');
    expect(status('docs/adr/0352-x.md', 'Status: Complete')).toBe('accepted');
  });
});

describe('dates of other languages', () => {
  it.each([
    ['2024年3月4日', '2024-03-04'],
    ['２０２４年３月４日', '2024-03-04'],
    ['2024年3月', '2024-03'],
    ['2024. 3. 4.', '2024-03-04'],
    ['4 de março de 2024', '2024-03-04'],
    ['4 avril 2024', '2024-04-04'],
    ['mars 2024', '2024-03'],
    ['04/03/2024', '2024'],
    ['24/03/2024', '2024-03-24'],
    ['phase it out 2024', undefined],
    ['2 widgets 2024', undefined],
  ])('%j is %j', (text, iso) => {
    expect(findDate(text)?.iso).toBe(iso);
  });
});

it('reads any status, in bounded time and without an error', () => {
  const words = fc.constantFrom(
    'Superseded by',
    'Accepted',
    '[9](x.md)',
    '(',
    ')',
    '被',
    '取代',
    'ersetzt',
    '—',
    'N/A',
    '\n',
    ', ',
    'ADR-9',
    'not',
    '承認',
    '*',
    '`',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 60 }), (parts) => {
      const text = `# T\n\n## Status\n\n${parts.join(' ')}\n`;
      const document = record(text);
      expect(text.replace(/\s+/g, ' ')).toContain((document.status?.text ?? '').replace(/\s+/g, ' '));
    }),
    { numRuns: 200 },
  );
  const started = performance.now();
  record(`# T\n\n## Status\n\n${'Superseded by (ADR-9, '.repeat(20_000)}\n`);
  record(`# T\n\n## 状态\n\n${'已被取代'.repeat(50_000)}\n`);
  expect(performance.now() - started).toBeLessThan(5_000);
});
