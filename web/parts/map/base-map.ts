// Makes the map: water and land only, no rotation, fit to the network; workers and coast are served by us.

import { Map as MapLibre, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { token } from '../theme.ts';
import type { Bounds } from './places.ts';
import type { View } from './view.ts';

setWorkerUrl(workerUrl);

/** Not nearer than this when fitting: a lone site needs its surroundings. */
const NEAREST_FIT = 13;
export const FIT_PADDING = { top: 76, bottom: 56, left: 56, right: 56 };

export function hasGraphics(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null;
}

/** The map in an element, at a view that was kept, else fit to the bounds, else the whole world. */
export function createMap(container: HTMLElement, view: View | null, bounds: Bounds | null, label: string): MapLibre {
  const map = new MapLibre({
    container,
    style: {
      version: 8,
      sources: {},
      layers: [{ id: 'water', type: 'background', paint: { 'background-color': token('water') } }],
    },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    fadeDuration: 0,
    minZoom: 1,
    maxZoom: 17,
    locale: { 'Map.Title': label },
    ...(view ? { center: [view.lon, view.lat], zoom: view.zoom } : {}),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  if (!view && bounds) fitTo(map, bounds, false);
  return map;
}

export function fitTo(map: MapLibre, bounds: Bounds, fly: boolean): void {
  map.fitBounds([bounds.west, bounds.south, bounds.east, bounds.north], {
    padding: FIT_PADDING,
    maxZoom: NEAREST_FIT,
    animate: fly,
    duration: fly ? 500 : 0,
  });
}
