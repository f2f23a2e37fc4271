// Which cells the list shows and in which order: worst first, then by name.

import { HEALTHS, type Health } from '../../../server/model/health.ts';
import { type Network, RANKS } from '../../data/network.ts';
import { matches, searchWords } from '../../parts/find.ts';
import type { Language } from '../../text/language.svelte.ts';
import { cellName } from '../../text/names.ts';

export interface CellFilter {
  text: string;
  /** None means all. */
  healths: ReadonlySet<Health>;
  unplaced: boolean;
}

/** Slots that pass the filter, ordered. `lines` are the search lines by slot. */
export function listCells(
  network: Network,
  lines: readonly string[],
  filter: CellFilter,
  language: Language,
): number[] {
  const wanted = searchWords(filter.text);
  const slots: number[] = [];
  for (let slot = 0; slot < network.rows.length; slot++) {
    if (filter.healths.size > 0 && !filter.healths.has(HEALTHS[network.health[slot]!]!)) continue;
    if (filter.unplaced && network.rows[slot]!.lat !== null) continue;
    if (wanted.length > 0 && !matches(lines[slot]!, wanted)) continue;
    slots.push(slot);
  }
  const names = new Map(slots.map((slot) => [slot, cellName(network.rows[slot]!, language)]));
  const compare = new Intl.Collator(language, { numeric: true }).compare;
  const rank = (slot: number) => RANKS[network.health[slot]!]!;
  return slots.sort((a, b) => rank(b) - rank(a) || compare(names.get(a)!, names.get(b)!));
}

/** The health names in an address, those that exist. */
export function healthsIn(text: string | null): Set<Health> {
  return new Set((text ?? '').split(',').filter((name): name is Health => HEALTHS.includes(name as Health)));
}
