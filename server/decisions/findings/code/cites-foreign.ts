import { defineRule } from '../../../model/finding.ts';
import { quotedMention } from '../../../text/record-numbers.ts';
import type { CodeRule } from './code-rule.ts';

/** RFC 8949 belongs to the IETF and KEP 1880 to Kubernetes; nobody needs a note on that. */
const isWellKnown = (text: string): boolean => !/^(?:m?adr|decision)/i.test(text);

export const citesForeign: CodeRule = {
  info: defineRule({
    id: 'cites-foreign',
    severity: 'hint',
    description: 'The number belongs to a record of another repository.',
    tags: ['code'],
  }),
  check({ foreign, text, span, form, namespace = 'adr' }, { register }) {
    if (foreign === undefined || form !== 'number') return undefined;
    const number = Number(/\d+$/.exec(text)?.[0]);
    if (isWellKnown(text) && !register.catalogue.byNumber.has(`${namespace}:${number}`)) return undefined;
    return { message: `"${quotedMention(text)}" is a record of ${foreign}, not of this repository.`, span };
  },
};
