// How urgent a weak area is: the people it reaches, then how weak and large the place is.

import type { RankedArea, WeakArea } from '../model/coverage.ts';

/** One complaint from a place weighs as much as so many people who may not have noticed (default). */
const PEOPLE_A_COMPLAINT = 10;
/** A whole square kilometre that is weak all over weighs as much as so many people (default). */
const PEOPLE_A_WEAK_KM2 = 100;
/** Stands for a number of people that is too small to be shown. */
const FEW = 5;

const numberOf = (count: RankedArea['people']) => (typeof count === 'number' ? count : count === undefined ? 0 : FEW);

/** People helped, with what is known of the place: an area without people keeps what its samples say. */
export function priorityOf(area: WeakArea & Pick<RankedArea, 'people' | 'complaints'>): number {
  const reached = area.weakShare * numberOf(area.people);
  const heard = PEOPLE_A_COMPLAINT * numberOf(area.complaints);
  return reached + heard + PEOPLE_A_WEAK_KM2 * area.weakShare * area.areaKm2;
}
