import type { Language } from './language.ts';
import { block, DASHES, DOUBLE, HASH, lineOf, MARKS, SINGLE, VALUES_LIKE } from './syntax.ts';

const SHELL_DECLARATIONS = `
(function_definition name: (word) @name) @function
(program (variable_assignment name: (variable_name) @name) @constant)
(program (declaration_command (variable_assignment name: (variable_name) @name) @constant))
`;

export const SHELL: Language = {
  id: 'shell',
  extensions: ['sh', 'bash', 'zsh'],
  ...VALUES_LIKE,
  grammar: { name: 'bash', queries: { declarations: SHELL_DECLARATIONS } },
};

export const POWERSHELL: Language = {
  id: 'powershell',
  extensions: ['ps1', 'psm1'],
  comments: [block('<#', '#>'), HASH],
  commentMarks: MARKS.hash,
  strings: [DOUBLE, SINGLE],
  imports: [lineOf('using')],
  hyphenatedNames: true,
};

export const LUA: Language = {
  id: 'lua',
  extensions: ['lua'],
  comments: [block('--[[', ']]'), DASHES],
  commentMarks: MARKS.dashes,
  strings: [DOUBLE, SINGLE],
  imports: [String.raw`\brequire\(`],
};

export const R: Language = { id: 'r', extensions: ['r'], ...VALUES_LIKE };
