// The points of a course towards a limit, in constant memory: when there are too many, two become one.

import type { Course } from './passage.ts';

const MOST_POINTS = 96;

export interface CourseState {
  /** Epoch milliseconds of hour 0. */
  from: number;
  hours: number[];
  x: number[];
}

export function newCourse(from: number): CourseState {
  return { from, hours: [], x: [] };
}

/** Adds a point at a time (epoch milliseconds); what is not newer is passed over. */
export function addPoint(course: CourseState, at: number, x: number): void {
  const hour = (at - course.from) / 3_600_000;
  if (course.hours.length > 0 && hour <= course.hours.at(-1)!) return;
  course.hours.push(hour);
  course.x.push(x);
  if (course.hours.length > MOST_POINTS) thin(course);
}

/** The older half of the points, two by two; the newer half stays as it is. */
function thin(course: CourseState): void {
  const half = MOST_POINTS / 2;
  const [hours, x] = [course.hours, course.x].map((all) => {
    const old = Array.from({ length: half / 2 }, (_, i) => (all[2 * i]! + all[2 * i + 1]!) / 2);
    return [...old, ...all.slice(half)];
  });
  course.hours = hours!;
  course.x = x!;
}

export function asCourse({ hours, x }: CourseState): Course {
  return { hours, x };
}

/** Median of the newest points. */
export function newestX({ x }: CourseState, points = 3): number {
  const tail = x.slice(-points).sort((a, b) => a - b);
  return tail[tail.length >> 1] ?? 0;
}
