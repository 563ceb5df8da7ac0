import { routeSegments } from './route-path.ts';
import type { SpecPlace } from './spec-places.ts';

/** Where specs go that name no host, as configurations and set-up files say. */
export interface Bases {
  /** Hosts in lower case, without ports; those that only a run knows are left out. */
  readonly hosts: readonly string[];
  /** Paths in front of all routes, as segments. */
  readonly prefixes: readonly (readonly string[])[];
}

const ABSOLUTE = /^(?:https?|wss?):\/\/(?:[^@/\s]{0,200}@)?([^/?#\s:]*)(?::\d{1,5})?([^?#\s]*)/i;
const LOCAL = /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal|[^.]*)$/;
/** Settings by which a test says where it goes: `baseURL: '...'`, `Capybara.app_host = '...'`, `RestAssured.basePath = "..."`, `Cypress.config('baseUrl', '...')`. */
const SETTING =
  /\b(?:base[_-]?ur[il]|app_host|base_?address|base_?path|launch_?url|site_?url)\b["'`]?\s*(?:=>|[=:,(]|\(\)\s*[:{]?\s*return)\s*(?:new\s+UR[IL]\w*\(\s*|[\w.[\]'"]{1,60}\s*(?:\|\||\?\?|or)\s*)?["'`](https?:\/\/[^"'`\s]{1,300}|\/[\w./-]{1,200})["'`]/gi;
const MOST_BASES = 20;
const LONGEST_TEXT = 200_000;

/** Addresses that a file of the suite sets for all that names no host. */
export const baseUrlsIn = (text: string): readonly string[] =>
  [...text.slice(0, LONGEST_TEXT).matchAll(SETTING)].slice(0, MOST_BASES).map(([, url = '']) => url);

/** What addresses say of the routes of specs. */
export function basesOf(urls: readonly string[]): Bases {
  const hosts = new Set<string>();
  const prefixes = new Map<string, readonly string[]>();
  for (const url of urls.slice(0, MOST_BASES)) {
    const [, host = '', path = url] = ABSOLUTE.exec(url) ?? [];
    if (host !== '' && !/[${}<>*]/.test(host)) hosts.add(host.toLowerCase());
    const segments = path.startsWith('/') ? routeSegments(path) : undefined;
    if (segments?.every((segment) => segment !== '{}')) prefixes.set(segments.join('/'), segments);
  }
  return { hosts: [...hosts], prefixes: [...prefixes.values()] };
}

/** The end of a host that its owner shares with no other: `shop.example.com` and `api.example.com` belong together. */
const ownerOf = (host: string): string => host.split('.').slice(-2).join('.');

/** Whether an address is at a host of somebody else: where the product is, is known, and this is not there. */
const isForeign = (text: string, hosts: readonly string[]): boolean => {
  const host = ABSOLUTE.exec(text)?.[1]?.toLowerCase();
  const known = hosts.filter((one) => !LOCAL.test(one));
  return (
    host !== undefined &&
    host !== '' &&
    !/[${}<>*#]/.test(host) &&
    !LOCAL.test(host) &&
    known.length > 0 &&
    !known.some((one) => ownerOf(one) === ownerOf(host))
  );
};

/**
 * The places of a spec without and with the paths that its configuration puts in front: what the product serves may be written either way. Addresses at hosts
 * of others are none.
 */
export function placesWithin({ hosts, prefixes }: Bases, places: readonly SpecPlace[]): readonly SpecPlace[] {
  if (hosts.length + prefixes.length === 0) return places;
  return places.flatMap((place) => {
    if (place.how === 'run') return [place];
    if (isForeign(place.text, hosts)) return [];
    if (place.helper !== undefined) return [place];
    const isAbsolute = ABSOLUTE.test(place.text);
    return [
      place,
      ...prefixes.flatMap((prefix): SpecPlace[] => {
        if (prefix.every((segment, at) => segment === place.segments[at]))
          return place.segments.length > prefix.length || place.how === 'visit'
            ? [{ ...place, segments: place.segments.slice(prefix.length) }]
            : [];
        return isAbsolute ? [] : [{ ...place, segments: [...prefix, ...place.segments] }];
      }),
    ];
  });
}
