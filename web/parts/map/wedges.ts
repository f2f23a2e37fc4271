// Draws one wedge a cell: one triangle each, its round edges, dashes and hatching made in the fragment shader.

import { HEALTHS } from '../../../server/model/health.ts';
import { WEDGE_DEGREES, WEDGE_GROWTH } from '../wedge.ts';
import { createBuffer, createProgram, type Frame, uniformsOf } from './gl.ts';
import type { Places } from './places.ts';
import { orderByRank } from './ranked-order.ts';
import { RINGS_FROM_ZOOM, radiusAt } from './wedge-size.ts';
import { azimuthsByVertex, positionsByVertex, ringsByVertex } from './wedge-vertices.ts';

const VERTEX = `#version 300 es
uniform mat4 u_matrix;
uniform vec2 u_size;
uniform float u_radius;
uniform bool u_rings;
uniform float u_growth[8];
uniform uint u_shown;
in vec2 a_position;
in float a_azimuth;
in vec2 a_ring;
in uint a_health;
out vec2 v_local;
flat out uint v_health;
flat out vec3 v_shape;
flat out float v_strength;

const float HALF = radians(${(WEDGE_DEGREES / 2).toFixed(1)});

void main() {
  // An ok carrier behind another of its sector would only darken it.
  if (!u_rings && a_health == 0u && a_ring.x > 0.5) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  bool shown = (u_shown & (1u << a_health)) != 0u;
  bool around = a_azimuth < 0.0;
  float inner = u_radius * (a_health == 0u ? 0.42 : 0.6);
  float outer = u_radius * (shown ? u_growth[a_health] : 1.0);
  if (u_rings) {
    float width = u_radius * 2.0 / a_ring.y;
    inner = u_radius * 0.7 + width * a_ring.x;
    outer = inner + width - 1.5;
  }
  float reach = outer + 1.5;
  int corner = gl_VertexID % 3;
  vec2 local = vec2(0.0);
  if (around) {
    float turn = radians(90.0 + 120.0 * float(corner));
    local = 2.0 * reach * vec2(cos(turn), sin(turn));
  } else if (corner > 0) {
    local = reach * vec2(1.0, (corner == 1 ? 1.0 : -1.0) * tan(HALF + 0.12));
  }
  float azimuth = radians(around ? 0.0 : a_azimuth);
  vec2 ahead = vec2(sin(azimuth), cos(azimuth));
  vec2 offset = ahead * local.x + vec2(ahead.y, -ahead.x) * local.y;
  gl_Position = u_matrix * vec4(a_position, 0.0, 1.0);
  gl_Position.xy += offset * 2.0 / u_size * gl_Position.w;
  v_local = local;
  v_health = a_health;
  v_shape = vec3(inner, outer, around ? 4.0 : HALF);
  v_strength = shown ? 1.0 : 0.16;
}`;

const FRAGMENT = `#version 300 es
precision highp float;
uniform vec3 u_colours[8];
uniform float u_ratio;
in vec2 v_local;
flat in uint v_health;
flat in vec3 v_shape;
flat in float v_strength;
out vec4 colour;

const uint OK = 0u;
const uint UNKNOWN = 5u;
const uint SAVING = 6u;
const uint PLANNED = 7u;

void main() {
  float inner = v_health == SAVING ? mix(v_shape.x, v_shape.y, 0.45) : v_shape.x;
  float r = length(v_local);
  float angle = atan(v_local.y, v_local.x);
  float toArc = min(r - inner, v_shape.y - r);
  float toSide = (v_shape.z - abs(angle)) * r;
  bool around = v_shape.z > 3.2;
  float inside = around ? toArc : min(toArc, toSide);
  // A dashed ring within a dashed ring would say nothing more.
  if (around && v_health == UNKNOWN) inside = v_shape.y - r;
  float cover = clamp(inside * u_ratio + 0.5, 0.0, 1.0);
  float edge = 1.0 - clamp((inside - 1.0) * u_ratio + 0.5, 0.0, 1.0);
  float strength = 1.0;
  if (v_health == OK) strength = mix(0.5, 0.85, edge);
  else if (v_health == UNKNOWN) strength = 0.75 * edge * step(0.42, fract((angle * r + r) / 3.6));
  else if (v_health == PLANNED) strength = max(edge, step(0.55, fract((gl_FragCoord.x + gl_FragCoord.y) / (3.6 * u_ratio))));
  float alpha = cover * strength * v_strength;
  if (alpha < 0.004) discard;
  colour = vec4(u_colours[v_health] * alpha, alpha);
}`;

const UNIFORMS = ['u_matrix', 'u_size', 'u_radius', 'u_rings', 'u_growth', 'u_shown', 'u_colours', 'u_ratio'] as const;

export class Wedges {
  /** Health code by wedge. */
  readonly health: Uint8Array;
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #uniforms: Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null>;
  readonly #array: WebGLVertexArrayObject;
  readonly #buffers: WebGLBuffer[] = [];
  readonly #healthBuffer: WebGLBuffer;
  readonly #indexBuffer: WebGLBuffer;
  readonly #places: Places;
  readonly #vertexHealth: Uint8Array;
  readonly #order: Uint32Array;
  readonly #indices: Uint32Array;
  #notOk = 0;
  #dirty = true;

