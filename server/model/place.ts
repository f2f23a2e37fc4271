// Where a cell stands and what it is, as far as judging it by its peers and neighbours needs to know.

import type { Cell } from './cell.ts';

export interface Place {
  siteId: string;
  radio?: Cell['radio'];
  duplex?: Cell['duplex'];
  lat?: number;
  lon?: number;
  /** The inventory's own name for a part of the network; calendars may speak of it. */
  area?: string;
}
