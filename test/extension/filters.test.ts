import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

interface Toggle {
  readonly dataset: { readonly kind?: string; readonly status?: string };
  disabled: boolean;
  pressed: string;
  click(): void;
}

interface Filters {
  readonly active: (group: 'kind' | 'status') => string[];
  readonly any: () => boolean;
  readonly set: (kinds: readonly string[], statuses: readonly string[]) => void;
  readonly onChange: (changed: () => void) => void;
}

const toggleOf = (dataset: Toggle['dataset']): Toggle => {
  const listeners: (() => void)[] = [];
  const toggle = {
    dataset,
    disabled: false,
    pressed: 'false',
    getAttribute: () => toggle.pressed,
    setAttribute: (_: string, value: string) => {
      toggle.pressed = value;
    },
    addEventListener: (_: string, listener: () => void) => void listeners.push(listener),
    click: () => {
      if (!toggle.disabled) for (const listener of listeners) listener();
    },
  };
  return toggle;
};

let toggles: readonly Toggle[];
let filters: Filters;
const named = (name: string): Toggle => toggles.find(({ dataset: { kind, status } }) => (kind ?? status) === name) ?? toggleOf({});
const disabled = (): string[] => toggles.filter((toggle) => toggle.disabled).map(({ dataset: { kind, status } }) => kind ?? status ?? '');

beforeEach(async () => {
  toggles = [
    ...['decision', 'specification', 'guide', 'commit'].map((kind) => toggleOf({ kind })),
    ...['accepted', 'superseded'].map((status) => toggleOf({ status })),
  ];
  vi.stubGlobal('document', { querySelectorAll: () => toggles, getElementById: () => null });
  vi.resetModules();
  // Not a plain import: pages are checked with the types of a browser, tests with those of Node.
  ({ filters } = await vi.importActual<{ readonly filters: Filters }>('../../extension/webview/search/filters.ts'));
  filters.onChange(() => undefined);
});
afterEach(() => void vi.unstubAllGlobals());

describe('the filters of the Search view', () => {
  it('grey out statuses while only kinds without one are wanted', () => {
    named('commit').click();
    expect(disabled()).toEqual(['accepted', 'superseded']);
    named('decision').click();
    expect(disabled()).toEqual([]);
  });

  it('grey out kinds without a status while one is wanted', () => {
    named('superseded').click();
    expect(disabled()).toEqual(['specification', 'commit']);
    expect(filters.active('status')).toEqual(['superseded']);
    named('superseded').click();
    expect(disabled()).toEqual([]);
    expect(filters.any()).toBe(false);
  });

  it('leave what is on usable, also where a saved state wants both', () => {
    filters.set(['commit'], ['superseded']);
    expect([named('commit').disabled, named('superseded').disabled]).toEqual([false, false]);
    named('commit').click();
    expect(filters.active('kind')).toEqual([]);
    expect(disabled()).toEqual(['specification', 'commit']);
  });
});
