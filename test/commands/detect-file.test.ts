// The detect command as people meet it: every row gets its row out, bad ones are told by line, and the exit code says how it went.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { detectArguments, detectFile } from '../../server/commands/detect-file.ts';
import { made } from '../detect/made-series.ts';

const ENTRY = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const samples = process.env.CELLSTAR_SAMPLES;
if (!samples) console.warn('Left out: a labelled real series. To run it: CELLSTAR_SAMPLES=<folder of sample files>');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cellstar-detect-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function detect(text: string | Buffer) {
  const [input, out] = [join(folder, 'in.csv'), join(folder, 'out.csv')];
  writeFileSync(input, text);
  const log: string[] = [];
  const isClean = await detectFile({ input, out, log: (line) => void log.push(line) });
  return { isClean, log, bytes: readFileSync(out), lines: readFileSync(out, 'utf8').trimEnd().split('\n') };
}

describe('detect', () => {
  test('writes each row back as it came, with a score between 0 and 1', async () => {
    const rows = ['2026-01-01 00:00:00,1', '2026-01-01T00:05:00+01:00,"2"', '1767226200,3.50', '1767226500000,-4e1'];
    const { isClean, lines } = await detect(`timestamp,value\n${rows.join('\n')}\n`);
    expect(isClean).toBe(true);
    expect(lines[0]).toBe('timestamp,value,anomaly_score');
    expect(lines.slice(1).map((line) => line.slice(0, line.lastIndexOf(',')))).toEqual(rows);
    for (const line of lines.slice(1))
      expect(Number(line.split(',').at(-1))).toSatisfy((score) => score >= 0 && score <= 1);
  });

  test('keeps doubled times and times that go back in their place', async () => {
    const times = ['2026-01-01 00:10:00', '2026-01-01 00:10:00', '2026-01-01 00:05:00', '2026-01-01 00:15:00'];
    const { lines } = await detect(`timestamp,value\n${times.map((time, i) => `${time},${i}`).join('\n')}`);
    expect(lines.slice(1).map((line) => line.split(',', 2).join())).toEqual(times.map((time, i) => `${time},${i}`));
  });

  test('tells a bad row by its line and leaves its score empty; a value that is missing is no bad row', async () => {
    const { isClean, lines, log } = await detect('timestamp,value\n1767226200,1\nnoon,2\n1767226800,x\n1767227100,\n');
    expect(isClean).toBe(false);
    expect(lines.slice(2, 4)).toEqual(['noon,2,', '1767226800,x,']);
    expect(lines[4]).toMatch(/^1767227100,,0\.\d+$/);
    expect(log.slice(0, 2)).toEqual([
      expect.stringMatching(/line 3: "noon" is no time; write/),
      expect.stringMatching(/line 4: "x" is no number; leave/),
    ]);
    expect(log.at(-1)).toContain('4 rows, 2 refused, 1 without a value');
  });

  test('says the first bad rows and counts the others', async () => {
    const { log } = await detect(`timestamp,value\n${'noon,1\n'.repeat(500)}`);
    expect(log.length).toBeLessThan(30);
    expect(log.at(-1)).toContain('500 refused');
  });

  test('finds the columns by name, whatever else stands there, and goes without a heading', async () => {
    expect((await detect('\ufeffLabel,TimeStamp,Value\r\n1,1767226200,5\r\n')).lines[1]).toMatch(/^1767226200,5,0/);
    expect((await detect('1767226200,5\n1767226500,6\n')).lines).toHaveLength(3);
  });

  test('writes bytes back that are no UTF-8', async () => {
    const { bytes } = await detect(
      Buffer.concat([Buffer.from('timestamp,value\nmidi '), Buffer.from([0xe9]), Buffer.from(',1\n')]),
    );
    expect(bytes.includes(Buffer.from([0x69, 0x20, 0xe9, 0x2c]))).toBe(true);
  });

  test('will not run on an empty file, another table, or over the file that it reads', async () => {
    await expect(detect('')).rejects.toThrow('empty');
    await expect(detect('cell,at\nA,3\n')).rejects.toThrow('no heading with the columns timestamp and value');
    const input = join(folder, 'in.csv');
    await expect(detectFile({ input, out: input, log: () => {} })).rejects.toThrow('write to another one');
    await expect(
      detectFile({ input: join(folder, 'none.csv'), out: join(folder, 'o'), log: () => {} }),
    ).rejects.toThrow('ENOENT');
    expect(() => detectArguments(['in.csv'])).toThrow('cellstar detect IN.csv --out OUT.csv');
    expect(() => detectArguments(['in.csv', '--to', 'x'])).toThrow('--to');
  });

  test('ends with 0, 1 or 2', () => {
    const ended = (...args: string[]) =>
      spawnSync(process.execPath, ['--import', 'tsx', ENTRY, 'detect', ...args], { encoding: 'utf8' });
    const run = (...args: string[]) => ended(...args).status;
    const out = join(folder, 'out.csv');
    writeFileSync(join(folder, 'good.csv'), 'timestamp,value\n1767226200,1\n');
    writeFileSync(join(folder, 'bad.csv'), 'timestamp,value\n1767226200,one\n');
    expect(run(join(folder, 'good.csv'), '--out', out)).toBe(0);
    expect(run(join(folder, 'bad.csv'), '--out', out)).toBe(1);
    const none = ended(join(folder, 'none.csv'), '--out', join(folder, 'never.csv'));
    expect(none.status).toBe(2);
    expect(none.stderr).toContain('none.csv: there is no such file or folder');
    expect(existsSync(join(folder, 'never.csv'))).toBe(false);
  }, 60_000);

  test('takes no more memory for ten times the rows', async () => {
    const used = async (times: number) => {
      const { at, values } = made('a daily season', 1, 28, 60_000);
      const text = at.map((time, i) => `${time},${values[i]!.toFixed(3)}\n`).join('');
      writeFileSync(join(folder, 'long.csv'), `timestamp,value\n${text.repeat(times)}`);
      const script = `import { detectFile } from '${new URL('../../server/commands/detect-file.ts', import.meta.url)}';
        await detectFile({ input: process.argv[1], out: '/dev/null', log() {} });
        process.stdout.write(String(process.resourceUsage().maxRSS));`;
      const args = [
        '--max-old-space-size=96',
        '--import',
        'tsx',
        '--input-type=module',
        '-e',
        script,
        join(folder, 'long.csv'),
      ];
      return Number(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout);
    };
    const [small, large] = [await used(2), await used(20)];
    expect(small).toBeGreaterThan(0);
    expect(large).toBeLessThan(1.5 * small);
  }, 120_000);

  test.skipIf(!samples)('finds the failures of a real machine, by its labels', async () => {
    const name = 'realKnownCause/ec2_request_latency_system_failure.csv';
    const { lines } = await detect(readFileSync(join(samples!, 'nab/data', name)));
    const windows: [string, string][] = JSON.parse(
      readFileSync(join(samples!, 'nab/labels/combined_windows.json'), 'utf8'),
    )[name];
    const alarms = lines
      .slice(1)
      .filter((line) => Number(line.split(',')[2]) >= 0.5)
      .map((line) => line.slice(0, 19));
    const found = windows.filter(([from, to]) => alarms.some((at) => at >= from.slice(0, 19) && at <= to.slice(0, 19)));
    expect(found.length).toBe(windows.length);
  });
});
