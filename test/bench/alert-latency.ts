// From a posted reading to its alert on the socket, while other readings pour in.

import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { LiveMessage } from '../../server/api/contract.ts';
import { PERIOD_MS, START } from '../flow/network.ts';
import { RunningServer } from '../flow/running-server.ts';
import { madeBatch, ndjsonBodies } from './made-network.ts';
import { type Bench, pause, quantile, resultOf } from './measuring.ts';
import { post } from './posting.ts';

const NDJSON = 'application/x-ndjson';
const BODIES_A_SECOND = 10;
const PROBE_EVERY_MS = 100;

export const alertLatency: Bench = {
  name: 'alert-latency',
  async run({ small, say }) {
    const [readingsASecond, seconds] = small ? [500, 1] : [10_000, 20];
    const server = await RunningServer.start();
    try {
      const load = await makeLoad(server, readingsASecond, seconds);
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/live?cells=frames`);
      await once(socket, 'open');
      say(`alert-latency: ${seconds} s under ${readingsASecond} readings/s`);
      const [posted, { alerts, echoes }] = await Promise.all([
        load(),
        probe(server, socket, (seconds * 1000) / PROBE_EVERY_MS),
      ]);
      socket.close();
      const under = `${Math.round(posted)} readings/s posted and acknowledged`;
      const row = (name: string, share: number) =>
        resultOf({
          ...{ bench: `alert-latency-${name}`, value: quantile(alerts, share), unit: 'ms', under },
          ...{ baseline: quantile(echoes, share), baselineIs: 'ping to pong on the same socket under the same load' },
          target: { of: 'value', is: '≤', figure: 250 },
        });
      return [row('p50', 0.5), row('p99', 0.99)];
    } finally {
      await server.remove();
    }
  },
};

/** Makes the bodies; the call posts them at an even pace and answers the readings a second that were acknowledged. */
async function makeLoad(
  server: RunningServer,
  readingsASecond: number,
  seconds: number,
): Promise<() => Promise<number>> {
  const door = `${server.url}/ingest/readings?source=load`;
  const rowsEach = readingsASecond / BODIES_A_SECOND;
  const [first, ...bodies] = Array.from({ length: 2 * (seconds + 1) }, (_, period) =>
    ndjsonBodies(madeBatch(readingsASecond / 2, period), rowsEach),
  );
  for (const body of first!) await post(door, NDJSON, body);
  const all = bodies.flat().slice(0, seconds * BODIES_A_SECOND);
  return async () => {
    const start = performance.now();
    const answers: Promise<void>[] = [];
    for (const [i, body] of all.entries()) {
      await pause(start + (i * 1000) / BODIES_A_SECOND - performance.now());
      answers.push(post(door, NDJSON, body));
    }
    await Promise.all(answers);
    const lastMs = Math.max(performance.now() - start, seconds * 1000);
    return (all.length * rowsEach * 1000) / lastMs;
  };
}

/** Cells fail one by one; each time a ping goes before, so that both see the same load. */
async function probe(server: RunningServer, socket: WebSocket, count: number) {
  const door = `${server.url}/ingest/readings?source=probe`;
  const reading = (i: number, period: number, availability: number) =>
    JSON.stringify({ cell: `probe-${i}`, at: START + period * PERIOD_MS, kpis: { availability_pct: availability } });
  const encode = (text: string) => new TextEncoder().encode(text);
  await post(door, NDJSON, encode(Array.from({ length: count }, (_, i) => reading(i, 1, 100)).join('\n')));
  const [alerts, echoes]: [number[], number[]] = [[], []];
  const start = performance.now();
  for (let i = 0; i < count; i++) {
    await pause(start + i * PROBE_EVERY_MS - performance.now());
    const pinged = performance.now();
    socket.ping();
    await once(socket, 'pong');
    echoes.push(performance.now() - pinged);
    const alert = alertOf(socket, `probe-${i}`);
    const posted = performance.now();
    await Promise.all([post(door, NDJSON, encode(reading(i, 2, 0))), alert]);
    alerts.push((await alert) - posted);
  }
  return { alerts, echoes };
}

/** When the alert of this cell arrives. */
function alertOf(socket: WebSocket, cell: string): Promise<number> {
  return new Promise((resolve) => {
    const look = (data: Buffer, isBinary: boolean) => {
      const arrived = performance.now();
      const message = isBinary ? undefined : (JSON.parse(data.toString()) as LiveMessage);
      if (message?.type !== 'alert' || !message.alert.cells.includes(cell)) return;
      socket.off('message', look);
      resolve(arrived);
    };
    socket.on('message', look);
  });
}
