// Which alerts are named on the map, where they stand, and what their labels say.

import type { Alert } from '../../../server/api/contract.ts';
import type { Severity } from '../../../server/model/health.ts';
import { groupAlerts, isForetold, pulses } from '../../parts/alert-groups.ts';
import type { Places } from '../../parts/map/places.ts';

/** A crowded map says nothing: the worst seven are named. */
export const MOST_LABELS = 7;
/** More rings than this would be a carpet. */
export const MOST_PULSES = 40;
const MOST_PLACES = 30;

export interface Spot {
  id: string;
  severity: Severity;
  /** Numbers of its places; the first is where its label stands. */
  places: number[];
  /** The place's name: what stands before the colon of its title. */
  label: string;
  pulses: boolean;
  /** Still to come: its cells are well. */
  foretold: boolean;
}

/** `Old Harbour 7-B: calls drop` → `Old Harbour 7-B` and `calls drop`. */
export function splitTitle(title: string): { place: string; what: string } {
  const at = title.search(/[:：]/);
  return at < 0 ? { place: title, what: '' } : { place: title.slice(0, at), what: title.slice(at + 1).trim() };
}

/** Numbers of the places that an alert's cells stand on. */
export function placesOf(alert: Alert, slotOfId: ReadonlyMap<string, number>, places: Places): number[] {
  const found = new Set<number>();
  for (const id of alert.cells) {
    const slot = slotOfId.get(id);
    const place = slot === undefined ? -1 : (places.placeOfSlot[slot] ?? -1);
    if (place >= 0) found.add(place);
    if (found.size >= MOST_PLACES) break;
  }
  return [...found];
}

/** All alerts that have a place on the map, the most urgent first. */
export function spotsOf(alerts: Iterable<Alert>, slotOfId: ReadonlyMap<string, number>, places: Places): Spot[] {
  return groupAlerts(alerts)
    .filter((group) => group.name !== 'clearedNotAcknowledged')
    .flatMap((group) => group.alerts)
    .map((alert) => ({
      id: alert.id,
      severity: alert.severity,
      places: placesOf(alert, slotOfId, places),
      label: splitTitle(alert.title).place,
      pulses: pulses(alert),
      foretold: isForetold(alert),
    }))
    .filter((spot) => spot.places.length > 0);
}

/** A path through points, each time on to the nearest that is left: for one cause over several sites. */
export function chain(points: readonly { x: number; y: number }[]): { x: number; y: number }[] {
  const left = [...points].sort((a, b) => a.x - b.x);
  const path = left.splice(0, 1);
  while (left.length > 0) {
    const { x, y } = path[path.length - 1]!;
    let nearest = 0;
    left.forEach((point, i) => {
      const best = left[nearest]!;
      if ((point.x - x) ** 2 + (point.y - y) ** 2 < (best.x - x) ** 2 + (best.y - y) ** 2) nearest = i;
    });
    path.push(...left.splice(nearest, 1));
  }
  return path;
}
