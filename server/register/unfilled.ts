/** Placeholders in braces, in the words of the templates for records. */
const UNFILLED =
  /\{(?:title|name|description|justification|short|describe|list|argument|option|positive|negative|pointer|link|decision)\b[^{}\n]{0,160}\}/i;

/** Whether a text is what is left of a template that nobody filled in, such as `Chosen option: "{title of option 1}", because {justification}`. */
export const isUnfilled = (text: string): boolean => UNFILLED.test(text);
