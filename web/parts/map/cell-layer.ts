// The layer of cells as MapLibre draws it: hexagons from afar, a mark a site, then flowers of wedges.

import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from 'maplibre-gl';
import { HEALTHS } from '../../../server/model/health.ts';
import { type Network, RANKS } from '../../data/network.ts';
import { token } from '../theme.ts';
import { colourOf, type Frame, matrixAt } from './gl.ts';
import { createHexagonGrid, type HexagonGrid, resolutionAt } from './hexagon-grid.ts';
import { Hexagons } from './hexagons.ts';
import { createSprite, Marks, paintSprite } from './marks.ts';
import { type Places, worstOf } from './places.ts';
import { RINGS_FROM_ZOOM } from './wedge-size.ts';
import { Wedges } from './wedges.ts';

export const SITES_FROM_ZOOM = 8;
export const FLOWERS_FROM_ZOOM = 10;
/** Pixels of a mark's whole tile, see the sprite. */
const FLOWER_TILE = 17;
const DOT_TILE = 20;
const OK_DOT_TILE = 16;
const HEXAGON_TILE = 13;

interface FarView {
  grid: HexagonGrid;
  hexagons: Hexagons;
  marks: Marks;
}

export class CellLayer implements CustomLayerInterface {
  readonly id = 'cells';
  readonly type = 'custom' as const;
  readonly renderingMode = '2d' as const;
  readonly #network: Network;
  readonly #places: Places;
  #map: MapLibre | null = null;
  #gl: WebGL2RenderingContext | null = null;
  #wedges: Wedges | null = null;
  #sites: Marks | null = null;
  #far: FarView | null = null;
  #farDirty = true;
  #sprite: WebGLTexture | null = null;
  #colours = new Float32Array(HEALTHS.length * 3);
  /** Bit mask of the health codes that are shown in full. */
  #shown = 0xff;

  constructor(network: Network, places: Places) {
    this.#network = network;
    this.#places = places;
  }

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.#map = map;
    this.#gl = gl;
    this.#wedges = new Wedges(gl, this.#places);
    this.#sites = new Marks(gl, sitePositions(this.#places));
    this.paint();
    this.update(null);
  }

  onRemove(): void {
    this.#wedges?.free();
    this.#sites?.free();
    this.#freeFar();
    if (this.#sprite) this.#gl?.deleteTexture(this.#sprite);
    this.#map = null;
  }

  /** Reads the colours anew, after the theme has changed. */
  paint(): void {
    if (!this.#gl) return;
    for (const [i, health] of HEALTHS.entries()) this.#colours.set(colourOf(token(health)), i * 3);
    if (this.#sprite) this.#gl.deleteTexture(this.#sprite);
    this.#sprite = createSprite(this.#gl, paintSprite({ of: token, land: token('land'), dark: '#0a0f14' }));
    this.#map?.triggerRepaint();
  }

  show(mask: number): void {
    this.#shown = mask;
    this.#map?.triggerRepaint();
  }

  /** The health of these slots is new; null means of all. */
  update(changed: Uint32Array | null): void {
    if (!this.#wedges || !this.#sites) return;
    this.#wedges.update(this.#network.health, changed);
    this.#updateSites(this.#wedges.health, this.#sites.health, changed);
    this.#sites.touch();
    this.#farDirty = true;
    this.#map?.triggerRepaint();
  }

  #updateSites(wedges: Uint8Array, sites: Uint8Array, changed: Uint32Array | null): void {
    const places = this.#places;
    if (changed === null) {
      for (let place = 0; place < sites.length; place++) sites[place] = worstOf(places, place, wedges);
      return;
    }
    for (let i = 0; i < changed.length; i++) {
      const place = places.placeOfSlot[changed[i]!]!;
      if (place >= 0) sites[place] = worstOf(places, place, wedges);
    }
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    if (!this.#map || !this.#wedges || !this.#sites || !this.#sprite || this.#places.x.length === 0) return;
    const canvas = this.#map.getCanvas();
    const frame: Frame = {
      matrix: matrixAt(input.defaultProjectionData.mainMatrix, this.#places.originX, this.#places.originY),
      width: canvas.clientWidth,
      height: canvas.clientHeight,
      ratio: canvas.width / Math.max(1, canvas.clientWidth),
      zoom: this.#map.getZoom(),
    };
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.disable(gl.CULL_FACE);
    if (frame.zoom < SITES_FROM_ZOOM) this.#drawFar(gl, frame);
    else if (frame.zoom < FLOWERS_FROM_ZOOM) {
      this.#sites.draw(frame, this.#sprite, 'dot', DOT_TILE, this.#shown, OK_DOT_TILE);
    } else {
      this.#wedges.draw(frame, this.#colours, this.#shown);
      const size = frame.zoom >= RINGS_FROM_ZOOM ? FLOWER_TILE * 1.1 : FLOWER_TILE;
      this.#sites.draw(frame, this.#sprite, 'flower', size, this.#shown);
    }
  }

  #drawFar(gl: WebGL2RenderingContext, frame: Frame): void {
    const resolution = resolutionAt(frame.zoom);
    if (this.#far?.grid.resolution !== resolution) {
      this.#freeFar();
      const grid = createHexagonGrid(this.#places, resolution);
      this.#far = { grid, hexagons: new Hexagons(gl, grid), marks: new Marks(gl, grid.centres) };
      this.#farDirty = true;
    }
    const far = this.#far;
    if (!far || !this.#sprite) return;
    if (this.#farDirty) this.#updateFar(far);
    far.hexagons.draw(frame, this.#colours, this.#shown);
    far.marks.draw(frame, this.#sprite, 'hexagon', HEXAGON_TILE, this.#shown);
  }

  #updateFar(far: FarView): void {
    const { health } = far.marks;
    const sites = this.#sites?.health ?? new Uint8Array();
    health.fill(0);
    for (let place = 0; place < sites.length; place++) {
      const hexagon = far.grid.hexagonOfPlace[place]!;
      if (RANKS[sites[place]!]! > RANKS[health[hexagon]!]!) health[hexagon] = sites[place]!;
    }
    far.marks.touch();
    far.hexagons.update(health);
    this.#farDirty = false;
  }

  #freeFar(): void {
    this.#far?.hexagons.free();
    this.#far?.marks.free();
    this.#far = null;
  }
}

function sitePositions(places: Places): Float32Array<ArrayBuffer> {
  const positions = new Float32Array(places.x.length * 2);
  for (let i = 0; i < places.x.length; i++) {
    positions[i * 2] = places.x[i]! - places.originX;
    positions[i * 2 + 1] = places.y[i]! - places.originY;
  }
  return positions;
}
