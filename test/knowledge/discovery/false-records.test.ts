import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from '../../../server/knowledge/discovery/classify.ts';
import { defaultConfig } from '../../../server/knowledge/discovery/config.ts';
import { isListName, isPageName, isTemplate } from '../../../server/knowledge/discovery/record-names.ts';

const kindOf = (path: string, text?: string): string =>
  classify(path, defaultConfig(), text === undefined ? undefined : () => text)?.kind ?? 'none';
const all = (paths: readonly string[], expected: string, text?: string): void => {
  for (const path of paths) expect(`${path} ${kindOf(path, text)}`).toBe(`${path} ${expected}`);
};

const RECORD = '# 7. Use Kafka\n\nDate: 2024-03-04\n\n## Status\n\nAccepted\n\n## Context\n\nA broker.\n\n## Decision\n\nKafka.\n';

describe('a template', () => {
  it('is no record in any language, whatever series or number stands before the word', () => {
    all(
      [
        'PLANTILLA',
        'plantilla-adr',
        'template.ja',
        'template_zh-CN',
        '0000-adr-template-de',
        'ADR-000-template',
        'ADR-0000-Template',
        'adr-vorlage',
        'Vorlage',
        'modèle',
        '0000-modele-adr',
        'modelo',
        'adr-modelo',
        'modelo-de-decisao',
        'sjabloon',
        'szablon',
        'szablon-adr',
        'шаблон',
        'шаблон-adr',
        'テンプレート',
        'adrテンプレート',
        'ADR模板',
        '决策记录模板',
        '템플릿',
        'adr-템플릿',
        'scs-XXXX-vN-decision-record-template',
        'QEP-0-Template',
        'NNNN-template',
        'template-short',
        'template-long',
        '001-template',
        'Template_ADR',
        'şablon',
        'šablona',
        'gabarit-adr',
      ].map((name) => `docs/adr/${name}.md`),
      'none',
      RECORD,
    );
  });

  it('is recognised by its title where its name says nothing', () => {
    for (const title of [
      'ADR-000: [Short Title]',
      '[タイトル]',
      'ADR-<番号>: <決定の短いタイトル>',
      '{title}',
      'ADR-NNNN: Title',
      'Título',
      '0000. Titel',
    ])
      all(['docs/adr/adr-000.md', 'docs/adr/0000.md', 'docs/adr/first.md'], 'none', `# ${title}\n\n## Status\n\nProposed\n`);
    all(['docs/adr/adr-000.md', 'docs/adr/0000-madr.md'], 'decision', '# [Use Kafka](https://example.com)\n\n## Status\n\nProposed\n');
  });

  it('is not what a record about templates or models is', () => {
    all(
      [
        '0012-template-engine',
        '0004-modelo-de-dados',
        '0005-modele-de-donnees',
        '0006-шаблон-проектирования',
        '0007-模板引擎',
        '0008-vorlagen-verwaltung',
        'template-engine',
      ].map((name) => `docs/adr/${name}.md`),
      'decision',
      RECORD,
    );
  });
});

describe('a list of records, or a page about how they are written', () => {
  it('is a guide in any language', () => {
    all(
      [
        'INDICE',
        'índice',
        '_README',
        'README.de',
        'readme_ja',
        'README-zh-CN',
        'Inhalt',
        'Übersicht',
        'Inhaltsverzeichnis',
        'sommaire',
        'spis-tresci',
        'spis-treści',
        'overzicht',
        'оглавление',
        'содержание',
        '目次',
        '索引',
        '目录',
        'adr一覧',
        '목차',
        '0000-index',
        'guia',
        'leitfaden',
        'руководство',
        '指南',
        'adr-ガイド',
        'lista-de-decisoes',
        'registro-de-decisiones-indice',
      ].map((name) => `docs/adr/${name}.md`),
      'guide',
      RECORD,
    );
  });

  it('is not what a record about an index, a list or a guide is', () => {
    all(
      ['0012-index', '0013-index-de-recherche', '0014-guia-de-estilo', '0015-список-задач', '0016-検索インデックス'].map(
        (name) => `docs/adr/${name}.md`,
      ),
      'decision',
      RECORD,
    );
  });

  it('is told from a record in time that grows with the length of the name, for each name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
        for (const test of [isTemplate, isListName, isPageName]) expect(typeof test(name)).toBe('boolean');
      }),
    );
    const started = performance.now();
    for (const unit of ['template-', '模板', 'a ', '0-', '_'])
      for (const test of [isTemplate, isListName, isPageName]) test(unit.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(200);
  });
});

