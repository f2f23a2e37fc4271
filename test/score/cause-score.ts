// Scores the causes that explanations tell: by what really was behind the alerts, how often each cause was told.

import { judge } from './detection-score.ts';
import { isScored } from './matching.ts';
import { windowOf } from './score-run.ts';
import type { ScoredAlert, Told } from './scored-alert.ts';
import type { Truth } from './truth.ts';

/** By kind of fault or nuisance, by code of the cause: so many alerts. */
export type CauseTally = Record<string, Record<string, number>>;

/** What may be called right, as `cause-…` in the server's words; of other kinds no cause is right. */
const RIGHT: Readonly<Record<string, readonly string[]>> = {
  'power-loss': ['battery'],
  'cell-outage': ['outage'],
  'sleeping-cell': ['asleep'],
  'feeder-decay': ['feeder'],
  'cooling-failure': ['cooling'],
  'backhaul-degradation': ['transport', 'light'],
  interference: ['interference'],
  'congestion-growth': ['crowd'],
  'wrong-parameter': ['parameter'],
  'wrong-tilt': ['antenna'],
  'intermittent-hardware': ['hardware'],
  'never-woken': ['asleep', 'outage'],
  'silent-source': ['unheard'],
  'clock-drift': ['clock', 'clock-around'],
  'dawn-duct': ['duct'],
  'match-evening': ['crowd'],
};

/** Of each fault the alert that found it, and all alerts that a nuisance or a false sign explains; as explained when the run is over. */
export function scoreCauses(truth: Truth, { alerts }: Told): CauseTally {
  const window = windowOf(truth);
  const { tellings, explained } = judge(truth, alerts, window);
  const tally: CauseTally = {};
  const add = (kind: string, { cause = 'none' }: ScoredAlert) => {
    tally[kind] ??= {};
    tally[kind][cause] = (tally[kind][cause] ?? 0) + 1;
  };
  for (const [fault, [first]] of tellings) if (first && isScored(fault, window)) add(fault.kind, first.alert);
  for (const { alert, spell } of explained) {
    add(truth.nuisances.includes(spell) ? spell.kind : `false precursor: ${spell.kind}`, alert);
  }
  return tally;
}

/** `battery 3, unheard 1`, most told first, with how many of how many are right; one row a kind, and one for all. */
export function causeRows(tallies: readonly CauseTally[]): string[][] {
  const kinds = [...new Set(tallies.flatMap((tally) => Object.keys(tally)))].sort();
  let [rightOfAll, all] = [0, 0];
  const rows = kinds.map((kind) => {
    const codes: Record<string, number> = {};
    for (const [code, count] of tallies.flatMap((tally) => Object.entries(tally[kind] ?? {}))) {
      codes[code] = (codes[code] ?? 0) + count;
    }
    const told = Object.entries(codes).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    const alerts = told.reduce((sum, [, count]) => sum + count, 0);
    const right = (RIGHT[kind] ?? []).reduce((sum, code) => sum + (codes[code] ?? 0), 0);
    if (RIGHT[kind]) [rightOfAll, all] = [rightOfAll + right, all + alerts];
    return [
      ...[kind, RIGHT[kind]?.join(' or ') ?? '–', RIGHT[kind] ? `${right} of ${alerts}` : '–'],
      told.map(([code, count]) => `${code} ${count}`).join(', '),
    ];
  });
  return [['what was behind it', 'cause', 'told right', 'told'], ...rows, ['all', '', `${rightOfAll} of ${all}`, '']];
}
