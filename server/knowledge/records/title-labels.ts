/**
 * Headings that say what a part of a record is. They are never its title. In English and in the ten most used languages of records besides it:
 * Chinese, Spanish, German, French, Portuguese, Russian, Japanese, Italian, Korean, Polish.
 */
const SECTIONS = new Set(
  (
    'status|state|superseded|superceded|deprecated|obsolete|rejected|withdrawn|context|date|decision|decisions|the decision|consequences|changelog|change log|preamble|simple summary|executive summary|summary|abstract|background|table of contents|contents|toc|' +
    'introduction|intro|problem|problem statement|the problem|motivation|overview|requirements|functional requirements|non functional requirements|' +
    'constraints|assumptions|goals|goals and non goals|non goals|scope|out of scope|purpose|objective|objectives|drivers|decision drivers|options|' +
    'considered options|options considered|alternatives|alternatives considered|considered alternatives|proposal|proposed solution|solution|solutions|' +
    'rationale|justification|specification|design|detailed design|design details|implementation|implementation details|implementation plan|architecture|' +
    'schema|data model|api|migration|migration plan|rollout|rollout plan|security|security considerations|performance|testing|test plan|risks|' +
    'risks and mitigations|drawbacks|pros and cons|pros and cons of the options|positive consequences|negative consequences|positive|negative|neutral|' +
    'advantages|disadvantages|benefits|trade offs|tradeoffs|impact|outcome|decision outcome|result|results|conclusion|conclusions|discussion|notes|note|' +
    'open questions|questions|unresolved questions|future work|future possibilities|next steps|references|links|related|related decisions|related records|' +
    'more information|further reading|see also|appendix|glossary|terminology|definitions|metadata|meta|history|revision history|revisions|authors|author|' +
    'deciders|stakeholders|participants|tags|tl dr|tldr|validation|compliance|confirmation|example|examples|prior art|guide level explanation|' +
    'reference level explanation|supersedes|superseded by|approval|approvals|technical story|user stories|use cases|timeline|' +
    // Chinese
    '状态|背景|上下文|日期|决策|决定|后果|影响|摘要|概述|目录|简介|动机|问题|方案|备选方案|需求|目标|理由|结论|参考|参考资料|變更記錄|狀態|決策|決定|' +
    // Spanish
    'estado|contexto|fecha|decisión|decision tomada|consecuencias|resumen|introducción|antecedentes|problema|motivación|requisitos|opciones|alternativas|' +
    'opciones consideradas|alternativas consideradas|justificación|referencias|objetivos|objetivo|alcance|' +
    // German
    'stand|kontext|datum|entscheidung|entscheidungen|konsequenzen|folgen|auswirkungen|zusammenfassung|einleitung|hintergrund|problemstellung|ausgangslage|' +
    'anforderungen|optionen|alternativen|betrachtete alternativen|begründung|ziele|ziel|inhalt|inhaltsverzeichnis|bewertung|ergebnis|referenzen|verweise|' +
    // French
    'statut|état|contexte|décision|conséquences|résumé|sommaire|problème|problématique|exigences|solutions envisagées|options envisagées|justifications|' +
    'objectifs|objectif|références|' +
    // Portuguese
    'situação|data|decisão|consequências|resumo|introdução|motivação|opções|opções consideradas|alternativas consideradas|justificativa|referências|' +
    // Russian
    'статус|контекст|дата|решение|последствия|резюме|введение|предпосылки|проблема|мотивация|требования|варианты|альтернативы|рассмотренные варианты|' +
    'обоснование|цели|цель|ссылки|содержание|' +
    // Japanese
    'ステータス|状況|状態|コンテキスト|背景|日付|決定|決定事項|結果|影響|概要|はじめに|目次|動機|課題|要件|選択肢|検討した選択肢|代替案|理由|根拠|目的|参考|' +
    // Italian
    'stato|contesto|decisione|conseguenze|riassunto|sommario|introduzione|motivazione|requisiti|opzioni|opzioni considerate|alternative considerate|' +
    'giustificazione|riferimenti|obiettivi|' +
    // Korean
    '상태|맥락|배경|컨텍스트|날짜|결정|결정 사항|결과|영향|요약|개요|소개|목차|동기|문제|요구사항|대안|고려한 대안|근거|목표|참고|참고 자료|' +
    // Polish
    'kontekst|decyzja|konsekwencje|streszczenie|podsumowanie|wprowadzenie|tło|motywacja|wymagania|opcje|rozważane opcje|alternatywy|uzasadnienie|cele|cel|odnośniki'
  ).split('|'),
);

