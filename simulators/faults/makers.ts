// The kinds of fault that there are, long ones first: they find their place in the plan before the short ones.

import { BACKHAUL_DEGRADATION } from './backhaul-degradation.ts';
import { CELL_OUTAGE } from './cell-outage.ts';
import { CLOCK_DRIFT } from './clock-drift.ts';
import { CONGESTION_GROWTH } from './congestion-growth.ts';
import { COOLING_FAILURE } from './cooling-failure.ts';
import type { FaultMaker } from './draft.ts';
import { FEEDER_DECAY } from './feeder-decay.ts';
import type { FaultKind } from './happening.ts';
import { INTERFERENCE } from './interference.ts';
import { INTERMITTENT_HARDWARE } from './intermittent-hardware.ts';
import { NEVER_WOKEN } from './never-woken.ts';
import { POWER_LOSS } from './power-loss.ts';
import { SILENT_SOURCE } from './silent-source.ts';
import { SLEEPING_CELL } from './sleeping-cell.ts';
import { WRONG_PARAMETER } from './wrong-parameter.ts';
import { WRONG_TILT } from './wrong-tilt.ts';

export const FAULT_MAKERS: Record<FaultKind, FaultMaker> = {
  'congestion-growth': CONGESTION_GROWTH,
  'feeder-decay': FEEDER_DECAY,
  'backhaul-degradation': BACKHAUL_DEGRADATION,
  'intermittent-hardware': INTERMITTENT_HARDWARE,
  'wrong-tilt': WRONG_TILT,
  'wrong-parameter': WRONG_PARAMETER,
  'cooling-failure': COOLING_FAILURE,
  'clock-drift': CLOCK_DRIFT,
  interference: INTERFERENCE,
  'never-woken': NEVER_WOKEN,
  'sleeping-cell': SLEEPING_CELL,
  'cell-outage': CELL_OUTAGE,
  'power-loss': POWER_LOSS,
  'silent-source': SILENT_SOURCE,
};
