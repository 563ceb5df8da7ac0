import type { Language } from './language.ts';
import { BLOCK, C_LIKE, DASHES, DOUBLE, HASH, LONG_STRING, lineOf, MARKS, SINGLE } from './syntax.ts';

export const SQL: Language = {
  id: 'sql',
  extensions: ['sql'],
  comments: [DASHES, BLOCK],
  commentMarks: MARKS.dashes,
  strings: [SINGLE],
};

export const PROTO: Language = { id: 'proto', extensions: ['proto'], ...C_LIKE, imports: [lineOf('import')] };

export const GRAPHQL: Language = {
  id: 'graphql',
  extensions: ['graphql', 'graphqls', 'gql'],
  // Descriptions are strings by their syntax, and comments by what they are for.
  comments: [HASH, { opens: ['"""', "'''"], pattern: LONG_STRING }],
  commentMarks: MARKS.hash,
  strings: [DOUBLE],
};

export const PRISMA: Language = { id: 'prisma', extensions: ['prisma'], ...C_LIKE };
