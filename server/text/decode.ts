import type { Finding } from '../model/finding.ts';
import { lineIndex } from './lines.ts';

/** A file as text, with findings about its encoding; or a binary file, which no reader of text should see. */
type Decoded = { readonly text: string; readonly findings: readonly Finding[] } | { readonly binary: true };

/**
 * Decodes the bytes of a file. UTF-8 may have a byte order mark, UTF-16 needs one; the text is without it. Other bytes are decoded as Windows-1252
 * (a superset of Latin-1), with a `wrong-encoding` finding at the first character that is not UTF-8. A file that contains a NUL is binary. Line endings
 * are kept.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
  if (utf16 !== undefined) {
    const text = new TextDecoder(utf16).decode(bytes);
    return text.includes('\0') ? { binary: true } : { text, findings: [] };
  }
  if (bytes.includes(0)) return { binary: true };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), findings: [] };
  } catch {
    return decodeLegacy(bytes);
  }
}

function decodeLegacy(bytes: Uint8Array): Decoded {
  const text = new TextDecoder('windows-1252').decode(bytes);
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  // Windows-1252 has one character per byte, so an offset in the bytes is an offset in the text.
  const at = Buffer.byteLength(lenient.slice(0, lenient.indexOf('�')), 'utf8');
  const message =
    'This file is not UTF-8; it was read as Windows-1252, so some letters may be wrong. Save it as UTF-8 so that every reader sees the same letters.';
  return { text, findings: [{ rule: 'wrong-encoding', severity: 'warning', message, span: lineIndex(text).span(at, at + 1) }] };
}
