import { decodeText } from '../../text/decode.ts';
import { isCoveragePy, readCoveragePy } from './coverage-py.ts';
import type { Coverage } from './covered-lines.ts';
import { isGoProfile, readGoProfile } from './go-profile.ts';
import { isIstanbul, readIstanbul } from './istanbul.ts';
import { isLcov, readLcov } from './lcov.ts';
import { isV8, readV8 } from './v8.ts';
import { isXmlCoverage, readXmlCoverage } from './xml-coverage.ts';

/** A coverage file that was read, or a sentence for people on why not. */
export type ReadCoverage = Coverage | { readonly refused: string };

const NO_COVERAGE = 'It is no coverage of LCOV, Istanbul, V8, Go, coverage.py, Cobertura, Clover or JaCoCo.';

const ofJson = (value: unknown): ReadCoverage => {
  if (isIstanbul(value)) return readIstanbul(value);
  if (isCoveragePy(value)) return readCoveragePy(value);
  if (!isV8(value)) return { refused: NO_COVERAGE };
  const coverage = readV8(value);
  return coverage.tests.some(({ files }) => files.size > 0)
    ? coverage
    : { refused: 'It is coverage of V8 about generated code: convert it to LCOV or to the JSON of Istanbul.' };
};

/**
 * Reads coverage, whatever the name of the file. Never throws.
 * @param cut whether these bytes are only the beginning of the file
 */
export function readCoverage(bytes: Uint8Array, cut = false): ReadCoverage {
  const decoded = decodeText(bytes);
  if ('binary' in decoded) return { refused: 'It is not a text.' };
  const text = decoded.text.trimStart();
  if (text === '') return { refused: 'It is empty.' };
  const whole = (coverage: Coverage): Coverage => (cut ? { ...coverage, complete: false } : coverage);
  if (isGoProfile(text)) return whole(readGoProfile(text));
  if (isXmlCoverage(text)) return whole(readXmlCoverage(text));
  if (/^[[{]/.test(text)) {
    try {
      return ofJson(JSON.parse(text));
    } catch {
      return { refused: cut ? 'It is larger than 64 MB.' : 'It is JSON that ends too early or is damaged.' };
    }
  }
  return isLcov(text) ? whole(readLcov(text)) : { refused: NO_COVERAGE };
}
