// The detect command by itself: values a second on one core from file to file, and what memory a file of millions of rows takes.

import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { Noise } from '../detect/synthetic-network.ts';
import { type Bench, resultOf } from './measuring.ts';

const MINUTE_S = 60;
const START_S = 1_767_225_600;
const BLOCK_ROWS = 10_000;
const FEW_ROWS = 1_000;
/** No run is told to have taken less. */
const LEAST_SECONDS = 0.01;

export const detectFileBench: Bench = {
  name: 'detect-file',
  async run({ small, say }) {
    const rows = small ? 20_000 : 10_000_000;
    const folder = mkdtempSync(join(tmpdir(), 'cellstar-bench-'));
    try {
      const [few, many, out] = ['few.csv', 'many.csv', 'out.csv'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      writeRows(few, FEW_ROWS);
      writeRows(many, rows);
      say(`detect-file: ${rows.toLocaleString('en')} rows are written`);
      const before = process.cpuUsage();
      await copyLines(many, out);
      const copied = process.cpuUsage(before);
      const least = detect(few, out);
      const whole = detect(many, out);
      // One start may cost more than another by as much as a small run takes.
      const judging = Math.max(whole.cpuSeconds - least.cpuSeconds, LEAST_SECONDS);
      return [
        resultOf({
          ...{
            bench: 'detect-file-speed',
            value: rows / judging,
            unit: 'values/s a core',
          },
          ...{
            baseline: (rows * 1e6) / (copied.user + copied.system),
            baselineIs: 'the same file copied line by line',
          },
          target: { of: 'value', is: '≥', figure: 100_000 },
          under: 'time of the processor, the start of the program left out',
        }),
        resultOf({
          ...{ bench: 'detect-file-memory', value: whole.rssMb, unit: 'MB at most' },
          ...{ baseline: least.rssMb, baselineIs: `the same with ${FEW_ROWS} rows` },
          target: { of: 'ratio', is: '≤', figure: 3 },
          under: `${rows.toLocaleString('en')} rows`,
        }),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Minutes of a daily season with noise. */
function writeRows(path: string, rows: number): void {
  const noise = new Noise(3);
  const file = openSync(path, 'w');
  writeSync(file, 'timestamp,value\n');
  for (let first = 0; first < rows; first += BLOCK_ROWS) {
    let text = '';
    for (let row = first; row < Math.min(rows, first + BLOCK_ROWS); row++) {
      const value = 200 + 80 * Math.sin((2 * Math.PI * row) / 1440) + 8 * noise.normal();
      text += `${START_S + row * MINUTE_S},${value.toFixed(3)}\n`;
    }
    writeSync(file, text);
  }
}

async function copyLines(input: string, out: string): Promise<void> {
  const lines = createInterface({ input: createReadStream(input) });
  await pipeline(
    lines,
    async function* (each: AsyncIterable<string>) {
      for await (const line of each) yield `${line}\n`;
    },
    createWriteStream(out),
  );
}

/** Runs the built command and tells its time of the processor and the most memory that it held. */
function detect(input: string, out: string): { cpuSeconds: number; rssMb: number } {
  const script = `process.argv = [process.argv[0], 'dist/server/main.js', 'detect', ...process.argv.slice(1)];
    process.on('exit', () => process.stdout.write(JSON.stringify(process.resourceUsage())));
    await import('./dist/server/main.js');`;
  const args = ['--input-type=module', '-e', script, input, '--out', out];
  const run = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`detect ended with ${run.status}: ${run.stderr}`);
  const used = JSON.parse(run.stdout) as NodeJS.ResourceUsage;
  return { cpuSeconds: (used.userCPUTime + used.systemCPUTime) / 1e6, rssMb: used.maxRSS / 1024 };
}
