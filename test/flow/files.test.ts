// Files: the import command and the inbox folder take what operators have, and say what was refused.

import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tarGzOf, zipOf } from '../collect/packed.ts';
import { RunningServer } from './running-server.ts';

const ENTRY = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const samples = process.env.CELLSTAR_SAMPLES;
if (!samples) console.warn('Left out: the tests on real files. To run them: CELLSTAR_SAMPLES=<folder of sample files>');

/** One element with one LTE cell whose counters make every formula of LTE. */
function pmFile(end: string, succ: number): string {
  const counters = {
    'RRC.ConnEstabAtt.sum': 1000,
    'RRC.ConnEstabSucc.sum': succ,
    'S1SIG.ConnEstabAtt': 900,
    'S1SIG.ConnEstabSucc': 900,
    'ERAB.EstabInitAttNbr.sum': 800,
    'ERAB.EstabInitSuccNbr.sum': 800,
    'ERAB.RelActNbr.sum': 4,
  };
  const types = Object.keys(counters).map((name, i) => `<measType p="${i + 1}">${name}</measType>`);
  const values = Object.values(counters).map((value, i) => `<r p="${i + 1}">${value}</r>`);
  return `<?xml version="1.0"?><measCollecFile xmlns="http://www.3gpp.org/ftp/specs/archive/32_series/32.435#measCollec">
<fileHeader fileFormatVersion="32.435 V10.0"><fileSender localDn="ENB-9"/><measCollec beginTime="2024-01-01T00:00:00Z"/></fileHeader>
<measData><managedElement localDn="SubNetwork=1,ManagedElement=ENB-9"/><measInfo measInfoId="m">
<granPeriod duration="PT900S" endTime="${end}"/>${types.join('')}
<measValue measObjLdn="ENodeBFunction=1,EUtranCellFDD=3">${values.join('')}</measValue></measInfo></measData>
<fileFooter><measCollec endTime="${end}"/></fileFooter></measCollecFile>`;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellstar-files-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const cellstar = (data: string, ...args: string[]) => {
  const { CELLSTAR_SAMPLES: _, ...env } = process.env;
  return spawnSync(process.execPath, [ENTRY, ...args], {
    env: { ...env, CELLSTAR_DATA: data },
    encoding: 'utf8',
    timeout: 60_000,
  });
};

describe('the import command', () => {
  it('fills an empty data folder without a server, in order of period, and the server then shows it', async () => {
    const server = await RunningServer.start();
    await server.kill('SIGTERM');
    await writeFile(join(folder, 'a-later.xml'), pmFile('2024-01-01T00:30:00Z', 990));
    await writeFile(join(folder, 'b-earlier.xml.gz'), gzipSync(pmFile('2024-01-01T00:15:00Z', 980)));
    const run = cellstar(server.folder, 'import', join(folder, 'a-later.xml'), join(folder, 'b-earlier.xml.gz'));
    expect(run.stderr).toContain('1/2 b-earlier.xml.gz: 1 accepted, 0 refused');
    expect(run.status).toBe(0);
    await server.start();
    const cell = await server.cell('ENB-9/LTE/3');
    expect(cell).toMatchObject({ radio: 'LTE', siteId: 'ENB-9', source: 'pm/ENB-9' });
    expect(cell.kpis.setup_success_pct).toBeCloseTo(99);
    expect(cell.kpis.drop_rate_pct).toBeCloseTo(0.5);
    expect(cell.lineage.drop_rate_pct).toMatchObject({ variant: 'lte-by-setups', source: 'convention' });
    const { points } = await server.series('ENB-9/LTE/3', 'setup_success_pct');
    expect(points.map(([, value]) => Math.round(value ?? 0))).toEqual([98, 99]);
    await server.remove();
  });

  it('goes through the running server, and ends with 1 when something was refused', async () => {
    const server = await RunningServer.start();
    const mixed = join(folder, 'mixed.ndjson');
    const good = { cell: 'x-1', at: '2024-01-01T00:15:00Z', kpis: { latency_ms: 20 } };
    await writeFile(
      mixed,
      [good, { ...good, cell: 'x-2', kpis: { latency_ms: -1 } }].map((one) => JSON.stringify(one)).join('\n'),
    );
    const run = cellstar(server.folder, 'import', mixed);
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('out-of-range');
    expect((await server.cell('x-1')).kpis.latency_ms).toBe(20);
    await server.remove();
  });

  it('takes archives member by member and line protocol, into the running server, and names the member that is refused', async () => {
    const server = await RunningServer.start();
    const line = `cell_kpi,cell=l-1,source=export latency_ms=7 ${Date.UTC(2024, 0, 1) * 1e6}`;
    await writeFile(join(folder, 'day.zip'), zipOf({ 'a.xml': pmFile('2024-01-01T00:15:00Z', 980), 'b.xml': '<oops' }));
    await writeFile(
      join(folder, 'day.tgz'),
      await tarGzOf({ 'lines.txt': line, 'x.xml.gz': gzipSync(pmFile('2024-01-01T00:30:00Z', 990)) }),
    );
    const run = cellstar(server.folder, 'import', join(folder, 'day.tgz'), join(folder, 'day.zip'));
    expect(run.stderr).toMatch(/day\.zip: 1 accepted, 1 refused\n.*day\.zip\/b\.xml: /);
    expect(run.stderr).toContain('day.tgz: 2 accepted, 0 refused');
    expect(run.status).toBe(1);
    expect(await server.cell('l-1')).toMatchObject({ source: 'lines/export', kpis: { latency_ms: 7 } });
    expect((await server.cell('ENB-9/LTE/3')).kpis.setup_success_pct).toBeCloseTo(99);
    await server.remove();
  });

  it('ends with 2 and a sentence for a file that is not there and for a command that is none', () => {
    const gone = cellstar(folder, 'import', join(folder, 'gone.xml'));
    expect([gone.status, gone.stderr]).toEqual([2, expect.stringContaining('gone.xml')]);
    const none = cellstar(folder, 'dance');
    expect([none.status, none.stderr]).toEqual([2, expect.stringContaining('"dance" is not a command')]);
  });

  it('refuses to start with a setting that is wrong, and names it', () => {
    for (const [name, value] of [
      ['PORT', 'eighty'],
      ['CELLSTAR_ZONE', 'Moon/Base'],
      ['CELLSTAR_TOKENS', 'king:12345678'],
      ['HOST', '0.0.0.0'],
      ['INFLUX_URL', 'nowhere'],
      ['CELLSTAR_COLOUR', 'red'],
    ] as const) {
      const { CELLSTAR_SAMPLES: _, ...env } = process.env;
      const run = spawnSync(process.execPath, [ENTRY, 'serve'], {
        env: { ...env, CELLSTAR_DATA: folder, [name]: value },
        encoding: 'utf8',
        timeout: 60_000,
      });
      expect([name, run.status]).toEqual([name, 2]);
      expect(run.stderr).toContain(name);
    }
  });
});

describe('the inbox folder', () => {
  it('takes files that are dropped in, puts them away, and sets a broken one aside with its reasons', async () => {
    const inbox = join(folder, 'inbox');
    await mkdir(inbox);
    const server = await RunningServer.start({ CELLSTAR_INBOX: inbox });
    await writeFile(join(inbox, 'A20240101.0000+0000-0015+0000_ENB-9.xml'), pmFile('2024-01-01T00:15:00Z', 970));
    await writeFile(join(inbox, 'broken.xml'), '<measCollecFile><oops');
    await expect.poll(async () => (await readdir(inbox)).sort(), { timeout: 20_000 }).toEqual(['done', 'refused']);
    expect((await server.cell('ENB-9/LTE/3')).kpis.setup_success_pct).toBeCloseTo(97);
    const reasons = JSON.parse(await readFile(join(inbox, 'refused', 'broken.xml.reasons.json'), 'utf8'));
    expect(reasons.rejections[0].detail.length).toBeGreaterThan(15);
    await server.remove();
  });
});

describe.skipIf(!samples)('real files', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await RunningServer.start();
  });
  afterAll(() => server.remove());

  it('shows the towers of Lesotho where they stand', async () => {
    const file = join(samples!, 'cells/opencellid-lesotho/LesothoCellTowersData.csv');
    const { status, body } = await server.send('/api/inventory', 'text/csv', await readFile(file), 'PUT');
    expect(status).toBe(200);
    expect(body).toMatchObject({ accepted: 1934, rejected: 2 });
    // Read a second time by other means: the columns CID, LON and LAT of the file itself.
    const rows = (await readFile(file, 'utf8'))
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(','));
    const placeOf = new Map(
      rows.map(([, , mcc, mnc, tac, cid, , lon, lat]) => [
        `${mcc}-${mnc}-${tac}-${cid}`,
        `${Number(lon)} ${Number(lat)}`,
      ]),
    );
    const { cells } = (await server.ask<{ cells: { id: string; lat: number; lon: number }[] }>('/api/cells')).body;
    expect(cells).toHaveLength(1934);
    expect(cells.filter(({ id, lat, lon }) => placeOf.get(id) !== `${lon} ${lat}`)).toEqual([]);
  });

  it('takes every PM file through the inbox and through the door, with the same result', async () => {
    const files = [
      'onap/A20181002.0000-1000-0015-1000_5G.xml',
      'onap/C20190328.0000-0015.xml',
      'onap/C20190329.0000-0015_28532.xml',
      'onap/A_no_measdata.xml',
      'bodastage-mdc/A1.xml',
      'oran-ranpm/A20230515.0700_0100-0715_0100_GNODEB-0.xml',
    ].map((name) => join(samples!, 'pm-xml', name));
    const other = await RunningServer.start();
    const accepted: Record<string, number> = {};
    for (const file of files) {
      const { body } = await server.send('/ingest/pm', 'application/xml', await readFile(file));
      accepted[basename(file)] = body.accepted;
      await mkdir(join(other.folder, 'inbox'), { recursive: true });
      await copyFile(file, join(other.folder, 'inbox', basename(file)));
    }
    expect(Object.values(accepted)).toEqual([3, 3, 3, 0, 3, 10]);
    await expect
      .poll(async () => (await readdir(join(other.folder, 'inbox'))).sort(), { timeout: 20_000 })
      .toEqual(['done']);
    const suspect = await server.cell('RNC-Gbg-1/UMTS/Gbg-999');
    expect(suspect).toMatchObject({ suspect: true, counters: { attTCHSeizures: 456, succImmediateAssignProcs8: 785 } });
    const joined = await server.cell('GNODEB-0/NR/31');
    expect(joined.counters).toEqual((await other.cell('GNODEB-0/NR/31')).counters);
    // A list of bins is not one number: it is kept bin by bin.
    expect(joined.counters).not.toHaveProperty('pmCounterNumber100');
    expect(Object.keys(joined.counters).filter((name) => name.startsWith('pmCounterNumber100['))).toHaveLength(17);
    expect((await server.cell('Dublin2/objLdn')).counters).toMatchObject({ z2: 2, a2: 22, zz2: 222, b2: 2222 });
    expect(await server.alerts()).toEqual([]);
    await other.remove();
  });
});
