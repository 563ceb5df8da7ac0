import type { CodeRule } from './code-rule.ts';

/** A number that looks like one of ours and is of another repository. Nothing is wrong; a reader should not look for it here. */
export const citesForeign: CodeRule = ({ foreign, text, span, form }) =>
  foreign === undefined || form !== 'number'
    ? undefined
    : {
        rule: 'cites-foreign',
        severity: 'hint',
        message: `"${text}" is a record of ${foreign}, not of this repository.`,
        span,
      };
