// The layer of hexagons as MapLibre draws it: one flat triangle each with a byte of state; edges, dots and hatches are made in the shader.

import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from 'maplibre-gl';
import { colourOf, createBuffer, createProgram, matrixAt, uniformsOf } from '../../parts/map/gl.ts';
import { token } from '../../parts/theme.ts';
import { type HexagonMesh, VERTICES } from './hexagon-mesh.ts';
import { NOT_KNOWN_CODE, STEPS } from './hexagon-steps.ts';

const VERTEX = `#version 300 es
uniform mat4 u_matrix;
in vec2 a_position;
in uint a_code;
out vec2 v_local;
flat out uint v_code;
void main() {
  gl_Position = u_matrix * vec4(a_position, 0.0, 1.0);
  // Corners of the hexagon lie at distance 1 from its middle, those of the triangle around it at √3.
  float turn = radians(30.0 + 120.0 * float(gl_VertexID % ${VERTICES}));
  v_local = sqrt(3.0) * vec2(cos(turn), sin(turn));
  v_code = a_code;
}`;

const FRAGMENT = `#version 300 es
precision highp float;
uniform vec3 u_steps[${STEPS}];
uniform vec3 u_mark;
uniform float u_ratio;
in vec2 v_local;
flat in uint v_code;
out vec4 colour;

// Half the width of a hexagon across its flats, a little less, so that a line of ground parts it from the next.
const float HALF_WIDTH = 0.866 * 0.94;

void main() {
  vec2 p = abs(v_local);
  float pixel = max(length(dFdx(v_local)), length(dFdy(v_local)));
  float inside = (HALF_WIDTH - max(p.y, 0.5 * p.y + 0.866 * p.x)) / pixel;
  float alpha = clamp(inside + 0.5, 0.0, 1.0);
  vec3 hue = u_mark;
  if (v_code < ${STEPS}u) {
    hue = u_steps[v_code];
  } else if (v_code == ${NOT_KNOWN_CODE}u) {
    // Where hexagons are tiny a dot may be no more than a part of them.
    float radius = min(1.3 * u_ratio, 0.22 / pixel);
    alpha = 0.75 * clamp(radius - length(v_local) / pixel + 0.5, 0.0, 1.0);
  } else {
    alpha *= 0.12 + 0.5 * step(0.72, fract((gl_FragCoord.x + gl_FragCoord.y) / (5.0 * u_ratio)));
  }
  if (alpha < 0.004) discard;
  colour = vec4(hue * alpha, alpha);
}`;

const UNIFORMS = ['u_matrix', 'u_steps', 'u_mark', 'u_ratio'] as const;

interface OnCard {
  mesh: HexagonMesh;
  array: WebGLVertexArrayObject;
  positions: WebGLBuffer;
  codes: WebGLBuffer;
  vertices: number;
}

export class HexagonLayer implements CustomLayerInterface {
  readonly id = 'hexagons';
  readonly type = 'custom' as const;
  readonly renderingMode = '2d' as const;
  #map: MapLibre | null = null;
  #gl: WebGL2RenderingContext | null = null;
  #program: WebGLProgram | null = null;
  #uniforms: Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null> | null = null;
  #drawn: OnCard | null = null;
  #steps = new Float32Array(STEPS * 3);
  #mark: [number, number, number] = [0, 0, 0];

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.#map = map;
    this.#gl = gl;
    this.#program = createProgram(gl, VERTEX, FRAGMENT);
    this.#uniforms = uniformsOf(gl, this.#program, UNIFORMS);
  }

  onRemove(): void {
    this.#free();
    if (this.#program) this.#gl?.deleteProgram(this.#program);
    this.#map = null;
  }

  /** Colours of the steps, `#rrggbb`; dots and hatches take theirs from the theme. */
  paint(steps: readonly string[]): void {
    for (const [i, step] of steps.entries()) this.#steps.set(colourOf(step), i * 3);
    this.#mark = colourOf(token('ink-3'));
    this.#map?.triggerRepaint();
  }

  /** Other hexagons, with the code of each. */
  show(mesh: HexagonMesh, codes: Uint8Array): void {
    const gl = this.#gl;
    const program = this.#program;
    if (!gl || !program) return;
    this.#free();
    const array = gl.createVertexArray();
    gl.bindVertexArray(array);
    const positions = createBuffer(gl, mesh.positions);
    const position = gl.getAttribLocation(program, 'a_position');
    gl.enableVertexAttribArray(position);
    gl.vertexAttribPointer(position, 2, gl.FLOAT, false, 0, 0);
    const byVertex = createBuffer(gl, spreadOverVertices(codes), true);
    const code = gl.getAttribLocation(program, 'a_code');
    gl.enableVertexAttribArray(code);
    gl.vertexAttribIPointer(code, 1, gl.UNSIGNED_BYTE, 0, 0);
    gl.bindVertexArray(null);
    this.#drawn = { mesh, array, positions, codes: byVertex, vertices: codes.length * VERTICES };
    this.#map?.triggerRepaint();
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const drawn = this.#drawn;
    if (!this.#map || !drawn || !this.#uniforms || drawn.vertices === 0) return;
    const canvas = this.#map.getCanvas();
    const { originX, originY } = drawn.mesh;
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.disable(gl.CULL_FACE);
    gl.useProgram(this.#program);
    gl.bindVertexArray(drawn.array);
    gl.uniformMatrix4fv(
      this.#uniforms.u_matrix,
      false,
      matrixAt(input.defaultProjectionData.mainMatrix, originX, originY),
    );
    gl.uniform3fv(this.#uniforms.u_steps, this.#steps);
    gl.uniform3fv(this.#uniforms.u_mark, this.#mark);
    gl.uniform1f(this.#uniforms.u_ratio, canvas.width / Math.max(1, canvas.clientWidth));
    gl.drawArrays(gl.TRIANGLES, 0, drawn.vertices);
    gl.bindVertexArray(null);
  }

  #free(): void {
    if (!this.#gl || !this.#drawn) return;
    this.#gl.deleteBuffer(this.#drawn.positions);
    this.#gl.deleteBuffer(this.#drawn.codes);
    this.#gl.deleteVertexArray(this.#drawn.array);
    this.#drawn = null;
  }
}

function spreadOverVertices(codes: Uint8Array): Uint8Array<ArrayBuffer> {
  const byVertex = new Uint8Array(codes.length * VERTICES);
  for (let i = 0; i < codes.length; i++) byVertex.fill(codes[i]!, i * VERTICES, (i + 1) * VERTICES);
  return byVertex;
}
