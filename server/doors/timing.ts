// What the doors answer about one cell by distance and level: the counts, and what they say in words.

import type { CellTimingAdvance } from '../api/contract.ts';
import type { Lang } from '../api/doors.ts';
import { badRequest } from '../api/problem.ts';
import type { CellTiming } from '../coverage/coverage.ts';
import type { House } from '../house.ts';
import { parseMoment } from '../maths/parse-moment.ts';
import { localOffset } from '../maths/zone-offset.ts';
import { metresOfTs, type TimingBin } from '../model/timing-advance.ts';
import { sayIn } from '../words/say.ts';

type TimingHouse = Pick<House, 'coverage' | 'config'> & {
  live: { directory: Pick<House['live']['directory'], 'find' | 'get'>; present: { dataAt: number } };
};

/** Undefined when no such cell is known and no report names it. Throws ApiError when the question cannot be understood. */
export async function answerTiming(
  id: string,
  ask: { from?: string; to?: string },
  lang: Lang,
  { coverage, config, live }: TimingHouse,
): Promise<CellTimingAdvance | undefined> {
  const moment = (name: string, value: string | undefined) => {
    if (value === undefined) return undefined;
    const at = parseMoment(value, live.present.dataAt, localOffset(config.zone));
    if (at === undefined) throw badRequest(`${name} is "${value}": give a time in ISO 8601, or now-28d`);
    return at;
  };
  const [from, to] = [moment('from', ask.from), moment('to', ask.to)];
  if (from !== undefined && to !== undefined && from >= to) throw badRequest('from is not before to: turn them round');
  const cell = live.directory.find(id) ?? id;
  const timing = await coverage.timing(cell, from, to);
  if (timing.bins.length === 0 && !live.directory.get(cell)) return undefined;
  return tellTiming(cell, timing, lang, config.zone);
}

function tellTiming(cell: string, { from, to, bins, why, verdict, ...told }: CellTiming, lang: Lang, zone: string) {
  const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
  return {
    cell,
    ...told,
    ...{ from: iso(from), to: iso(to) },
    verdict: { kind: verdict, why: sayIn(lang, why, { zone }) },
    rows: bins.map(rowOf),
  };
}

function rowOf({ form, ts, dbm, samples }: TimingBin): CellTimingAdvance['rows'][number] {
  const metres = (side: number | null | undefined) => (typeof side === 'number' ? Math.round(metresOfTs(side)) : null);
  const level = { lowDbm: dbm?.[0] ?? null, highDbm: dbm?.[1] ?? null };
  return { form, fromM: metres(ts?.[0]), toM: metres(ts?.[1]), ...level, samples };
}
