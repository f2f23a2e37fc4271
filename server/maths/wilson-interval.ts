// How sure a share is, given how many were counted; and how sure the difference of two shares is.

/** 95 %, two-sided. */
const Z = 1.959964;

/**
 * Wilson's interval of `hits` of `all`, 0…1; [0, 1] when nothing was counted.
 * E. B. Wilson, Probable inference, the law of succession, and statistical inference (1927).
 */
export function wilsonInterval(hits: number, all: number, z = Z): [low: number, high: number] {
  if (all <= 0) return [0, 1];
  const share = hits / all;
  const middle = share + (z * z) / (2 * all);
  const half = z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all));
  const scale = 1 + (z * z) / all;
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)];
}

/**
 * What the share `a` exceeds the share `b` by at least, 95 %: hybrid of two Wilson intervals.
 * R. G. Newcombe, Interval estimation for the difference between independent proportions (1998), method 10.
 */
export function leastExcess(a: { hits: number; all: number }, b: { hits: number; all: number }): number {
  if (a.all <= 0 || b.all <= 0) return -1;
  const [shareA, shareB] = [a.hits / a.all, b.hits / b.all];
  const [lowA] = wilsonInterval(a.hits, a.all);
  const [, highB] = wilsonInterval(b.hits, b.all);
  return shareA - shareB - Math.hypot(shareA - lowA, highB - shareB);
}
