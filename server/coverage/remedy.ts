// What would mend a weak place, by its cause and scenario; with numbers where there are any.

import type { CoverageRemedy, WeakArea } from '../model/coverage.ts';
import type { Said } from '../model/finding.ts';
import type { Cause } from './cause.ts';
import { type CellDirectory, nameValues } from './inventory.ts';

/** Bands from here on (MHz) reach less far than the low ones. */
const LOW_BAND_MHZ = 1000;

export interface RemedyAsk {
  cause: Cause;
  scenario: string;
  isWeak: boolean;
  centre: WeakArea['centre'];
  /** From the middle to the farthest hexagon, metres. */
  radiusM: number;
  /** The longest way across, metres. */
  lengthM: number;
  overshooting: string | undefined;
}

export function remedyOf(ask: RemedyAsk, cells: CellDirectory): WeakArea['remedy'] {
  const kind = kindOf(ask, cells);
  const cell = kind === 'tilt' && ask.overshooting !== undefined ? ask.overshooting : ask.cause.server?.cell;
  const name = cell === undefined ? {} : nameValues('cell', cell, cells.cell(cell));
  const { lat, lon } = ask.centre;
  const why: Said = {
    code: `remedy-${kind}`,
    values: {
      ...name,
      scenario: ask.scenario,
      cause: ask.cause.kind,
      lat: Math.round(lat * 1e4) / 1e4,
      lon: Math.round(lon * 1e4) / 1e4,
      radiusM: Math.round(ask.radiusM),
      lengthM: Math.round(ask.lengthM),
    },
  };
  return { kind, why };
}

function kindOf({ cause, scenario, isWeak }: RemedyAsk, cells: CellDirectory): CoverageRemedy {
  switch (cause.kind) {
    case 'fault':
      return 'repair';
    case 'overshoot':
    case 'overlap':
      return 'tilt';
    case 'capacity':
      return 'capacity';
    case 'distance':
      return forDistance(scenario, cause, cells);
    case 'indoor':
      return 'indoor-system';
    case 'unknown':
      return isWeak && cause.server?.distanceM != null ? forNear(scenario, cause) : 'measure';
  }
}

function forDistance(scenario: string, { server, isBeside }: Cause, cells: CellDirectory): CoverageRemedy {
  const band = server && Number.parseInt(cells.cell(server.cell)?.band?.replace(/^\D+/, '') ?? '', 10);
  switch (scenario) {
    case 'dense-urban':
      return 'small-cell';
    case 'indoor':
      return 'indoor-system';
    case 'tunnel':
      return 'leaky-cable';
    case 'highway':
    case 'railway':
      return 'linear-sites';
    case 'rural':
      // Band numbers (3, 41) do not tell the frequency: only MHz are read.
      return band !== undefined && band > LOW_BAND_MHZ ? 'low-band' : 'new-site';
    default:
      return isBeside ? 'azimuth' : 'new-site';
  }
}

/** Weak although the server is near: walls, ground, or the antenna looks elsewhere. */
function forNear(scenario: string, { isBeside }: Cause): CoverageRemedy {
  if (isBeside) return 'azimuth';
  if (scenario === 'indoor') return 'indoor-system';
  if (scenario === 'tunnel') return 'leaky-cable';
  return scenario === 'dense-urban' ? 'small-cell' : 'measure';
}
