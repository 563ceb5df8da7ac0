import { plainWord } from '../languages/words.ts';

const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' ').map(plainWord));

/** Words for a template in the languages in which records are read; without accents. */
const TEMPLATE = wordSet(
  'template templates tmpl vorlage vorlagen dokumentvorlage plantilla plantillas modele modeles gabarit modelo modelos sjabloon sjablonen szablon szablony wzor ' +
    'шаблон шаблоны шаблони taslak sablon sablona sablony vzor skabelon mall malli mau',
);
const UNSPACED_TEMPLATE = /テンプレート|テンプレ|ひな形|雛形|雛型|模板|模版|范本|範本|样板|樣板|템플릿|서식/gu;

/** Words for a list of records; without accents. */
const INDEX = wordSet(
  'readme liesmich leeme leiame lisezmoi index indice indices indeks indexe toc summary overview list lists contents sidebar log ' +
    'inhalt inhaltsverzeichnis ubersicht uebersicht verzeichnis liste listado lista sommaire sumario resumen sommario indhold inhoud inhoudsopgave overzicht ' +
    'lijst spis tresci wykaz przeglad оглавление содержание список индекс указатель обзор зміст перелік огляд icindekiler dizin obsah seznam prehled',
);
const UNSPACED_INDEX = /目次|一覧|索引|目录|目錄|清单|清單|总览|總覽|목차|목록|색인/gu;

/** Words for a page about how records are written; without accents. */
const PAGE = wordSet(
  'skill process processes prozess proceso processo processus procedure procedimiento procedimento procedura proces процесс процес guide guia guidelines ' +
    'leitfaden anleitung richtlinien handleiding richtlijnen przewodnik руководство инструкция посібник инструкции kilavuz navod',
);
const UNSPACED_PAGE = /手順|ガイドライン|ガイド|プロセス|流程|指南|规范|規範|가이드|프로세스/gu;

/** Words that a template or a list may have beside those above, because they say no more than that it is about records. */
const BESIDE = wordSet(
  'adr adrs madr rfc rfcs kep tep pep qep eip decision decisions record records proposal proposals enhancement design doc document standard standards ' +
    'short long bare minimal full example sample nygard my our your new basic simple lightweight extended detailed the a an of for with ' +
    'architecture architectural architektur architekturentscheidung architekturentscheidungen entscheidung entscheidungen entscheidungs arquitectura arquitetura ' +
    'arquitectonica arquitectonicas registro registros decisao decisoes decisiones decisione decisioni architettura architetturale architetturali ' +
    'enregistrement enregistrements architecturale architecturales beslissing beslissingen besluit besluiten architectuur decyzja decyzje decyzji architektury architektoniczna ' +
    'architektoniczne решение решения решений архитектура архитектуры архитектурное архитектурные архитектурных рішення рішень архітектури karar kararlar kayit mimari ' +
    'rozhodnuti architektury zaznam der die das fur zu ein eine de da do del della delle des du la le les el los las para pour per di d l voor van dla do pre',
);
const UNSPACED_BESIDE =
  /アーキテクチャ|アーキテクチャー|意思決定|決定|記録|設計|架构|架構|决策|決策|记录|紀錄|设计|文档|文件|아키텍처|의사결정|결정|기록|설계|문서|用|の|的/gu;

/** Codes of languages as they end names: `template.ja`, `README-zh-CN`. */
const LANGUAGE = /^(?:en|de|es|fr|pt|ptbr|br|it|ja|jp|zh|cn|tw|hans|hant|ko|kr|ru|uk|ua|pl|nl|tr|cs|cz|sv|da|no|nb|fi|hu|vi|us|gb)$/;
/** What stands where a number goes: `0000`, `NNNN`, `XXXX`, `vN`, `YYYY`. */
const PLACE_HOLDER = /^(?:0+|n{1,5}|x{2,5}|v?[nx]|yyyy|yy|mm|dd|num|number|id|nr)$/;
/** As above; a template may also be the first in its folder. */
const FIRST_OR_PLACE_HOLDER = /^(?:0*1|0+|n{1,5}|x{2,5}|v?[nx\d]|yyyy|yy|mm|dd|num|number|id|nr)$/;
/** Letters of a series before such a place: `scs-XXXX`, `QEP-0`, `ODH-ADR-0000`. */
const SERIES_LETTERS = /^[a-z]{2,6}$/;
/** `template-for-x`, `template-v2`: whatever follows, the file is a template. */
const TEMPLATE_FOR =
  /^(?:(?:m?adr|rfc|kep|tep|decision|record|proposal|enhancement|design|doc)[-_ .]?){0,3}templates?[-_ .](?:for|v?\d+|nygard|madr)(?:[-_ .]|$)/;
