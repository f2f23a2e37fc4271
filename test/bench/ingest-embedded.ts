// Readings by HTTP NDJSON, durable in the embedded store and judged, against a bare InfluxDB.

import { race } from './ingesting.ts';
import type { Bench } from './measuring.ts';

export const ingestEmbedded: Bench = {
  name: 'ingest-embedded',
  run: (setting) => race({ bench: 'ingest-embedded', leastRatio: 3, env: async () => ({}) }, setting),
};
