export { citationForm, citationOf } from './authoring/citation-form.ts';
export { commentEdit } from './authoring/comments.ts';
export { graphOf, summariesOf, summaryOf } from './authoring/graph.ts';
export { type BrokenRule, isMoreThanNear, type KnownOf, kindredOf } from './authoring/kindred.ts';
export type { DraftPart, KnownSentence, KnownSource } from './authoring/known.ts';
export { materialFor, readRecordText } from './authoring/material.ts';
export { cleanTitle, draftEdits, draftOf, draftPhrases } from './authoring/new-decision.ts';
export { type ReadRecord, readText } from './authoring/slots.ts';
export { hasTitle, supersession } from './authoring/supersede.ts';
export type { KinPhrases } from './authoring/wording/phrases.ts';
export {
  afterIgnores,
  atLevels,
  CHECKED_BYTES,
  codeFindingsWithoutIndex,
  FINDING_RULES,
  type FindingContext,
  findingContext,
  findingsOfAllCode,
  findingsOfAllDocuments,
  findingsOfCode,
  findingsOfDocument,
  findingsWithoutIndex,
  ignoreFix,
  type OthersByPath,
  toldOnce,
} from './findings/index.ts';
export { type JudgedReference, judgeReferences, type LineFacts } from './findings/lines/judge.ts';
export type { KeptBackgrounds } from './governing/background.ts';
export { type Background, type Closeness, MEASURES } from './governing/closeness.ts';
export { WhyAnswers } from './governing/why-answers.ts';
export { reachOf } from './reach/reach.ts';
