// The race behind both ingest rows: the same readings into our doors until drained, and into a bare InfluxDB.

import { RunningServer } from '../flow/running-server.ts';
import { type Influxd, influxdMissing, startInfluxd } from '../influxd.ts';
import { lineBodies, madeBatch, ndjsonBodies } from './made-network.ts';
import { type LeftOut, type Result, resultOf, type Setting, timed } from './measuring.ts';
import { postAll } from './posting.ts';

/** What InfluxData advises for a good writer. */
const ROWS_A_BODY = 5_000;
const DATABASE = 'bench';
/** Bodies before the clock starts: they make the series known, and a server that runs for months is warm. */
const WARM_UP_BODIES = 20;

export interface Race {
  bench: string;
  leastRatio: number;
  /** Environment of the server for one turn; `influxd` is one of its own. */
  env(influxd: () => Promise<Influxd>): Promise<Record<string, string>>;
}

/** Points a second: a point is one reading of twelve KPIs, one line of twelve fields. */
export async function race({ bench, leastRatio, env }: Race, { small, say }: Setting): Promise<(Result | LeftOut)[]> {
  if (influxdMissing) return [{ bench, 'left out': 'influxd is missing: apt-get install influxdb' }];
  const [cells, periods, turns] = small ? [200, 3, 1] : [5_000, 80, 3];
  const warmUp = small ? 1 : WARM_UP_BODIES;
  const batches = Array.from({ length: periods + warmUp }, (_, period) => madeBatch(cells, period));
  const ndjson = batches.flatMap((batch) => ndjsonBodies(batch, ROWS_A_BODY));
  const lines = batches.flatMap((batch) => lineBodies(batch, ROWS_A_BODY));
  let [ours, theirs] = [0, 0];
  for (let turn = 0; turn < turns; turn++) {
    const raw = (cells * periods * 1000) / (await intoInflux(lines.slice(0, warmUp), lines.slice(warmUp)));
    const own = (cells * periods * 1000) / (await intoServer(ndjson.slice(0, warmUp), ndjson.slice(warmUp), env));
    say(`${bench}: ${Math.round(own)} points/s beside ${Math.round(raw)}`);
    ours = Math.max(ours, own);
    theirs = Math.max(theirs, raw);
  }
  return [
    resultOf({
      ...{ bench, value: ours, unit: 'points/s', baseline: theirs },
      baselineIs: 'InfluxDB 1.6.7 alone, raw line protocol',
      target: { of: 'ratio', is: '≥', figure: leastRatio },
    }),
  ];
}

/** Milliseconds until all bodies but those of the warm-up are taken. */
async function intoInflux(warmUp: Uint8Array[], bodies: Uint8Array[]): Promise<number> {
  const influxd = await startInfluxd();
  try {
    await fetch(`${influxd.url}/query?q=CREATE+DATABASE+${DATABASE}`, { method: 'POST' });
    const write = `${influxd.url}/write?db=${DATABASE}&precision=ms`;
    await postAll(write, 'text/plain', warmUp);
    return await timed(() => postAll(write, 'text/plain', bodies));
  } finally {
    await influxd.remove();
  }
}

/** Milliseconds until all bodies but those of the warm-up are acknowledged, stored and judged. */
async function intoServer(warmUp: Uint8Array[], bodies: Uint8Array[], env: Race['env']): Promise<number> {
  let influxd: Influxd | undefined;
  const server = await RunningServer.start(await env(async () => (influxd = await startInfluxd())));
  try {
    const door = `${server.url}/ingest/readings?source=bench`;
    await postAll(door, 'application/x-ndjson', warmUp);
    await server.settled();
    return await timed(async () => {
      await postAll(door, 'application/x-ndjson', bodies);
      await server.settled();
    });
  } finally {
    await server.remove();
    await influxd?.remove();
  }
}
