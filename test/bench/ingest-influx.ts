// Readings by HTTP NDJSON with InfluxDB as the store, until it holds them, against a bare InfluxDB.

import { race } from './ingesting.ts';
import type { Bench } from './measuring.ts';

export const ingestInflux: Bench = {
  name: 'ingest-influx',
  run: (setting) => {
    const env = async (influxd: () => Promise<{ url: string }>) => ({
      INFLUX_URL: (await influxd()).url,
      INFLUX_DATABASE: 'cellstar',
    });
    return race({ bench: 'ingest-influx', leastRatio: 0.75, env }, setting);
  },
};
