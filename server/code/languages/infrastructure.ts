import type { Language } from './language.ts';
import { BLOCK, C_LIKE, DOCSTRING, DOUBLE, HASH, LONG_STRING, MARKS, SINGLE, SLASHES, VALUES_LIKE } from './syntax.ts';

export const DOCKERFILE: Language = {
  id: 'dockerfile',
  extensions: ['dockerfile'],
  fileNames: ['Dockerfile', 'Containerfile'],
  fileNamePrefix: 'dockerfile.',
  ...VALUES_LIKE,
};

export const MAKE: Language = { id: 'make', extensions: ['mk'], fileNames: ['Makefile', 'GNUmakefile'], ...VALUES_LIKE };

export const CMAKE: Language = { id: 'cmake', extensions: ['cmake'], fileNames: ['CMakeLists.txt'], ...VALUES_LIKE };

export const STARLARK: Language = {
  id: 'starlark',
  extensions: ['bzl', 'bazel', 'star'],
  fileNames: ['BUILD', 'WORKSPACE', 'Tiltfile'],
  comments: [DOCSTRING, HASH],
  commentMarks: MARKS.hash,
  strings: [LONG_STRING, DOUBLE, SINGLE],
};

export const NIX: Language = { id: 'nix', extensions: ['nix'], comments: [HASH, BLOCK], commentMarks: MARKS.hash, strings: [DOUBLE] };

export const HCL: Language = {
  id: 'hcl',
  extensions: ['tf', 'tfvars', 'hcl'],
  comments: [HASH, SLASHES, BLOCK],
  commentMarks: MARKS.hash,
  strings: [DOUBLE, SINGLE],
};

export const BICEP: Language = { id: 'bicep', extensions: ['bicep'], ...C_LIKE };
