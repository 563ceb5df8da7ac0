import type { LineRange } from '../../model/span.ts';
import { xmlTags } from '../runs/formats/xml.ts';
import { type Coverage, coveredByCounts, lineOf, MOST_SOURCES } from './covered-lines.ts';

/** Whether a text is coverage in the XML of Cobertura, Clover or JaCoCo. */
export const isXmlCoverage = (text: string): boolean =>
  /^<(?:\?xml|!|coverage\b|report\b)/.test(text) &&
  /<(?:coverage|report)[\s>]/.test(text.slice(0, 10_000)) &&
  !/<testsuites?[\s>]/.test(text.slice(0, 10_000));

/** Reads coverage of Cobertura, Clover and JaCoCo: sources with a count for each line. Never throws. */
export function readXmlCoverage(text: string): Coverage {
  const counts = new Map<string, Map<number, number>>();
  let folder = '';
  let source: string | undefined;
  let complete = true;
  const tags = xmlTags(text);
  let next = tags.next();
  for (; !next.done; next = tags.next()) {
    const { kind, name, attributes } = next.value;
    if (kind !== 'open') continue;
    if (name === 'package') folder = attributes.get('name') ?? '';
    else if (name === 'class' && attributes.has('filename')) source = attributes.get('filename');
    else if (name === 'file') source = attributes.get('path') ?? attributes.get('name');
    else if (name === 'sourcefile') source = `${folder}/${attributes.get('name') ?? ''}`;
    else if (name === 'line' && source !== undefined) {
      const line = lineOf(attributes.get('number') ?? attributes.get('num') ?? attributes.get('nr'));
      const count = Number(attributes.get('hits') ?? attributes.get('count') ?? attributes.get('ci') ?? 0);
      if (line === undefined) continue;
      const own = counts.get(source) ?? new Map<number, number>();
      if (counts.size >= MOST_SOURCES && !counts.has(source)) complete = false;
      else counts.set(source, own.set(line, Math.max(own.get(line) ?? 0, Number.isNaN(count) ? 0 : count)));
    }
  }
  const files = new Map<string, readonly LineRange[]>();
  for (const [path, lines] of counts) {
    const covered = coveredByCounts(lines);
    if (covered.length > 0) files.set(path, covered);
  }
  return { tests: [{ name: '', files }], complete: complete && next.value };
}