describe('a numbered file in a folder that also holds other documents', () => {
  const CHAPTER = '# Data flow\n\n## Overview\n\nHow data flows.\n\n## Components\n\nA queue.\n';

  it('is a chapter unless it has the parts of a record', () => {
    const chapters = [
      'docs/architecture/01-high-level-design.md',
      'docs/architecture/02-fluxo.md',
      'doc/arch/010-design_principles.md',
      'docs/design-docs/1-x.md',
    ];
    for (const path of chapters) expect(`${path} ${kindOf(path, CHAPTER)}`).not.toContain('decision');
    all(chapters, 'decision', RECORD);
    expect(kindOf(chapters[1] ?? '', '# Fluxo\n\n**Status:** Aprovada\n\n## Resumo\n\nX.\n')).toBe('guide');
    expect(kindOf(chapters[0] ?? '', '# 流程\n\n- 状态：已采纳\n\n## 背景\n\nX\n')).toBe('decision');
    expect(kindOf(chapters[0] ?? '', '# Filas\n\n## Estado\n\nAceptado\n\n## Contexto\n\nX\n')).toBe('decision');
  });

  it('is a record by name if the name says that it is one', () => {
    all(['docs/architecture/adr-001-logging.md', 'proposals/0001-x.md', 'enhancements/rfc-7-x.md'], 'decision', CHAPTER);
  });

  it('is none if it describes an architecture, reviews a record or plans the work', () => {
    all(
      [
        'docs/02.architecture/descriptions/ad-0001-gateway-architecture.md',
        'docs/architecture/reviews/ADR-041-x-REVIEW.md',
        'docs/governance/adr-0048-0138-gap-map.md',
      ],
      'guide',
      '---\nstatus: active\n---\n# Gateway\n\n## Overview\n\nX.\n'.replace('status: active', 'owner: x'),
    );
    all(
      ['docs/prd/0001-rename.md', 'docs/plans/PLAN-1884-cost.md'],
      'guide',
      `---\nid: PLAN-1884\nstatus: done\nauthor: x\n---\n${RECORD}`,
    );
  });
});

describe('a skill, a memory or a review of an agent', () => {
  it('is no record in a folder named after records', () => {
    for (const path of [
      'skills/adr/SKILL.md',
      '.serena/memories/adr/adr-042-python-first.md',
      '.serena/memories/adr/adr-014-review-findings.md',
    ])
      expect(`${path} ${kindOf(path, '# ADR-042 Python First\n\n**Date**: 2026-01-19\n\n## Rationale\n\nX.\n')}`).not.toContain('decision');
    all(['.agents/architecture/ADR-042-x.md'], 'decision', RECORD);
  });
});

describe('a series of proposals', () => {
  it('is found at the root and in a folder of its own, by its titles or its front matter', () => {
    all(['qep-322-x.md', 'QEP-4-X.md'], 'decision', '# QGIS Enhancement 4: Long term releases\n\n**Date** 2025/02/13\n\n**Author** Jean\n');
    all(['qep-4-x.rst'], 'decision', '.. _qep3:\n\nQGIS Enhancement 4: Long term releases\n=====\n\n:Date: 2014/10/03\n');
    const standard = (type: string): string => `---\ntitle: Entropy\ntype: ${type}\nstatus: Stable\n---\n\n## Introduction\n\nX.\n`;
    all(['Standards/scs-0101-v1-entropy.md'], 'decision', standard('Standard'));
    all(['Standards/scs-0111-v1-volumes.md'], 'decision', standard('Decision Record'));
    expect(kindOf('Standards/scs-0101-w1-testing.md', standard('Supplement'))).toBe('none');
    expect(kindOf('posts/part-0004-x.md', '# My part\n\nText.\n')).toBe('none');
  });
});
