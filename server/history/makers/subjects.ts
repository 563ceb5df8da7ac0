/** What the subject of a commit says about the kind of its changes. */
export interface SubjectKind {
  /** It reformats: layout, style, line endings, licence headers. */
  readonly isLayout: boolean;
  /** It renames, moves, migrates or tidies up, and means to change no behaviour. */
  readonly isTidying: boolean;
  /** It says that behaviour changes: a fix, a new feature. */
  readonly hasPurpose: boolean;
}

const LAYOUT =
  /\b(?:re-?format(?:s|ted|ting)?|formatt(?:ed|ing|er)|prettier|gofmt|goimports|rustfmt|cargo fmt|clang-format|black|yapf|isort|autopep8|pep-?8|eslint|tslint|rubocop|standardrb|golint|pylint|ktlint|spotless|checkstyle|php-cs-fixer|phpcs|stylecop|lint(?:s|ed|er|ing)?|white-?space|indent(?:s|ed|ing|ation)?|code style|coding standards?|line endings?|crlf|licen[cs]e headers?|copyright headers?|semicolons?|trailing commas?|import order|sort(?:ed)? imports?|organi[sz]e imports?|run fmt)\b|^(?:style|fmt|format)(?:\(.*\))?!?:|^(?:format|fmt|formatted)\b/i;
const TIDYING =
  /\b(?:renam(?:e|es|ed|ing)|mov(?:e|es|ed|ing)|relocat(?:e|es|ed|ing)|migrat(?:e|es|ed|ing|ion)|refactor(?:s|ed|ing)?|clean(?:s|ed|ing)?[ -]?up|cleanups?|tidy|split(?:s|ting)?|extract(?:s|ed|ing)?|convert(?:s|ed|ing)?|moderni[sz]e|typ(?:e|ing) (?:hints?|annotations?)|pep-?484|annotat(?:e|ions?)|moni?ker|upgrad(?:e|es|ed|ing)|bump|i18n|translat(?:e|able|ions?)|re-?organi[sz]e|restructur(?:e|ing)|namespac(?:e|es|ing)|simplif(?:y|ies|ied)|dedupe|spelling|typos?|nfc)\b|^(?:chore|refactor|build|ci|cleanup)(?:\(.*\))?!?:/i;
const PURPOSE = /\b(?:fix(?:es|ed)?|bug|feat(?:ure)?|prevent|avoid|allow|support|implement|ensure|handle|make sure)\b/i;

export const subjectKind = (subject: string): SubjectKind => ({
  isLayout: LAYOUT.test(subject),
  isTidying: TIDYING.test(subject),
  hasPurpose: PURPOSE.test(subject),
});