  constructor(gl: WebGL2RenderingContext, places: Places) {
    const count = places.cells.length;
    this.#gl = gl;
    this.#places = places;
    this.#program = createProgram(gl, VERTEX, FRAGMENT);
    this.#uniforms = uniformsOf(gl, this.#program, UNIFORMS);
    this.health = new Uint8Array(count);
    this.#vertexHealth = new Uint8Array(count * 3);
    this.#order = new Uint32Array(count);
    this.#indices = new Uint32Array(count * 3);
    this.#array = gl.createVertexArray();
    gl.bindVertexArray(this.#array);
    this.#attribute('a_position', 2, gl.FLOAT, positionsByVertex(places));
    this.#attribute('a_azimuth', 1, gl.SHORT, azimuthsByVertex(places));
    this.#attribute('a_ring', 2, gl.UNSIGNED_BYTE, ringsByVertex(places));
    this.#healthBuffer = this.#attribute('a_health', 1, gl.UNSIGNED_BYTE, this.#vertexHealth, true);
    this.#indexBuffer = gl.createBuffer();
    this.#buffers.push(this.#indexBuffer);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#indexBuffer);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, this.#indices.byteLength, gl.DYNAMIC_DRAW);
    gl.bindVertexArray(null);
  }

  #attribute(name: string, size: number, type: number, data: AllowSharedBufferSource, integer = false): WebGLBuffer {
    const gl = this.#gl;
    const location = gl.getAttribLocation(this.#program, name);
    const buffer = createBuffer(gl, data, integer);
    this.#buffers.push(buffer);
    gl.enableVertexAttribArray(location);
    if (integer) gl.vertexAttribIPointer(location, size, type, 0, 0);
    else gl.vertexAttribPointer(location, size, type, false, 0, 0);
    return buffer;
  }

  /** Takes over the health of these slots, or of all with null. Plain writes: it runs for ten thousand cells a second. */
  update(health: Uint8Array, changed: Uint32Array | null): void {
    const { cells, wedgeOfSlot } = this.#places;
    const byWedge = this.health;
    const byVertex = this.#vertexHealth;
    const slots = changed ?? cells;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i]!;
      const wedge = wedgeOfSlot[slot]!;
      if (wedge < 0) continue;
      const code = health[slot]!;
      const vertex = wedge * 3;
      byWedge[wedge] = code;
      byVertex[vertex] = code;
      byVertex[vertex + 1] = code;
      byVertex[vertex + 2] = code;
    }
    this.#dirty = true;
  }

  /** Sends what changed to the card: one byte a vertex, and the order of what is not ok. */
  #upload(): void {
    const gl = this.#gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#healthBuffer);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, this.#vertexHealth);
    const [order, indices] = [this.#order, this.#indices];
    const notOk = orderByRank(this.health, order, false);
    for (let i = 0; i < notOk; i++) {
      const vertex = order[i]! * 3;
      indices[i * 3] = vertex;
      indices[i * 3 + 1] = vertex + 1;
      indices[i * 3 + 2] = vertex + 2;
    }
    this.#notOk = notOk;
    gl.bufferSubData(gl.ELEMENT_ARRAY_BUFFER, 0, this.#indices, 0, this.#notOk * 3);
    this.#dirty = false;
  }

  /** All wedges once, then those that are not ok on top, the worst last. `shown` is a bit mask of health codes. */
  draw(frame: Frame, colours: Float32Array, shown: number): void {
    const gl = this.#gl;
    const rings = frame.zoom >= RINGS_FROM_ZOOM;
    gl.useProgram(this.#program);
    gl.bindVertexArray(this.#array);
    if (this.#dirty) this.#upload();
    gl.uniformMatrix4fv(this.#uniforms.u_matrix, false, frame.matrix);
    gl.uniform2f(this.#uniforms.u_size, frame.width, frame.height);
    gl.uniform1f(this.#uniforms.u_radius, radiusAt(frame.zoom));
    gl.uniform1i(this.#uniforms.u_rings, rings ? 1 : 0);
    gl.uniform1fv(this.#uniforms.u_growth, GROWTH);
    gl.uniform1ui(this.#uniforms.u_shown, shown);
    gl.uniform3fv(this.#uniforms.u_colours, colours);
    gl.uniform1f(this.#uniforms.u_ratio, frame.ratio);
    gl.drawArrays(gl.TRIANGLES, 0, this.#vertexHealth.length);
    if (!rings && this.#notOk > 0) gl.drawElements(gl.TRIANGLES, this.#notOk * 3, gl.UNSIGNED_INT, 0);
    gl.bindVertexArray(null);
  }

  free(): void {
    for (const buffer of this.#buffers) this.#gl.deleteBuffer(buffer);
    this.#gl.deleteVertexArray(this.#array);
    this.#gl.deleteProgram(this.#program);
  }
}

const GROWTH = Float32Array.from(HEALTHS.map((health) => WEDGE_GROWTH[health]));
