// Finds cells, sites and alerts by a piece of their name.

import type { Alert, CellRow } from '../../server/api/contract.ts';

export type Found =
  | { kind: 'alert'; id: string; alert: Alert }
  | { kind: 'site'; id: string; cells: number }
  | { kind: 'cell'; id: string; slot: number };

const MOST_OF_A_KIND = 6;

/** One lower-case line a cell to search in, by slot; made once for each network. */
export function searchLines(rows: readonly CellRow[]): string[] {
  return rows.map((row) =>
    `${row.id} ${row.siteId} ${row.name ?? ''} ${row.nameZh ?? ''} ${row.band ?? ''}`.toLowerCase(),
  );
}

/** True when every word of the text stands somewhere in the line. */
export function matches(line: string, words: readonly string[]): boolean {
  return words.every((word) => line.includes(word));
}

export function searchWords(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Alerts first, then sites, then cells; at most six of each. */
export function find(
  text: string,
  rows: readonly CellRow[],
  lines: readonly string[],
  alerts: Iterable<Alert>,
): Found[] {
  const wanted = searchWords(text);
  if (wanted.length === 0) return [];
  const found: Found[] = [];
  for (const alert of alerts) {
    if (found.length >= MOST_OF_A_KIND) break;
    if (alert.state !== 'cleared' && matches(alert.title.toLowerCase(), wanted))
      found.push({ kind: 'alert', id: alert.id, alert });
  }
  const sites = new Map<string, number>();
  const cells: Found[] = [];
  for (let slot = 0; slot < lines.length; slot++) {
    if (!matches(lines[slot]!, wanted)) continue;
    const site = rows[slot]!.siteId;
    sites.set(site, (sites.get(site) ?? 0) + 1);
    if (cells.length < MOST_OF_A_KIND) cells.push({ kind: 'cell', id: rows[slot]!.id, slot });
  }
  const bySite = [...sites].slice(0, MOST_OF_A_KIND).map(([id, count]): Found => ({ kind: 'site', id, cells: count }));
  return [...found, ...bySite, ...cells];
}
