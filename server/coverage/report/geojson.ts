// The report as GeoJSON (RFC 7946): one feature an area, in the order of the page, with the names that the API uses.

import { sayIn } from '../../words/say.ts';
import { type CoverageReport, nameOf } from './report.ts';

export function reportGeoJson(report: CoverageReport): object {
  const { areas, lang, zone } = report;
  return {
    type: 'FeatureCollection',
    features: areas.map((area, i) => {
      const { geometry, hexagons: _, place: __, cause, remedy, at, since, centre, cells, ...rest } = area;
      return {
        type: 'Feature',
        id: area.id,
        geometry,
        properties: {
          rank: i + 1,
          name: nameOf(area, report),
          ...rest,
          lat: centre.lat,
          lon: centre.lon,
          cells: cells.map(({ cell }) => cell),
          cause: cause.kind,
          causeWhy: sayIn(lang, cause.why, { zone }),
          remedy: remedy.kind,
          remedyWhy: sayIn(lang, remedy.why, { zone }),
          since: new Date(since).toISOString(),
          at: new Date(at).toISOString(),
        },
      };
    }),
  };
}