/** What records are called. Alone or with a number, none of these is a title. */
const KINDS =
  'm?adr|rfc|kep|tep|pep|oep|(?:lightweight |any )?(?:architectur(?:e|al) )?decision(?: record| log)?s?|architecture record|record|proposal|enhancement proposal|' +
  'request for comments|design document|design doc|tech(?:nical)? (?:design|decision)(?: record)?|' +
  '架构决策记录|架构决策|決策記錄|決策紀錄|决策记录|registro de decisi[óo]n(?:es)?(?: de (?:la )?arquitectura| arquitect[óo]nicas?)?|decisi[óo]n (?:de arquitectura|arquitect[óo]nica)|' +
  'architektur(?:-?entscheidung(?:en)?(?:sprotokoll|s?dokument)?)|entscheidungsprotokoll|registre de d[ée]cisions?(?: d architecture)?|d[ée]cisions? (?:d architecture|architecturale)|' +
  'registro de decis(?:ão|ões)(?: de arquitetura| arquitetural)?|decisão (?:de arquitetura|arquitetural)|' +
  '(?:запись об )?архитектурн(?:ом|ое) решени(?:и|е)|アーキテクチャ(?:決定記録|ディシジョンレコード|決定)|アーキテクチャ決定記録|' +
  '(?:registro delle )?decision[ei] architettural[ei]|아키텍처 결정 ?(?:기록|레코드)?|(?:zapis )?decyzj[ai] architektoniczn(?:a|ej)';
const TITLE_WORDS = 'titles?|short title|name|标题|標題|题目|título|titulo|titel|titre|название|заголовок|タイトル|題名|titolo|제목|tytuł';

const KIND = new RegExp(`^(?:${KINDS})$`, 'iu');
const TITLE = new RegExp(`^(?:${TITLE_WORDS})$`, 'iu');
const LABELLED = new RegExp(`^\\s{0,3}(?:${KINDS}|${TITLE_WORDS})\\s{0,2}(?:[:：]|[–—|]|-(?=\\s))\\s{0,3}(?=\\S)`, 'iu');

/** The words of a heading for comparing: no numbers, no punctuation, no emoji, in lower case. */
const wordsOf = (heading: string): string =>
  heading
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^\p{L}\p{M}]+/gu, ' ')
    .trim();

/** Whether a heading names a part that every record has, such as `## 2. Context` or `## Entscheidung`. */
export const isSectionLabel = (heading: string): boolean => SECTIONS.has(wordsOf(heading));

/**
 * Whether a heading says only that this is a record, or which number it has: `ADR-0001`, `Architecture Decision Record 7`, `0007`, `A-13`.
 * @param number of the file, if it has one: `GHC 2021` in file 380 is a title
 */
export function isRecordLabel(heading: string, number?: string): boolean {
  const words = wordsOf(heading);
  if (words === '') return /\d/.test(heading);
  const lettered = /^\W{0,4}([A-Z]{1,6})[-_ ]?0*(\d{1,5})\W{0,4}$/.exec(heading);
  if (lettered !== null) return KIND.test(lettered[1] ?? '') || number === undefined || lettered[2] === number;
  return KIND.test(words) || (/^\p{L}{0,30} (?:m?adr|rfc)$/u.test(words) && KIND.test(words.replace(/ \S+$/, ''))) || isNumberedKind(words);
}

/** `Architecture Decision Record (ADR) 7`, `Architecture Decision Record: ADR-7`. */
const isNumberedKind = (words: string): boolean => / (?:m?adr|rfc|no|number)$/.test(words) && KIND.test(words.replace(/ \S+$/, ''));

/** Whether a heading announces the title, as in `## Title`. */
export const isTitleLabel = (heading: string): boolean => TITLE.test(wordsOf(heading));

/** How many characters a label before a title takes: `Architecture Decision Record: `, `Title: `; 0 where there is none. */
export const labelLength = (heading: string): number => LABELLED.exec(heading)?.[0].length ?? 0;
