/**
 * Text that Markdown shows as written, whatever a repository contains. `MarkdownString.appendText` would do, but for its spaces: it makes them
 * non-breaking, so that lines break inside words. A dollar sign is written as an entity, so that it begins no icon either.
 */
export const markdownText = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[!-/:-@[-`{-~]/g, (mark) => (mark === '$' ? '&#36;' : `\\${mark}`));
