// The doors for mutes as functions: those that stand, one more, and the end of one.

import type { MadeMute, Mute, MuteAsk, MuteList } from '../../server/api/contract.ts';

type Ask = <T>(path: string, query?: Record<string, string>, init?: RequestInit) => Promise<T>;

export function createMuteDoors(ask: Ask) {
  return {
    /** All that are not over, the newest first. */
    list: () => ask<MuteList>('/api/mutes'),

    make: (mute: MuteAsk) =>
      ask<MadeMute>(
        '/api/mutes',
        {},
        { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(mute) },
      ),

    /** `atOnce`: what it holds back is told now, not after a grace. */
    end: (id: string, by: string, atOnce: boolean) =>
      ask<Mute>(
        `/api/mutes/${encodeURIComponent(id)}`,
        { ...(by && { by }), atOnce: String(atOnce) },
        { method: 'DELETE' },
      ),
  };
}

export type MuteDoors = ReturnType<typeof createMuteDoors>;
