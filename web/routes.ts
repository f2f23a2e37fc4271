// The addresses of the pages, `#/page/id?filters`, so that every view can be kept and sent; a router of a few lines.

import { createSubscriber } from 'svelte/reactivity';

export const PAGES = [
  'map',
  'alerts',
  'cells',
  'cell',
  'coverage',
  'capacity',
  'stars',
  'star',
  'predictions',
  'dispatch',
  'intake',
  'calendar',
] as const;
export type Page = (typeof PAGES)[number];

export interface Route {
  page: Page;
  /** The cell of the cell page, the pseudonym of the page of one person. */
  id?: string;
  query: URLSearchParams;
}

export type Filters = Record<string, string | null | undefined>;

/** Reads a location hash; what is not known leads to the map. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [first = '', id] = path.split('/');
  const page = PAGES.find((known) => known === first) ?? 'map';
  return { page, id: id ? decode(id) : undefined, query: new URLSearchParams(search) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of a page; filters that are null, undefined or empty are left out. */
export function address(page: Page, id?: string, filters: Filters = {}): string {
  const query = withFilters(new URLSearchParams(), filters).toString();
  return `#/${page}${id ? `/${encodeURIComponent(id)}` : ''}${query ? `?${query}` : ''}`;
}

function withFilters(query: URLSearchParams, filters: Filters): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(filters)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

const listeners = new Set<() => void>();
const subscribe = createSubscriber((update) => {
  listeners.add(update);
  window.addEventListener('hashchange', update);
  return () => {
    listeners.delete(update);
    window.removeEventListener('hashchange', update);
  };
});

/** The present route; reactive where it is read. */
export function route(): Route {
  subscribe();
  return parseRoute(window.location.hash);
}

export function goTo(page: Page, id?: string, filters: Filters = {}): void {
  window.location.hash = address(page, id, filters);
}

/** Goes to a page in place of the present one, whose address is then in no history. */
export function replaceWith(page: Page, id?: string): void {
  window.history.replaceState(null, '', address(page, id));
  for (const update of listeners) update();
}

/** Changes some filters of the present address without a new entry in the history. */
export function setFilters(filters: Filters): void {
  const { page, id, query } = parseRoute(window.location.hash);
  const next = address(page, id, Object.fromEntries(withFilters(query, filters)));
  if (next === window.location.hash) return;
  window.history.replaceState(null, '', next);
  for (const update of listeners) update();
}
