// The kinds of fault that there are, long ones first: they find their place in the plan before the short ones.

import type { FaultMaker } from './draft.ts';
import type { FaultKind } from './happening.ts';
import { INTERFERENCE } from './interference.ts';
import { POWER_LOSS } from './power-loss.ts';

export const FAULT_MAKERS: Partial<Record<FaultKind, FaultMaker>> = {
  'power-loss': POWER_LOSS,
  interference: INTERFERENCE,
};
