// `npm run bench [-- --small] [NAME…]`: measures each row beside its baseline; JSON lines on stdout, progress on stderr.

import { alertLatency } from './alert-latency.ts';
import { cellChart } from './cell-chart.ts';
import { cellsState } from './cells-state.ts';
import { detectFileBench } from './detect-file.ts';
import { detector } from './detector.ts';
import { foretell } from './foretell.ts';
import { foretellCapacity } from './foretell-capacity.ts';
import { foretellTraining } from './foretell-training.ts';
import { ingestEmbedded } from './ingest-embedded.ts';
import { ingestInflux } from './ingest-influx.ts';
import { mapUpdate } from './map-update.ts';
import { pmFileBench } from './pm-file.ts';
import { coverageMap, samplesBinned } from './samples.ts';
import { stars } from './stars.ts';

const BENCHES = [
  ingestEmbedded,
  ingestInflux,
  detector,
  detectFileBench,
  foretell,
  foretellTraining,
  foretellCapacity,
  alertLatency,
  pmFileBench,
  cellsState,
  cellChart,
  mapUpdate,
  samplesBinned,
  coverageMap,
  stars,
];

async function main(args: string[]): Promise<number> {
  const names = args.filter((arg) => arg !== '--small');
  const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    console.error(
      `unknown: ${unknown.join(', ')}; there are ${BENCHES.map(({ name }) => name).join(', ')}, and --small`,
    );
    return 2;
  }
  const setting = { small: args.includes('--small'), say: (line: string) => console.error(line) };
  for (const bench of BENCHES) {
    if (names.length > 0 && !names.includes(bench.name)) continue;
    console.error(`${bench.name} …`);
    for (const result of await bench.run(setting)) console.log(JSON.stringify(result));
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
