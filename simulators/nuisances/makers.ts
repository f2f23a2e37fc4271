// The nuisances that are drawn at a rate; holidays follow the calendar and energy saving the clock.

import type { NuisanceKind } from '../faults/happening.ts';
import { DAWN_DUCT } from './dawn-duct.ts';
import type { NuisanceMaker } from './maker.ts';
import { MATCH_EVENING } from './match-evening.ts';
import { PLANNED_WORK } from './planned-work.ts';
import { QUIET_CELL } from './quiet-cell.ts';
import { RENAME } from './rename.ts';
import { COLLECTION_GAP, DOUBLED_DATA, LATE_DATA } from './troubled-delivery.ts';
import { VENDOR_SWAP } from './vendor-swap.ts';

export type DrawnNuisance = Exclude<NuisanceKind, 'holiday' | 'energy-saving'>;

export const NUISANCE_MAKERS: Record<DrawnNuisance, NuisanceMaker> = {
  'quiet-cell': QUIET_CELL,
  'vendor-swap': VENDOR_SWAP,
  rename: RENAME,
  'planned-work': PLANNED_WORK,
  'match-evening': MATCH_EVENING,
  'dawn-duct': DAWN_DUCT,
  'collection-gap': COLLECTION_GAP,
  'late-data': LATE_DATA,
  'doubled-data': DOUBLED_DATA,
};
