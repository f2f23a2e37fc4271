// Names of cells and sites in the reader's language.

import type { Language } from './language.svelte.ts';

interface Named {
  id: string;
  siteId: string;
  name?: string;
  nameZh?: string;
}

/** The cell's name in the reader's language; its id when it has none. */
export function cellName(row: Pick<Named, 'id' | 'name' | 'nameZh'>, language: Language): string {
  return (language === 'zh' ? row.nameZh : undefined) ?? row.name ?? row.id;
}

/** What the names of a site's cells have in common, `Old Harbour 7` of `Old Harbour 7-A` and `… 7-B`; else the site's id. */
export function siteName(cells: readonly Named[], language: Language): string {
  const names = cells.map((cell) => cellName(cell, language));
  const first = names[0] ?? '';
  if (cells.some((cell) => cell.name === undefined)) return cells[0]?.siteId ?? '';
  let length = first.length;
  for (const name of names) while (!name.startsWith(first.slice(0, length))) length -= 1;
  // A lone cell, or names cut inside a word: step back to where the last word began.
  const inside = cells.length === 1 || names.some((name) => /^[A-Za-z0-9]/.test(name.slice(length)));
  const common = inside ? first.slice(0, length).replace(/[A-Za-z0-9]+$/, '') : first.slice(0, length);
  return common.replace(/[\s\-_/.,·:]+$/, '') || (cells[0]?.siteId ?? '');
}
