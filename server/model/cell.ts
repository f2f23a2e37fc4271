// A cell (one sector-carrier), the site it stands on, and how an inventory describes them.

export const RADIOS = ['LTE', 'NR', 'GSM', 'UMTS'] as const;
export type Radio = (typeof RADIOS)[number];

/** One sector-carrier at one place. Only `id`, `siteId` and `radio` are always known. */
export interface Cell {
  id: string;
  siteId: string;
  sectorId?: string;
  /** Names for people; the Chinese one is shown on Chinese pages. */
  name?: string;
  nameZh?: string;
  /** The part of the network that people speak of, as a district; where absent, the name's words stand for it. */
  area?: string;
  areaZh?: string;
  /** Other names that senders use: distinguished names, element/object names. */
  aliases?: string[];
  /** Cell global identity, `mcc-mnc-…`: stays the same when a cell is renamed. */
  cgi?: string;
  /** Ids that it had before, oldest first; given here, never by a sender. */
  formerIds?: string[];
  vendor?: string;
  radio: Radio;
  band?: string;
  duplex?: 'FDD' | 'TDD';
  lat?: number;
  lon?: number;
  azimuthDeg?: number;
  heightM?: number;
  tiltDeg?: number;
  frequencyMhz?: number;
  bandwidthMhz?: number;
  powerDbm?: number;
  role?: 'coverage' | 'capacity';
  /** Radio scenario: `dense-urban`, `urban`, `suburb`, `rural`, `indoor`, `highway`, … */
  scenario?: string;
  validFrom?: string;
  validTo?: string;
}

/** The text fields of a cell that an inventory may carry, in the order they are shown. */
export const CELL_TEXT_FIELDS = [
  'id',
  'siteId',
  'sectorId',
  'name',
  'nameZh',
  'area',
  'areaZh',
  'cgi',
  'vendor',
  'band',
  'scenario',
  'validFrom',
  'validTo',
] as const satisfies readonly (keyof Cell)[];

/** The numeric fields of a cell with the range that is believed. */
export const CELL_NUMBER_RANGES = {
  lat: [-90, 90],
  lon: [-180, 180],
  azimuthDeg: [0, 360],
  heightM: [-100, 2000],
  tiltDeg: [-90, 90],
  frequencyMhz: [100, 100_000],
  bandwidthMhz: [0.1, 1000],
  powerDbm: [-50, 100],
} as const satisfies Partial<Record<keyof Cell, readonly [number, number]>>;

/**
 * A cell global identity in the one form that identities are compared in: parts joined by `-`, without leading zeros but
 * for the network code, where 01 and 001 are two networks. Digits without a separator stay as they are: nobody can tell
 * where the network code ends. The technologies count apart.
 */
export function globalIdentity({ cgi, radio }: Pick<Cell, 'cgi' | 'radio'>): string | undefined {
  const parts = cgi?.trim().split(/[-:_./ ]+/);
  if (!parts || parts[0] === '') return undefined;
  const plain = parts.map((part, i) => (i === 1 ? part : part.replace(/^0+(?=\d)/, '')));
  return `${radio} ${plain.join('-').toUpperCase()}`;
}

/** A cell has a place when it has both coordinates; others are *unplaced* and listed beside the map. */
export function isPlaced(cell: Cell): cell is Cell & { lat: number; lon: number } {
  return cell.lat !== undefined && cell.lon !== undefined;
}
