// What coverage is told of the other rooms: our cells and sites, outages by alert, and how full cells are.

import type { Alerts } from './alerts/alerts.ts';
import { type Places, siteName } from './alerts/phrasing.ts';
import type { CellDirectory, CoverageOptions, Outage } from './coverage/coverage.ts';
import type { CoverageSite } from './coverage/inventory.ts';
import type { Feed } from './live/feed.ts';
import type { Live } from './live/live.ts';
import { isPlaced } from './model/cell.ts';

/** Alerts that are looked through for outages. */
const MOST_ALERTS = 20_000;
/** A fault is told at the end of the period in which it began. */
const PERIOD_MS = 900_000;

export function coverageAround(
  live: Live,
  places: Places,
  alerts: Alerts,
  feed: Feed,
): Pick<CoverageOptions, 'cells' | 'outages' | 'loadOf'> {
  return { cells: cellsOf(live, places), outages: outagesOf(alerts, feed), loadOf: loadOf(live) };
}

function cellsOf({ directory }: Live, places: Places): CellDirectory {
  let known: { version: number; sites: CoverageSite[] } | undefined;
  return {
    get version() {
      return directory.version;
    },
    cell(id) {
      const cell = directory.get(id);
      return cell && { ...cell.cell, siteId: cell.siteId, radio: cell.radio };
    },
    sites() {
      if (known?.version !== directory.version)
        known = { version: directory.version, sites: sitesOf(directory, places) };
      return known.sites;
    },
  };
}

/** Each site once, at its first cell with a place, by what the names of its cells have in common. */
function sitesOf(directory: Live['directory'], places: Places): CoverageSite[] {
  const sites = new Map<string, CoverageSite>();
  for (const { siteId, cell } of directory.cells()) {
    if (!cell || !isPlaced(cell) || sites.has(siteId)) continue;
    const cells = places.cellsOf(siteId);
    const nameZh = siteName(cells, places, 'nameZh');
    const name = siteName(cells, places, 'name') ?? siteId;
    sites.set(siteId, { name, lat: cell.lat, lon: cell.lon, ...(nameZh === undefined ? {} : { nameZh }) });
  }
  return [...sites.values()];
}

/** Looked up anew when an alert has changed since. */
function outagesOf(alerts: Alerts, feed: Feed): CoverageOptions['outages'] {
  let known: { head: number; outages: Outage[] } | undefined;
  return (from, to) => {
    if (known?.head !== feed.head) known = { head: feed.head, outages: allOutages(alerts) };
    return known.outages.filter((outage) => outage.from < to && (outage.to ?? to) > from);
  };
}

function allOutages(alerts: Alerts): Outage[] {
  const all = alerts.list({ state: 'all', limit: MOST_ALERTS })?.alerts ?? [];
  return (
    all
      .filter(({ kind, cells }) => (kind === 'fault' || kind === 'silent') && cells.length > 0)
      // An alarm alone does not say that its cell was off air; where it was, the detector's own alert tells.
      .filter(({ alarmsOn }) => alarmsOn === undefined)
      .flatMap(({ cells, raisedAt, since, state, clearedAt }) => {
        const from = Math.min(raisedAt, since ?? raisedAt) - PERIOD_MS;
        return cells.map((cell): Outage => (state === 'cleared' ? { cell, from, to: clearedAt } : { cell, from }));
      })
  );
}

function loadOf({ directory, present }: Live): CoverageOptions['loadOf'] {
  return (cell) => {
    const index = directory.get(cell)?.index;
    const kpis = index === undefined ? undefined : present.get(index)?.kpis;
    return kpis ? { prbUtilPct: kpis.prb_util_pct, users: kpis.active_users } : null;
  };
}
