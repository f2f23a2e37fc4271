// Radio samples: checked and binned at intake, and a map of many hexagons through the door.

import { latLngToCell } from 'h3-js';
import type { CoverageHexagons } from '../../server/api/contract.ts';
import { hexagonOf } from '../../server/coverage/hexagon-of.ts';
import { SampleIntake } from '../../server/intake/samples.ts';
import { RunningServer } from '../flow/running-server.ts';
import { type Bench, quantile, resultOf, timed } from './measuring.ts';
import { postAll } from './posting.ts';

const START = Date.UTC(2026, 2, 1);
const ROWS_A_BODY = 20_000;

export const samplesBinned: Bench = {
  name: 'samples-binned',
  async run({ small }) {
    const count = small ? 5_000 : 1_000_000;
    const intake = new SampleIntake({
      names: { find: (name) => name },
      radioOf: () => 'LTE',
      hexOf: hexagonOf,
      dayEndOf: (at) => at,
    });
    const binned = await timed(() =>
      intake.accept(
        parsedSamples(count),
        { source: 'samples/bench', digest: 'bench' },
        { now: START + 864e5, zoneOffsetMinutes: 0 },
        async () => {},
      ),
    );
    const bare = await timed(() => {
      for (let i = 0; i < count; i++) latLngToCell(latOf(i), lonOf(i), 12);
    });
    return [
      resultOf({
        ...{ bench: 'samples-binned', value: (1000 * count) / binned, unit: 'samples/s' },
        ...{ baseline: (1000 * count) / bare, baselineIs: 'h3 latLngToCell alone on the same places' },
        target: { of: 'value', is: '≥', figure: 100_000 },
        under: `${count.toLocaleString('en')} samples, checked, binned, by columns`,
      }),
    ];
  },
};

export const coverageMap: Bench = {
  name: 'coverage-map',
  async run({ small, say }) {
    const [count, asks] = small ? [5_000, 2] : [1_000_000, 10];
    const server = await RunningServer.start();
    try {
      await postAll(`${server.url}/ingest/samples?source=bench`, 'application/x-ndjson', bodies(count));
      await server.settled();
      const path = '/api/coverage/hexagons?resolution=10&limit=100000';
      const first = await timed(() => server.ask(path));
      const { body } = await server.ask<CoverageHexagons>(path);
      say(`coverage-map: ${body.id.length} hexagons of ${count} samples, first answer in ${Math.round(first)} ms`);
      const [answers, bare]: [number[], number[]] = [[], []];
      for (let i = 0; i < asks; i++) {
        bare.push(await timed(() => JSON.stringify(body)));
        answers.push(await timed(() => server.ask(`${path}&from=${START - i}`)));
      }
      return [
        resultOf({
          ...{ bench: 'coverage-map-p50', value: quantile(answers, 0.5), unit: 'ms', baseline: quantile(bare, 0.5) },
          baselineIs: 'JSON.stringify of the same answer',
          target: { of: 'value', is: '≤', figure: 1000 },
          under: `${body.id.length.toLocaleString('en')} hexagons of ${count.toLocaleString('en')} samples, not cached`,
        }),
      ];
    } finally {
      await server.remove();
    }
  },
};

/** Some 50,000 hexagons of resolution 10: a city of 26 by 26 km. */
const latOf = (i: number) => 51.8 + (((i * 7919) % 100_003) / 100_003) * 0.24;
const lonOf = (i: number) => -8.6 + (((i * 104_729) % 99_991) / 99_991) * 0.39;

const sampleAt = (i: number) => ({
  at: START + i * 60,
  lat: latOf(i),
  lon: lonOf(i),
  // The cell nearest to the place, as a city of some 500 cells would have it.
  cell: `cell-${Math.floor((latOf(i) - 51.8) / 0.01)}-${Math.floor((lonOf(i) + 8.6) / 0.02)}`,
  radio: 'LTE',
  kind: 'mdt',
  rsrpDbm: -70 - (i % 45),
  sinrDb: 20 - (i % 25),
});

function* parsedSamples(count: number) {
  for (let index = 0; index < count; index++) {
    yield { kind: 'record' as const, record: sampleAt(index), where: { index } };
  }
}

function bodies(count: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(count / ROWS_A_BODY) }, (_, n) => {
    const rows = Array.from({ length: Math.min(ROWS_A_BODY, count - n * ROWS_A_BODY) }, (_, i) =>
      JSON.stringify(sampleAt(n * ROWS_A_BODY + i)),
    );
    return Buffer.from(rows.join('\n'));
  });
}
