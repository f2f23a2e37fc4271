// Makes the catalogue of a deployment: the shipped KPIs, and what the sections `kpis` and `counters` of its file change.

import { createHash } from 'node:crypto';
import { type Catalogue, SHIPPED_CATALOGUE } from '../model/catalogue.ts';
import { readCounters } from './counters.ts';
import type { Setting } from './file.ts';
import { readKpis } from './kpis.ts';

const DIGEST_CHARACTERS = 8;

/** Throws ConfigError at the line of the first mistake. */
export function readCatalogue(sections: ReadonlyMap<string, Setting>): Catalogue {
  const [kpiSection, counterSection] = [sections.get('kpis'), sections.get('counters')];
  const { kpis: shipped, version } = SHIPPED_CATALOGUE;
  const ids = new Set([...shipped.map(({ id }) => id), ...(kpiSection?.entries().map(([id]) => id) ?? [])]);
  const counters = readCounters(counterSection, (name) => ids.has(name));
  const kpis = readKpis(kpiSection, shipped, new Set(counters.map(({ name }) => name)));
  const changed = kpis.filter((kpi) => !shipped.includes(kpi));
  if (changed.length === 0 && counters.length === 0) return SHIPPED_CATALOGUE;
  const digest = createHash('sha256').update(JSON.stringify({ changed, counters })).digest('hex');
  return { version: `${version}+${digest.slice(0, DIGEST_CHARACTERS)}`, kpis, counters };
}
