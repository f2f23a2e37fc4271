// What this network has kept of itself, for training: settled predictions, trouble and its causes, and the alarms of its equipment.

import type { NetworkHistory } from './detect/learn.ts';
import type { ToldCause } from './detect/learning/labels.ts';
import type { AlarmState } from './model/alarm.ts';
import { type AlertRecord, type FoundCause, isCreeping } from './model/alert.ts';
import { comesAs, isOfACell } from './model/prediction.ts';
import type { RecordedPrediction } from './model/prediction-record.ts';
import type { Ledger } from './storage/ledger.ts';

/** The newest ones; older ones say little of the equipment of today. */
const MOST_SETTLED = 5000;
const MOST_TROUBLES = 100_000;
const ALARMS_A_PAGE = 20_000;
const PAGE = 1000;

export function networkHistory(
  ledger: Pick<Ledger, 'predictions' | 'alertsSince' | 'alarmHistory'>,
  { most = MOST_TROUBLES, alarmsAPage = ALARMS_A_PAGE } = {},
): NetworkHistory {
  return {
    async settled() {
      const settled: RecordedPrediction[] = [];
      let cursor: string | undefined;
      do {
        const page = await ledger.predictions({ state: 'settled', limit: PAGE, ...(cursor && { cursor }) });
        settled.push(...(page?.predictions ?? []));
        cursor = page?.nextCursor;
      } while (cursor !== undefined && settled.length < MOST_SETTLED);
      return settled
        .reverse()
        .flatMap(({ outcome, settledAt, counts = true, ...rest }) =>
          outcome === undefined || settledAt === undefined ? [] : [{ ...rest, outcome, settledAt, counts }],
        );
    },

    async troubles(from) {
      // Those that changed last come last: of too many the newest are kept.
      let [faults, causes]: [ReturnType<typeof faultOf>, ToldCause[]] = [[], []];
      for (let after = -1; ; ) {
        const page = await ledger.alertsSince(from, after, PAGE);
        faults = [...faults, ...page.flatMap(({ alert }) => faultOf(alert))].slice(-most);
        causes = [...causes, ...page.flatMap(({ alert }) => causesOf(alert))].slice(-most);
        if (page.length < PAGE) break;
        after = page.at(-1)!.seq;
      }
      return { faults: faults.sort((a, b) => a.at - b.at), causes };
    },

    async alarms(from, to) {
      const raised: AlarmState[] = [];
      // The newest come first; what a page may have cut comes with the next one.
      for (let until = to; ; ) {
        const page = await ledger.alarmHistory({ isWhole: true, from, to: until, limit: alarmsAPage });
        const oldest = page.at(-1)?.raisedAt ?? from;
        const isLast = page.length < alarmsAPage || oldest <= from || oldest === until;
        raised.push(...page.filter(({ raisedAt }) => raisedAt > (isLast ? from : oldest)));
        if (isLast) break;
        until = oldest;
      }
      return raised.map(({ raisedAt, subject, alarm }) => ({
        ...{ at: raisedAt, siteId: subject.siteId, condition: alarm.condition },
      }));
    },
  };
}

/** Service that broke, as readings show it: what equipment says of itself, and what creeps, is not yet the fault. */
function faultOf(alert: AlertRecord) {
  const { kind, kpi, siteId, since, raisedAt, changedAt, state, alarmsOn, cells } = alert;
  if (alarmsOn !== undefined || isCreeping(alert) || !comesAs('other', kind, kpi)) return [];
  return [{ at: since ?? raisedAt, endedAt: state === 'cleared' ? changedAt : null, siteId: siteId ?? cells[0] ?? '' }];
}

/** What was said last counts; empty where nobody can tell which cell or site is meant. */
export function causesOf(alert: AlertRecord): ToldCause[] {
  const { history, since, raisedAt, prediction } = alert;
  const found = history.findLast((event) => event.found !== undefined)?.found;
  if (found === undefined) return [];
  const subjects = meantBy(found, alert);
  if (subjects.length === 0) return [];
  const mode = found === 'nothing' ? null : found;
  return [{ at: since ?? raisedAt, subjects, mode, ...(prediction && { foretold: prediction.mode }) }];
}

/** A wide alert spans many cells: what is said of it is true of the one that its evidence is of, or of that one's site. */
function meantBy(found: FoundCause, { scope, subject, cells, siteId }: AlertRecord): string[] {
  const own = scope === 'cell' ? cells : cells.filter((cell) => cell === subject);
  const site = siteId === undefined ? [] : [siteId];
  if (scope === 'cell' || found === 'nothing') return [...own, ...site];
  return isOfACell(found) ? own : site;
}
