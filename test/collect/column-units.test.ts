// Units in headings: what is taken to the catalogue's unit, and what is left because it may mean two things or another quantity.

import { describe, expect, it } from 'vitest';
import { conversion, convert } from '../../server/collect/column-units.ts';
import { kpiNamed } from '../../server/collect/reading-columns.ts';

describe('a unit', () => {
  it.each([
    [0.004, 'fraction', '%', 0.4],
    [4, '‰', '%', 0.4],
    [4000, 'ppm', '%', 0.4],
    [0.4, 'Percent', '%', 0.4],
    [1234.5, 'kbit/s', 'Mbit/s', 1.2345],
    [1234.5, 'Kbps', 'Mbit/s', 1.2345],
    [1.5, 'Gbit/s', 'Mbit/s', 1500],
    [1, 'MB/s', 'Mbit/s', 8],
    [1, 'MByte/s', 'Mbit/s', 8],
    [1234.5, 'MB', 'GB', 1.2345],
    [1234.5, 'MBYTES', 'GB', 1.2345],
    [8000, 'Mbit', 'GB', 1],
    [1, 'GiB', 'GB', 1.073741824],
    [1, 'TB', 'GB', 1000],
    [1500, 'us', 'ms', 1.5],
    [0.25, 's', 'ms', 250],
    [2, '分钟', 's', 120],
    [48_000, 'mV', 'V', 48],
    [-95.5, 'dBm', 'dBm', -95.5],
    [50, '°F', '°C', 10],
    [7, '#', '', 7],
  ])('%s %s is so many %s: %s', (value, from, to, expected) => {
    expect(convert(value, conversion(from, to)!)).toBeCloseTo(expected, 12);
  });

  it.each([
    ['mb', 'GB'],
    ['kbit/s', '%'],
    ['dB', 'dBm'],
    ['furlong', 'ms'],
    ['constructor', ''],
  ])('%s is not taken for %s', (from, to) => expect(conversion(from, to)).toBeUndefined());
});

describe('a KPI', () => {
  it.each([
    ['drop_rate_pct', 'drop_rate_pct', undefined],
    ['drop_rate_pct.qci1', 'drop_rate_pct.qci1', undefined],
    ['Drop Rate', 'drop_rate_pct', undefined],
    ['掉话率', 'drop_rate_pct', undefined],
    ['DL throughput', 'dl_throughput_mbps', undefined],
    ['dl_throughput_kbps', 'dl_throughput_mbps', 'kbps'],
    ['traffic_mb', 'traffic_gb', 'MB'],
    ['latency us', 'latency_ms', 'us'],
  ])('is known as %s', (text, id, unit) =>
    expect(kpiNamed(text)).toMatchObject({ kpi: { id }, ...(unit && { unit }) }),
  );

  it.each(['ERAB.RelActNbr', 'rate', '1526728227', 'x'.repeat(5000)])('is not %s', (text) =>
    expect(kpiNamed(text)).toBeUndefined(),
  );
});
