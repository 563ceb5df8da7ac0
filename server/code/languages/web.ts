import type { Language } from './language.ts';
import { lineOf, MARKS, PAGE_LIKE, SCRIPT_LIKE } from './syntax.ts';

export const CSS: Language = { id: 'css', extensions: ['css'], ...SCRIPT_LIKE, commentMarks: MARKS.star, hyphenatedNames: true };

/** Sass and Less: CSS with comments to the end of the line. */
export const SCSS: Language = { id: 'scss', extensions: ['scss', 'less'], ...SCRIPT_LIKE, hyphenatedNames: true };

export const VUE: Language = { id: 'vue', extensions: ['vue'], ...PAGE_LIKE, imports: [lineOf('import')], hyphenatedNames: true };

export const SVELTE: Language = { id: 'svelte', extensions: ['svelte'], ...PAGE_LIKE, imports: [lineOf('import')], hyphenatedNames: true };
