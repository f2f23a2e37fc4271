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

/** Alerts first, then sites, then cells; at most six of each. A site is found when all of its cells are. */
export function find(
  text: string,
  rows: readonly CellRow[],
  lines: readonly string[],
  alerts: Iterable<Alert>,
): Found[] {
  const wanted = searchWords(text);
  if (wanted.length === 0) return [];
  return [...findAlerts(wanted, alerts), ...findCells(wanted, rows, lines)];
}

function findAlerts(wanted: readonly string[], alerts: Iterable<Alert>): Found[] {
  return [...alerts]
    .filter((alert) => alert.state !== 'cleared' && matches(alert.title.toLowerCase(), wanted))
    .slice(0, MOST_OF_A_KIND)
    .map((alert) => ({ kind: 'alert', id: alert.id, alert }));
}

function findCells(wanted: readonly string[], rows: readonly CellRow[], lines: readonly string[]): Found[] {
  const cells: Found[] = [];
  const found = new Map<string, number>();
  const all = new Map<string, number>();
  rows.forEach(({ id, siteId }, slot) => {
    all.set(siteId, (all.get(siteId) ?? 0) + 1);
    if (!matches(lines[slot]!, wanted)) return;
    found.set(siteId, (found.get(siteId) ?? 0) + 1);
    if (cells.length < MOST_OF_A_KIND) cells.push({ kind: 'cell', id, slot });
  });
  const sites = [...found]
    .filter(([id, count]) => count > 1 && count === all.get(id))
    .slice(0, MOST_OF_A_KIND)
    .map(([id, count]): Found => ({ kind: 'site', id, cells: count }));
  return [...sites, ...cells];
}
