import type { Language } from './language.ts';
import { BLOCK, DOUBLE, HASH, MARKS, MARKUP, SLASHES, VALUES_LIKE } from './syntax.ts';

export const YAML: Language = { id: 'yaml', extensions: ['yaml', 'yml'], fileNames: ['Procfile'], ...VALUES_LIKE, hyphenatedNames: true };

export const TOML: Language = { id: 'toml', extensions: ['toml'], ...VALUES_LIKE };

export const INI: Language = {
  id: 'ini',
  extensions: ['ini', 'cfg', 'conf', 'properties'],
  fileNames: ['.env.example', '.env.sample'],
  comments: [HASH, { opens: [';'], pattern: String.raw`^[ \t]*;[^\n]*` }],
  commentMarks: MARKS.hash,
  strings: [],
};

/** JSON and XML are data, except for the few files that people write by hand. */
export const JSON_FILE: Language = {
  id: 'json',
  extensions: [],
  fileNames: ['package.json', 'tsconfig.json', 'composer.json', 'appsettings.json'],
  comments: [SLASHES, BLOCK],
  commentMarks: 'none',
  strings: [DOUBLE],
};

export const XML: Language = {
  id: 'xml',
  extensions: [],
  fileNames: ['pom.xml'],
  comments: [MARKUP],
  commentMarks: MARKS.markup,
  strings: [DOUBLE],
};

export const REQUIREMENTS: Language = {
  id: 'requirements',
  extensions: [],
  fileNames: ['requirements.txt'],
  ...VALUES_LIKE,
  hyphenatedNames: true,
};
