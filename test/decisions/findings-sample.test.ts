import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { materialise } from '../../kb-samples/materialise.mjs';
import { isUnchangeable } from '../../server/code/unchangeable.ts';
import { openEngine } from '../../server/engine/engine.ts';
import { ruleOf } from '../../server/engine/rules.ts';
import type { FileFindings } from '../../server/model/answer.ts';
import type { Engine } from '../../server/model/engine.ts';
import type { Finding } from '../../server/model/finding.ts';
import { temporaryFolder } from '../support/folder.ts';

interface Cited {
  readonly path: string;
  readonly text: string;
}
interface Cases {
  readonly citesWell: readonly (Cited & { readonly record: string })[];
  readonly citesAmbiguous: readonly (Cited & { readonly candidates: readonly string[] })[];
  readonly citesRotten: readonly (Cited & { readonly was: string; readonly now: string | null; readonly misleads?: string })[];
  readonly citesForeign: readonly Cited[];
  readonly citesSuperseded: readonly (Cited & { readonly record: string; readonly inForce: string })[];
  readonly supersessions: readonly { readonly old: string; readonly new: string; readonly kind: string }[];
}

const cases = JSON.parse(readFileSync(join(import.meta.dirname, '../../kb-samples/cases.json'), 'utf8')) as Cases;
const work = temporaryFolder('lintel-findings');
const folder = join(work.path, 'shop');
let engine: Engine;
let all: readonly FileFindings[];

beforeAll(async () => {
  await materialise(folder);
  engine = await openEngine({ folder, indexFolder: join(work.path, 'index') });
  await engine.index();
  all = await engine.allFindings(undefined, true);
});
afterAll(async () => {
  await engine?.dispose();
  work.remove();
});

const lineOf = ({ path, text }: Cited): number =>
  readFileSync(join(folder, path), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text));
const problemsOn = (cited: Cited): Finding[] => {
  const line = lineOf(cited);
  expect(line).toBeGreaterThanOrEqual(0);
  return all
    .filter(({ document }) => document.path === cited.path)
    .flatMap(({ findings }) => findings)
    .filter(({ span }) => span.start.line === line);
};
const related = ({ related = [] }: Finding): string[] => related.map(({ path }) => path);

describe('the sample shop', () => {
  it('has no finding where it cites well', () => {
    for (const cited of cases.citesWell) expect([cited.text, problemsOn(cited).map(({ rule }) => rule)]).toEqual([cited.text, []]);
  });

  it('resolves what it cites ambiguously to just the records that may be meant', async () => {
    for (const cited of cases.citesAmbiguous) {
      const here = (await engine.citations({ path: cited.path })).filter(({ span }) => span.start.line === lineOf(cited));
      expect(here.map(({ targets }) => targets.map(({ path }) => path).sort())).toContainEqual([...cited.candidates].sort());
    }
  });

  it('has a finding for every ambiguous citation outside of fixtures, with a fix for each record', () => {
    for (const cited of cases.citesAmbiguous) {
      const found = problemsOn(cited);
      if (cited.path.includes('/fixtures/')) expect(found).toEqual([]);
      else {
        expect(found).toMatchObject([{ rule: 'cites-ambiguous' }]);
        expect(related(found[0] as Finding).sort()).toEqual([...cited.candidates].sort());
        expect(found[0]?.fixes).toHaveLength(cited.candidates.length);
      }
    }
  });

  it('has a finding for every citation of a path that is gone, which says where the record is now', () => {
    for (const cited of cases.citesRotten) {
      const [found, ...others] = problemsOn(cited);
      expect(others).toEqual([]);
      expect(found?.rule).toBe(cited.misleads ? 'cites-ambiguous' : 'cites-nothing');
      if (cited.now === null || isUnchangeable(cited.path)) expect(found?.fixes).toBeUndefined();
      else {
        expect(related(found as Finding)).toContain(cited.now);
        expect(found?.fixes?.map(({ edits }) => edits[0]?.text)).toContainEqual(
          cited.misleads ? expect.stringMatching(/^0011-/) : cited.now,
        );
      }
    }
  });

  it('has findings for citations of other repositories and of superseded records', () => {
    for (const cited of cases.citesForeign) expect(problemsOn(cited)).toMatchObject([{ rule: 'cites-foreign', severity: 'hint' }]);
    for (const cited of cases.citesSuperseded) {
      const found = problemsOn(cited);
      expect(found).toMatchObject([{ rule: 'cites-superseded' }]);
      expect(related(found[0] as Finding)).toEqual([cited.record, cited.inForce]);
      if (isUnchangeable(cited.path)) expect([found[0]?.fixes, found[0]?.severity]).toEqual([undefined, 'info']);
      else expect(found[0]?.fixes).toHaveLength(1);
    }
  });

  it('has a finding for the record that a later one reverses in prose, and for no other supersession', () => {
    for (const { old, new: next, kind } of cases.supersessions) {
      const rules = (path: string) =>
        all
          .filter(({ document }) => document.path === path)
          .flatMap(({ findings }) => findings.map(({ rule }) => rule))
          .filter((rule) => rule === 'reversed-in-force' || rule === 'supersedes-without-back-link');
      expect([old, rules(old)]).toEqual([old, kind === 'reversed-in-prose' ? ['reversed-in-force'] : []]);
      expect([next, rules(next)]).toEqual([next, []]);
    }
  });

  it('says of an open file what it says of the whole, and follows the text of the editor', async () => {
    for (const { document, findings } of all) {
      const one = await engine.findings(document.path ?? '');
      expect([document.path, one?.findings]).toEqual([document.path, findings]);
    }
    const path = 'services/orders/src/orders/order.ts';
    expect((await engine.findings(path, '// ADR-0014\n'))?.findings).toEqual([]);
    expect((await engine.findings(path, '// ADR-0006\n'))?.findings).toMatchObject([{ rule: 'cites-superseded' }]);
    expect(await engine.findings('storefront/web/public/logo.svg')).toBeUndefined();
  });

  it('gives the same bytes twice, in the order of the paths', async () => {
    expect(JSON.stringify(await engine.allFindings(undefined, true))).toBe(JSON.stringify(all));
    const paths = all.map(({ document }) => document.id);
    expect(paths).toEqual([...paths].sort());
  });
});

describe('findings that nobody waits for', () => {
  it('are not looked for, of one file or of all, and reject with the reason of the signal', async () => {
    const reason = new Error('The editor asks no more.');
    await expect(engine.findings('services/orders/src/orders/order.ts', undefined, AbortSignal.abort(reason))).rejects.toBe(reason);
    await expect(engine.allFindings(AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const pending = engine.allFindings(controller.signal);
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
    expect(await engine.allFindings(new AbortController().signal, true)).toEqual(all);
  });

  it('and those of the sample are of rules of the registry', () => {
    const ids = new Set(all.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
    expect([...ids].filter((id) => ruleOf(id) === undefined)).toEqual([]);
    expect(ids.size).toBeGreaterThan(3);
  });
});
