// Smaller rules of the page: what is found, which key does what, where a file goes, which values come first, how places are named.

import { beforeEach, describe, expect, it } from 'vitest';
import type { CellRow } from '../../server/api/contract.ts';
import { doorFor } from '../../web/data/upload.ts';
import { createKeyReader, onKey, sendKey, setSingleKeys } from '../../web/keys.ts';
import { explainedKpi, kpiName, LEADING_COUNT, orderKpis, severityOf } from '../../web/pages/cell/kpi-choice.ts';
import { find, searchLines } from '../../web/parts/find.ts';
import { SHAPES } from '../../web/parts/glyph-shapes.ts';
import { PAGES } from '../../web/routes.ts';
import { en } from '../../web/text/en.ts';
import { cellName, siteName } from '../../web/text/names.ts';
import { zh } from '../../web/text/zh.ts';
import { sampleAlert } from './sample-alert.ts';

function row(id: string, siteId: string, name?: string, nameZh?: string): CellRow {
  return { id, index: 0, siteId, name, nameZh, radio: 'LTE', lat: 1, lon: 2, health: 'ok', at: null, kpis: {} };
}

const ROWS = [
  row('h7a', 'harbour-7', 'Old Harbour 7-A', '老港 7-A'),
  row('h7b', 'harbour-7', 'Old Harbour 7-B', '老港 7-B'),
  row('f2a', 'ferry-2', 'Ferry Hill 2-A', '渡口山 2-A'),
];

describe('find', () => {
  const found = (text: string) =>
    find(text, ROWS, searchLines(ROWS), [sampleAlert()]).map(({ kind, id }) => `${kind} ${id}`);

  it('finds alerts, then whole sites, then cells, by pieces of their names in any order', () => {
    expect(found('7 harb')).toEqual(['alert a1', 'site harbour-7', 'cell h7a', 'cell h7b']);
  });

  it('finds one cell alone by its own name, in either script', () => {
    expect(found('ferry 2-a')).toEqual(['cell f2a']);
    expect(found('渡口')).toEqual(['cell f2a']);
  });

  it('finds nothing for nothing', () => {
    expect(found('   ')).toEqual([]);
  });
});

describe('names', () => {
  it('are those of the reader’s language, else the other, else the id', () => {
    expect(cellName(ROWS[0]!, 'zh')).toBe('老港 7-A');
    expect(cellName({ id: 'x', name: 'Pier' }, 'zh')).toBe('Pier');
    expect(cellName({ id: 'x' }, 'en')).toBe('x');
  });

  it('of a site are what its cells have in common, never cut inside a word', () => {
    expect(siteName(ROWS.slice(0, 2), 'en')).toBe('Old Harbour 7');
    expect(siteName(ROWS.slice(0, 2), 'zh')).toBe('老港 7');
    expect(siteName([row('a', 's', 'Pier 11-A'), row('b', 's', 'Pier 12-A')], 'en')).toBe('Pier');
    expect(siteName([row('a', 's')], 'en')).toBe('s');
  });
});

describe('keys', () => {
  const press = (key: string, init: KeyboardEventInit = {}, target: HTMLElement = document.body) => {
    const event = new KeyboardEvent('keydown', { key, ...init });
    Object.defineProperty(event, 'target', { value: target });
    return event;
  };
  beforeEach(() => setSingleKeys(true));

  it('mean what the list of keys says, and pages after g', () => {
    const read = createKeyReader();
    expect(read(press('j'))).toBe('next');
    expect(read(press('a'))).toBe('acknowledge');
    expect(read(press('g'))).toBeNull();
    expect(read(press('a'))).toBe('alerts');
    expect(read(press('a'))).toBe('acknowledge');
  });

  it.each([
    ['English', en.help.keys],
    ['Chinese', zh.help.keys],
  ])('reach every page by g, as the %s list of keys says', (_, keys) => {
    const read = createKeyReader();
    const reached = keys.flatMap(([said]) => {
      const [first, second] = said!.split(' ');
      return first === 'g' && read(press('g')) === null ? [read(press(second!))] : [];
    });
    const pages = PAGES.filter((page) => page !== 'cell' && page !== 'star');
    expect(new Set(reached)).toEqual(new Set([...pages, 'mutes']));
  });

  it('mean nothing while somebody types, nor with Ctrl, nor when they are switched off', () => {
    const read = createKeyReader();
    expect(read(press('a', {}, document.createElement('input')))).toBeNull();
    expect(read(press('a', { ctrlKey: true }))).toBeNull();
    setSingleKeys(false);
    expect(read(press('a'))).toBeNull();
    expect(read(press('Escape'))).toBe('back');
  });

  it('leave Enter to the button that has the focus', () => {
    expect(createKeyReader()(press('Enter', {}, document.createElement('button')))).toBeNull();
  });

  it('are asked of the newest listener first, until one deals with them', () => {
    const asked: string[] = [];
    const leave = [
      onKey((act) => Boolean(asked.push(`old ${act}`))),
      onKey((act) => {
        asked.push(`new ${act}`);
        return act === 'next';
      }),
    ];
    sendKey('next');
    sendKey('back');
    for (const one of leave) one();
    expect(asked).toEqual(['new next', 'new back', 'old back']);
    expect(sendKey('next')).toBe(false);
  });
});

