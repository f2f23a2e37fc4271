// Of a KPI without counts: which KPIs of load, radio and transport left their usual together with it over the last days.

import { partialCorrelations } from '../../maths/partial-correlation.ts';
import type { Share } from '../../model/explanation.ts';
import { type Range, strengthOf } from './moved.ts';

/** What a KPI may hang together with; those of one kind say nearly the same, and the first that a cell has stands for it. */
const KINDS: readonly (readonly string[])[] = [
  ['prb_util_pct', 'active_users', 'traffic_gb'],
  ['ul_interference_dbm'],
  ['sinr_db', 'rsrp_dbm', 'cqi_mean'],
  ['packet_loss_pct', 'optical_rx_dbm'],
  ['latency_ms', 'rtt_ms'],
  ['temperature_c'],
  ['vswr_ratio'],
];
/** Fewer periods say nothing about moving together; a weaker tie is not told. *Default.* */
const LEAST_PERIODS = 24;
const LEAST_TOGETHER = 0.3;
const MOST_TOLD = 4;
/** One wild period must not decide alone. */
const MOST_RESIDUAL = 6;

/** One period of a cell: its KPIs, and what was usual of each. */
export interface Period {
  kpis: Readonly<Record<string, number>>;
  usual: Readonly<Record<string, Range | null>>;
}

/** Ids whose past `relatedOf` wants to know, beside the KPI itself. */
export function candidatesFor(kpi: string, known: Readonly<Record<string, number>>): string[] {
  return KINDS.flatMap((kind) =>
    kind.includes(kpi) ? [] : kind.filter((one) => known[one] !== undefined).slice(0, 1),
  );
}

/**
 * Strongest tie first. Residuals are distances from the usual in halves of the usual range, so that the rhythm of the day,
 * which all share, does not count; partial, so that of load, radio and transport each is told for what it alone goes with.
 */
export function relatedOf(kpi: string, candidates: readonly string[], past: readonly Period[], now: Period): Share[] {
  const rows = past.flatMap((period) => {
    const residuals = [kpi, ...candidates].map((id) => residualOf(period, id));
    return residuals.some((one) => one === undefined) ? [] : [residuals as number[]];
  });
  if (rows.length < LEAST_PERIODS || candidates.length === 0) return [];
  const ties = partialCorrelations([kpi, ...candidates].map((_, i) => rows.map((row) => row[i]!)));
  return candidates
    .map((of, i) => ({ of, together: ties[i]! }))
    .filter(({ together }) => Math.abs(together) >= LEAST_TOGETHER)
    .sort((a, b) => Math.abs(b.together) - Math.abs(a.together))
    .slice(0, MOST_TOLD)
    .flatMap(({ of, together }) => {
      const [from, to] = [now.usual[of]?.mid, now.kpis[of]];
      if (from === undefined || to === undefined) return [];
      const said = { code: 'share-together', values: { kpi: of, observed: to, expected: from, together } };
      return [{ by: 'kpi' as const, of, from, to, sharePct: null, together, said }];
    });
}

function residualOf({ kpis, usual }: Period, kpi: string): number | undefined {
  const [value, range] = [kpis[kpi], usual[kpi]];
  if (value === undefined || !range) return undefined;
  return Math.max(-MOST_RESIDUAL, Math.min(MOST_RESIDUAL, strengthOf(value, range)));
}
