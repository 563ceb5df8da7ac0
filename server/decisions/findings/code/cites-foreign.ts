import type { CodeRule } from './code-rule.ts';

/** RFC 8949 is of the IETF, and everybody knows; KEP 1880 likewise of Kubernetes. */
const isOfTheWorld = (text: string): boolean => !/^(?:m?adr|decision)/i.test(text);

/** A number that looks like one of ours and is of another repository. Nothing is wrong; a reader should not look for it here. */
export const citesForeign: CodeRule = ({ foreign, text, span, form }, { register }) => {
  if (foreign === undefined || form !== 'number') return undefined;
  const number = Number(/\d+$/.exec(text)?.[0]);
  if (isOfTheWorld(text) && !register.catalogue.byNumber.has(`rfc:${number}`)) return undefined;
  return { rule: 'cites-foreign', severity: 'hint', message: `"${text}" is a record of ${foreign}, not of this repository.`, span };
};
