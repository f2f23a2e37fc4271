// Cuts a series into stretches that are each a straight line, as few as explain it.

/** Sums over the points before each index, so that the cost of any stretch is known at once. */
interface Sums {
  count: Float64Array;
  x: Float64Array;
  y: Float64Array;
  xx: Float64Array;
  xy: Float64Array;
  yy: Float64Array;
}

/**
 * Where each stretch begins, the first with 0: least squares of lines plus `penalty` (in units of the squared `spread`) for each
 * stretch, by optimal partitioning (Jackson et al. 2005). NaN is no point. A stretch has `least` steps or more.
 */
export function linePieces(values: ArrayLike<number>, spread: number, least: number, penalty: number): number[] {
  const length = values.length;
  if (length < 2 * least) return [0];
  const sums = sumsOf(values);
  const best = new Float64Array(length + 1).fill(Number.POSITIVE_INFINITY);
  const begins = new Int32Array(length + 1);
  best[0] = 0;
  for (let end = least; end <= length; end++) {
    for (let begin = 0; begin <= end - least; begin++) {
      if (best[begin] === Number.POSITIVE_INFINITY) continue;
      const cost = best[begin]! + penalty + misfit(sums, begin, end) / spread ** 2;
      if (cost >= best[end]!) continue;
      best[end] = cost;
      begins[end] = begin;
    }
  }
  const pieces: number[] = [];
  for (let end = length; end > 0; end = begins[end]!) pieces.unshift(begins[end]!);
  return pieces;
}

/** Squares that least-squares lines leave, one through each stretch: those that begin at these indexes. */
export function misfitOf(values: ArrayLike<number>, begins: readonly number[]): number {
  const sums = sumsOf(values);
  return begins.reduce((total, begin, i) => total + misfit(sums, begin, begins[i + 1] ?? values.length), 0);
}

function sumsOf(values: ArrayLike<number>): Sums {
  const sums = () => new Float64Array(values.length + 1);
  const all: Sums = { count: sums(), x: sums(), y: sums(), xx: sums(), xy: sums(), yy: sums() };
  for (let i = 0; i < values.length; i++) {
    const y = values[i]!;
    const is = Number.isNaN(y) ? 0 : 1;
    const here = is ? y : 0;
    all.count[i + 1] = all.count[i]! + is;
    all.x[i + 1] = all.x[i]! + is * i;
    all.y[i + 1] = all.y[i]! + here;
    all.xx[i + 1] = all.xx[i]! + is * i * i;
    all.xy[i + 1] = all.xy[i]! + i * here;
    all.yy[i + 1] = all.yy[i]! + here * here;
  }
  return all;
}

/** Squares that a least-squares line through the points from `begin` up to `end` leaves. */
function misfit({ count, x, y, xx, xy, yy }: Sums, begin: number, end: number): number {
  const n = count[end]! - count[begin]!;
  if (n < 3) return 0;
  const [sx, sy] = [x[end]! - x[begin]!, y[end]! - y[begin]!];
  const across = xx[end]! - xx[begin]! - (sx * sx) / n;
  const along = xy[end]! - xy[begin]! - (sx * sy) / n;
  const total = yy[end]! - yy[begin]! - (sy * sy) / n;
  return Math.max(0, total - (across > 0 ? (along * along) / across : 0));
}