const PLACEHOLDER_NAME =
  /^(?:(?:m?adr|rfc|kep)[-_]?)?(?:x{3,}|n{3,}|0{4}|yyyy-?mm-?dd)[-_]+(?:template|title|name|rfc-title|short|your|my|example|feature).*$/;
/** Names that count only as a whole. */
const WHOLE_INDEX = /^(?:_category_|table-of-contents|adr-?(?:index|log|list|toc|summary)|decision-?log)$/;
const OTHER_PAGE =
  /^(?:contributing|changelog|license|licence|code_of_conduct|glossary|how-?to.*|about|faq|maintainers|owners|agents|claude|workflow|instructions|conventions|.*[-_]process|.*[-_]checklist|cheat-?builder)$/;

// Folders that contain little but records. A leading dot is not part of the name: `.decisions`, `.adr`.
const RECORD_FOLDER =
  /^\.?(?:m?adrs?|(?:(?:architect(?:ure|ural)|design|technical|tech)[-_ ]?)?decisions?(?:[-_ ]?(?:records?|logs?|register))?|ard|rfcs?|keps?|teps?|oeps?|peps?|jeps?|xeps?|(?:\w+[-_])?(?:adrs?|rfcs?))$/;
// The same in other languages. Words with a second meaning ("решения" are also solutions of exercises) need the word for architecture beside them.
const FOREIGN_RECORD_FOLDER =
  /^\.?(?:(?:architektur-?)?entscheidungen|entscheidungs(?:log|protokolle?|register)|(?:registros?[-_ ]de[-_ ])?decis(?:o|õ)es(?:[-_ ](?:de[-_ ])?arquitetur(?:a|ais))?|(?:registros?[-_ ]de[-_ ])?decisiones(?:[-_ ](?:de[-_ ])?arquitectura|[-_ ]arquitect(?:o|ó)nicas)?|decisioni(?:[-_ ]architetturali)?|d(?:e|é)cisions(?:[-_ ](?:d[-_'’])?architectur(?:e|ales))?|beslissingen|arkitekturbeslut|decyzje[-_ ]architektoniczne|архитектурные[-_ ]решения|决策|(?:架构)?决策记录|架构决策|(?:アーキテクチャ)?(?:意思)?決定記録|アーキテクチャ決定|(?:아키텍처[-_ ]?)?결정[-_ ]?기록)$/u;

/** A longer name says more than that it is a template. */
const LONGEST_NAME = 100;

/**
 * Whether a name consists of words of a kind and words that say nothing else: `0000-adr-template-de`, `PLANTILLA`, `index_ja`.
 * @param unspaced words of the kind in scripts without spaces
 */
const isMadeOf = (stem: string, kind: ReadonlySet<string>, unspaced: RegExp, placeHolder: RegExp): boolean => {
  if (stem.length > LONGEST_NAME) return false;
  const [word = ''] = kind;
  const spaced = stem.normalize('NFC').replace(unspaced, ` ${word} `).replace(UNSPACED_BESIDE, ' ');
  const parts = spaced
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((part) => part !== '')
    .map(plainWord);
  let found = false;
  for (const [at, part] of parts.entries()) {
    if (kind.has(part)) found = true;
    else if (BESIDE.has(part) || placeHolder.test(part) || (LANGUAGE.test(part) && parts.length > 1)) continue;
    else if (!(at === 0 && SERIES_LETTERS.test(part) && placeHolder.test(parts[BESIDE.has(parts[1] ?? '') ? 2 : 1] ?? ''))) return false;
  }
  return found;
};

/** Whether a name is that of a template or of a place holder such as `NNNN-title`. @param stem without extension, lower case */
export const isTemplate = (stem: string): boolean =>
  isMadeOf(stem, TEMPLATE, UNSPACED_TEMPLATE, FIRST_OR_PLACE_HOLDER) || TEMPLATE_FOR.test(stem) || PLACEHOLDER_NAME.test(stem);

/** Whether a name is that of a list of records, in any language. */
export const isListName = (stem: string): boolean => WHOLE_INDEX.test(stem) || isMadeOf(stem, INDEX, UNSPACED_INDEX, PLACE_HOLDER);

/** Whether a name is that of a page about how records are written, or of a page that has nothing to do with them. */
export const isPageName = (stem: string): boolean => OTHER_PAGE.test(stem) || isMadeOf(stem, PAGE, UNSPACED_PAGE, PLACE_HOLDER);

/** Whether a name is that of an index of records, or of a page about how they are written. */
export const isIndex = (stem: string): boolean => isListName(stem) || isPageName(stem);

/** Whether a folder contains little but records, by its name in lower case. */
export const isFolderOfRecords = (folder: string): boolean => RECORD_FOLDER.test(folder) || FOREIGN_RECORD_FOLDER.test(folder);
