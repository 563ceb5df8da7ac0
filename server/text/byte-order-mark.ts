const BYTE_ORDER_MARK = '\uFEFF';

/** A text without the byte order mark that some editors write at the start of a file. Positions in a text never count it. */
export const withoutBom = (text: string): string => (text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text);

/** The byte order mark of a text, or nothing, for writing the text back as it was. */
export const bomOf = (text: string): string => (text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '');
