// Which column or key of an inventory means which field of a cell.

import { CELL_NUMBER_RANGES, CELL_TEXT_FIELDS, type Cell } from '../model/cell.ts';

export type CellField = keyof Cell;

const NUMBER_FIELDS = Object.keys(CELL_NUMBER_RANGES) as (keyof typeof CELL_NUMBER_RANGES)[];
/** Every field under its own name, so that what we write out can be read in again. */
const OWN_NAMES: CellField[] = [...CELL_TEXT_FIELDS, ...NUMBER_FIELDS, 'aliases', 'radio', 'duplex', 'role'];

/** Other names, as `plain` writes them; units are part of a name only where they are the field's own. */
const OTHER_NAMES: Partial<Record<CellField, string[]>> = {
  id: ['cell', 'cellid', 'cellref', '小区', '小区id', '小区标识'],
  siteId: [
    'site',
    'sitecode',
    'codesite',
    'enodebid',
    'enbid',
    'gnodebid',
    'gnbid',
    'nodebid',
    '基站',
    '基站id',
    '站点',
    '站点id',
  ],
  sectorId: ['sector', '扇区', '扇区id'],
  name: ['cellname', 'label'],
  nameZh: ['chinesename', 'cellnamezh', '小区名', '小区名称', '中文名'],
  area: ['district', 'region', '区域', '片区', '区县'],
  areaZh: ['areanamezh', '区域名称'],
  cgi: ['ecgi', 'ncgi', 'eci', 'cellglobalidentity'],
  vendor: ['manufacturer', 'supplier', '厂家', '厂商'],
  radio: ['rat', 'technology', 'tech', 'radiotype', '制式', '网络制式'],
  band: ['frequencyband', '频段'],
  duplex: ['duplexmode', '双工', '双工方式'],
  lat: ['latitude', 'latdeg', 'latitudedeg', '纬度'],
  lon: ['lng', 'long', 'longitude', 'londeg', 'longitudedeg', '经度'],
  azimuthDeg: ['azimuth', 'azimuthdegrees', 'bearing', 'bearingdeg', '方位角'],
  heightM: ['height', 'antennaheight', 'antennaheightm', '挂高', '站高', '天线挂高'],
  tiltDeg: ['tilt', 'downtilt', 'downtiltdeg', 'totaltilt', '下倾角', '总下倾角'],
  frequencyMhz: ['frequency', 'freq', 'freqmhz', '频率', '中心频率'],
  bandwidthMhz: ['bandwidth', 'bw', 'bwmhz', '带宽'],
  powerDbm: ['power', 'txpower', 'txpowerdbm', '发射功率'],
  role: ['layer'],
  scenario: ['scene', 'environment', '场景', '覆盖场景'],
  aliases: ['alias', 'othernames'],
};

/** Letters and digits only, in lower case: `Site_ID`, `siteId` and `site id` are one name. */
export function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

const FIELD_BY_NAME = new Map<string, CellField>([
  ...OWN_NAMES.map((field) => [plain(field), field] as const),
  ...Object.entries(OTHER_NAMES).flatMap(([field, names]) => names.map((name) => [name, field as CellField] as const)),
]);

/** The field that a column or key means, undefined when it means none. */
export function cellField(name: string): CellField | undefined {
  return FIELD_BY_NAME.get(plain(name));
}

/** Columns and keys that may hold a position as well-known text, `POINT(lon lat)`. */
export function isGeometryName(name: string): boolean {
  return ['wkt', 'geom', 'thegeom', 'geometry', 'point'].includes(plain(name));
}

/** Longitude and latitude of `POINT(lon lat)`, undefined for other text. */
export function parsePoint(text: string): { lon: string; lat: string } | undefined {
  const [, lon, lat] = /^\s*(?:SRID=4326;)?\s*POINT\s*Z?\s*\(\s*(\S+)\s+([^\s)]+)[^)]*\)\s*$/i.exec(text) ?? [];
  return lon && lat ? { lon, lat } : undefined;
}
