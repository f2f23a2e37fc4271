// Who watches the pretend network from within, period by period: its alarms, its people.

import type { Effects } from '../effects.ts';

export interface Listener {
  /** A period begins; the effects hold until the next one does. Epoch milliseconds. */
  beginPeriod(start: number, at: number, effects: Effects): void;
  /** What a cell measured in it, in the order of SENT; silent cells are left out. The row is used again. */
  reading(cell: number, row: Float64Array): void;
  endPeriod(): void;
}
