// From a vendor's file that means nothing yet to its KPIs: `map`, a restart with the file that it wrote, and the same file again.

import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measData, measInfo, pmFile } from '../collect/measured.ts';
import { RunningServer } from './running-server.ts';

const ENTRY = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const run = promisify(execFile);

const HUAWEI = pmFile(
  measData(
    'ENB-7',
    measInfo(['1526726658', '1526726659', '1526727545', '1526727544', '1526727546', '77'], {
      'ENB-7/Cell:eNodeB Function Name=ENB-7, Local Cell ID=1, Cell Name=Quay_7-1, eNodeB ID=7': [
        '400',
        '396',
        '500',
        '495',
        '3',
        'abc',
      ],
      'ENB-7/Board:Cabinet No.=0, Slot No.=1': ['1', '1', '1', '1', '1', '1'],
    }),
  ),
);

const nokia = (type: string, counters: Record<string, number>) => `
  <PMSetup startTime="2026-03-17T23:30:00.000+02:00:00" interval="15"><PMMOResult>
    <MO dimension="network_element"><DN>PLMN-PLMN/MRBTS-66/LNBTS-66/LNCEL-1</DN></MO>
    <NE-WBTS_1.0 measurementType="${type}">${Object.entries(counters)
      .map(([name, value]) => `<${name}>${value}</${name}>`)
      .join('')}</NE-WBTS_1.0>
  </PMMOResult></PMSetup>`;
const NOKIA = `<?xml version="1.0"?><OMeS version="2.3">${nokia('LTE_EPS_Bearer', { M8006C0: 200, M8006C1: 198 })}${nokia(
  'LTE_Signalling',
  { M8013C5: 99, M8013C17: 30, M8013C18: 36, M8013C19: 34 },
)}</OMeS>`;

describe('a vendor’s file', () => {
  let server: RunningServer;
  const env: Record<string, string> = {};
  beforeAll(async () => {
    server = await RunningServer.start(env);
  });
  afterAll(() => server?.remove());

  it('means nothing at first, and has its KPIs once its names are mapped', async () => {
    await server.putCells([
      { id: 'quay-7-1', siteId: 'quay-7', name: 'Quay 7-1', radio: 'LTE' },
      { id: 'pier-66-1', siteId: 'pier-66', aliases: ['MRBTS-66/LNBTS-66/LNCEL-1'], radio: 'LTE' },
    ]);
    const first = await server.send('/ingest/pm', 'application/xml', HUAWEI);
    expect(first.body).toMatchObject({ accepted: 1, rejected: 2 });
    expect(first.body.rejections.map(({ reason }) => reason).sort()).toEqual(['not-a-cell', 'not-a-number']);
    await server.settled();
    expect((await server.cell('ENB-7/LTE/Quay_7-1')).kpis).toEqual({});

    const files = [join(server.folder, 'huawei.xml'), join(server.folder, 'nokia.xml')];
    await Promise.all([writeFile(files[0]!, HUAWEI), writeFile(files[1]!, NOKIA)]);
    const out = join(server.folder, 'cellstar.yaml');
    const told = await run(process.execPath, [ENTRY, 'map', ...files, '--out', out], {
      env: { ...process.env, CELLSTAR_SAMPLES: undefined, CELLSTAR_DATA: server.folder },
    });
    expect(told.stderr).toContain('2 cells of the inventory from the server');
    expect(await readFile(out, 'utf8')).toContain("'1526726658': RRC.ConnEstabAtt");

    await server.kill('SIGTERM');
    env.CELLSTAR_CONFIG = out;
    await server.start();
    const again = await server.send('/ingest/pm', 'application/xml', HUAWEI);
    expect(again.body).toMatchObject({ accepted: 1, rejected: 1, rejections: [{ reason: 'not-a-number' }] });
    expect(again.body.notes!.join()).toContain('Board 1×');
    expect((await server.send('/ingest/pm', 'application/xml', NOKIA)).body).toMatchObject({
      accepted: 1,
      rejected: 0,
    });
    await server.settled();
    const quay = await server.cell('quay-7-1');
    expect(quay.kpis.drop_rate_pct).toBeCloseTo((100 * 3) / 495, 6);
    expect(quay.kpis.setup_success_pct).toBeCloseTo((100 * 495) / 500, 6);
    const pier = await server.cell('pier-66-1');
    expect(pier.kpis.setup_success_pct).toBeCloseTo(99, 6);
    expect(pier.at).toBe('2026-03-17T21:45:00.000Z');
  });

  it('that cannot be mapped ends the command with its reason', async () => {
    const failed = run(process.execPath, [ENTRY, 'map'], {
      env: { ...process.env, CELLSTAR_SAMPLES: undefined, CELLSTAR_DATA: server.folder },
    });
    await expect(failed).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('cellstar map pm.xml.gz') });
  });
});
