// What every part needs to know of mutes, and can do with them; handed down by the page's frame.

import { createContext } from 'svelte';
import type { Mute, MuteAsk } from '../../server/api/contract.ts';

export interface Muting {
  /** Those that are not over, the newest first. */
  readonly mutes: readonly Mute[];
  get(id: string): Mute | undefined;
  ofCell(cell: { id: string; siteId: string }): Mute | undefined;
  make(ask: MuteAsk): Promise<readonly string[]>;
  end(id: string, atOnce: boolean): Promise<void>;
}

export const [getMuting, setMuting] = createContext<Muting>();
