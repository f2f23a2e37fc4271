// Every foreteller there is: a new one is a new folder and a line here.

import type { Foreteller } from './foreteller.ts';
import { CONGESTION_VERSION, CongestionForeteller } from './foretellers/congestion.ts';
import { EquipmentForeteller } from './foretellers/equipment.ts';

export interface ForetellerOptions {
  /** IANA zone of local hours. */
  zone: string;
  /** What `save` gave; absent to start empty. Throws a RangeError when it is damaged. */
  memory?: Uint8Array | undefined;
}

export const FORETELLERS: readonly { version: string; open(options: ForetellerOptions): Foreteller }[] = [
  { version: EquipmentForeteller.VERSION, open: (options) => new EquipmentForeteller(options) },
  { version: CONGESTION_VERSION, open: (options) => new CongestionForeteller(options) },
];
