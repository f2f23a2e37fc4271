// One kept run through foreteller and alerts to the list of visits, as its page would show it each morning.

import { visitsOf } from '../../../server/dispatch/visits.ts';
import type { AlertRecord } from '../../../server/model/alert.ts';
import { bench } from '../../alerts/network.ts';
import type { ScoredVisit } from '../scored-alert.ts';
import { type KeptRun, periodsOf } from './kept-run.ts';
import { newForeteller } from './replay.ts';

const DAY_MS = 86_400_000;
const LEAVING_MS = 8 * 3_600_000;
const FIRST = 10;
const MOST_ALERTS = 10_000;

/**
 * The first ten of each day. Causes that are only told from stored readings are not known here: what is merely out of line calls
 * for a visit only where its finding names one.
 */
export async function visitsIn(run: KeptRun): Promise<ScoredVisit[]> {
  const foreteller = newForeteller(run);
  const { alerts, takeAlarms } = await bench(undefined, { places: placesOf(run) });
  const visits: ScoredVisit[] = [];
  for (const { batch, findings, alarms } of periodsOf(run, run.truth.from)) {
    if (alarms.length > 0) foreteller.hear({ what: 'alarms', alarms });
    if (findings.length > 0) foreteller.hear({ what: 'findings', findings });
    await alerts.take([...findings, ...foreteller.observe(batch)], alerts.position + 1, undefined, batch);
    if (alarms.length > 0) await takeAlarms(...alarms);
    const at = batch.at[0]!;
    if (at % DAY_MS !== LEAVING_MS) continue;
    const standing = alerts.list({ state: 'all', limit: MOST_ALERTS })!.alerts.filter(isStanding);
    visits.push(
      ...visitsOf(standing, at)
        .slice(0, FIRST)
        .map(({ cells }) => ({ at, cells })),
    );
  }
  return visits;
}

const isStanding = ({ clearedAt }: AlertRecord) => clearedAt === undefined;

function placesOf({ cells, truth }: KeptRun) {
  const bySite = new Map<string, string[]>();
  for (const { id, siteId } of cells) bySite.set(siteId, [...(bySite.get(siteId) ?? []), id]);
  return {
    cell: (id: string) => {
      const siteId = truth.sites.get(truth.renames.get(id) ?? id);
      return siteId === undefined ? undefined : { siteId };
    },
    cellsOf: (siteId: string) => bySite.get(siteId) ?? [],
  };
}