describe('a file that a person chose', () => {
  it('goes to the door that its content asks for', () => {
    expect(doorFor('<?xml version="1.0"?>').path).toBe('/ingest/pm');
    expect(doorFor('id,siteId,lat,lon\n').path).toBe('/api/inventory');
    expect(doorFor(' {"cells":[').path).toBe('/api/inventory');
    expect(doorFor('{"readings":[')).toMatchObject({ path: '/ingest/readings', type: 'application/json' });
    expect(doorFor('{"cell":"a","at":1}\n{"cell":')).toMatchObject({
      path: '/ingest/readings',
      type: 'application/x-ndjson',
    });
  });
});

describe('the values of a cell page', () => {
  const many = Object.fromEntries(
    [
      'drop_rate_pct',
      'setup_success_pct',
      'handover_success_pct',
      'active_users',
      'dl_throughput_mbps',
      'prb_util_pct',
      'ul_interference_dbm',
      'latency_ms',
      'packet_loss_pct',
      'traffic_gb',
      'availability_pct',
      'temperature_c',
      'vswr_ratio',
      'optical_rx_dbm',
    ].map((id) => [id, 1]),
  );

  it('begin with what people feel, and always hold a value that has an alert', () => {
    expect(orderKpis({ kpis: many, alerts: [] })[0]).toBe('drop_rate_pct');
    const leading = orderKpis({ kpis: many, alerts: [sampleAlert({ kpi: 'optical_rx_dbm' })] }).slice(0, LEADING_COUNT);
    expect(leading).toContain('optical_rx_dbm');
    expect(orderKpis({ kpis: many, alerts: [] })).toHaveLength(14);
  });

  it('take the severity of their worst open alert', () => {
    const alerts = [
      sampleAlert({ severity: 'minor' }),
      sampleAlert({ id: 'b' }),
      sampleAlert({ id: 'c', severity: 'critical', state: 'cleared' }),
    ];
    expect(severityOf({ alerts }, 'drop_rate_pct')).toBe('major');
    expect(severityOf({ alerts }, 'latency_ms')).toBeNull();
  });

  it('explain the one that the worst alert is about', () => {
    const detail = { kpis: many, lineage: {}, alerts: [sampleAlert({ kpi: 'latency_ms' })] } as unknown as Parameters<
      typeof explainedKpi
    >[0];
    expect(explainedKpi(detail, ['drop_rate_pct'])).toBe('latency_ms');
    expect(explainedKpi({ ...detail, alerts: [] }, ['drop_rate_pct'])).toBe('drop_rate_pct');
  });

  it('are named in the reader’s language, classes of service included', () => {
    expect(kpiName('drop_rate_pct', 'en')).toBe('Drop rate');
    expect(kpiName('drop_rate_pct', 'zh')).toBe('掉话率');
    expect(kpiName('drop_rate_pct.qci1', 'en')).toBe('Drop rate qci1');
    expect(kpiName('own_counter', 'en')).toBe('own_counter');
  });
});

describe('marks', () => {
  it('differ in shape for every state, so that colour is never alone', () => {
    const drawn = Object.values(SHAPES).map(({ fill, stroke, dash }) => JSON.stringify([fill, stroke, dash]));
    expect(new Set(drawn).size).toBe(drawn.length);
  });
});
