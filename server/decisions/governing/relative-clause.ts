const SUBJECT = /^its\s/;
/** A verb in the third person: `names`, `is`, `belongs`. */
const VERB = /^(?:names|is|belongs|describes|mentions)\s/;

/** An explanation as a clause about the document that it belongs to: `names x` becomes `which names x`, `cited on line 3` `which is cited on line 3`. */
export const relativeClause = (explanation: string): string =>
  SUBJECT.test(explanation)
    ? explanation.replace(SUBJECT, 'whose ')
    : `which ${VERB.test(explanation) ? '' : 'is '}${explanation}`.replace(/^which is written/, 'which was written');
