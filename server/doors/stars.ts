// What the doors answer about stars: one person, audited; everybody by group; who is at risk; and the impact of alerts.

import type { Alerts } from '../alerts/alerts.ts';
import type { Alert, PersonStar, StarGroup, StarSummary, StarsAtRisk } from '../api/contract.ts';
import type { Doors, Lang } from '../api/doors.ts';
import { type Area, areaOf } from '../experience/areas.ts';
import { TWO_STARS } from '../experience/at-risk.ts';
import type { Experience, PersonAnswer } from '../experience/experience.ts';
import { severityRank } from '../experience/impact.ts';
import type { Overview } from '../experience/overview.ts';
import { type GroupSummary, OTHERS } from '../experience/summary.ts';
import { NO_TIER, tierRank } from '../experience/tier-weight.ts';
import type { Directory } from '../live/directory.ts';
import type { AlertRecord } from '../model/alert.ts';
import type { Said } from '../model/finding.ts';
import { SEVERITIES } from '../model/health.ts';
import { PSEUDONYM } from '../model/person.ts';
import { sayIn } from '../words/say.ts';
import { groupNamesEn } from '../words/summary-en.ts';
import { groupNamesZh } from '../words/summary-zh.ts';

export interface StarRooms {
  experience: Experience;
  overview: Overview;
  people: {
    audit(entry: { at: number; role: string; subscriber: string }): Promise<void>;
    audits(limit: number): Promise<{ at: number; role: string; subscriber: string }[]>;
  };
  alerts: Alerts;
  directory: Directory;
  /** Of the operator's own id. */
  pseudonymOf(id: string): string;
  tell(alert: AlertRecord, lang: Lang): Alert;
  /** Wall time, epoch milliseconds. */
  now(): number;
  zone: string;
}

type StarDoors = Pick<Doors, 'star' | 'findSubscriber' | 'starSummary' | 'starsAtRisk' | 'lookUps'>;

/** Active alerts that are looked at for causes and outlooks. */
const MOST_OPEN = 50_000;
const MOST_CAUSES = 20;
const POINTS_A_STAR = 20;
const GROUP_NAMES = { en: groupNamesEn, zh: groupNamesZh };

const iso = (at: number) => new Date(at).toISOString();
const starsOf = (score: number) => Math.round(score / (POINTS_A_STAR / 10)) / 10;

export function createStarDoors(rooms: StarRooms): StarDoors {
  const { experience, overview, people } = rooms;
  const lookUp = async (id: string, role: string) => {
    const subscriber = PSEUDONYM.test(id) ? id : rooms.pseudonymOf(id);
    await people.audit({ at: rooms.now(), role, subscriber });
    return experience.star(subscriber);
  };
  const areaKey = (cell: string) => areaOf(rooms.directory.get(cell)?.cell).key;
  return {
    async star(id, role, lang) {
      const star = await lookUp(id, role);
      return star && tellPerson(star, lang, rooms);
    },
    async findSubscriber(id, role) {
      const star = await lookUp(id, role);
      return star && { subscriber: star.subscriber };
    },
    async starSummary({ by, across }, lang): Promise<StarSummary> {
      const all = await overview.stars(by, areaKey);
      const names = namesOf(by, lang, rooms);
      const groups = by === 'tier' ? all.groups.sort(byTier) : all.groups;
      return {
        at: all.at === null ? null : iso(all.at),
        ...{ people: all.people, meanScore: all.meanScore, stars: all.stars, before: all.before },
        groups: groups.map((group) => tellGroup(group, names, across !== undefined)),
        moved: all.moved,
        causes: causesOf(rooms, all.people, lang),
        evidence: all.links.map(({ text, ...link }) => ({ ...link, text: sayIn(lang, text, rooms) })),
      };
    },
    async starsAtRisk(single, lang): Promise<StarsAtRisk> {
      const risk = await overview.atRisk(openAlerts(rooms), areaKey);
      const names = namesOf('area', lang, rooms);
      const subscribers = risk.subscribers.map((one) => ({ ...one, why: sayNamed(one.why, lang, rooms) }));
      return {
        at: risk.at === null ? null : iso(risk.at),
        people: risk.people,
        before: null,
        groups: risk.groups.map(({ key, people, highTier, worst }) => {
          const help = worst ? sayIn(lang, worst.title, rooms) : null;
          return { key, name: names(key), people, highTier, help };
        }),
        ...(single && { subscribers }),
      };
    },
    async lookUps(limit) {
      return { lookUps: (await people.audits(limit)).map(({ at, ...rest }) => ({ at: iso(at), ...rest })) };
    },
  };
}

function tellPerson(star: PersonAnswer, lang: Lang, rooms: StarRooms): PersonStar {
  const { person, dimensions, history, outlook } = star;
  return {
    ...{ subscriber: star.subscriber, at: iso(star.at), stars: star.stars, score: star.score },
    ...{ low: star.low, high: star.high, tier: star.tier, plan: person.plan ?? null },
    tenureMonths: person.tenureMonths ?? null,
    dimensions: dimensions.map(({ reasons, ...rest }) => ({
      ...rest,
      reasons: reasons.map(({ why, cells, from, to }) => ({
        ...{ text: sayNamed(why, lang, rooms), cells },
        ...{ from: from === undefined ? undefined : iso(from), to: to === undefined ? undefined : iso(to) },
      })),
    })),
    history: history.map((day) => ({ ...day, stars: starsOf(day.score) })),
    change: sayNamed(star.change, lang, rooms),
    outlook: {
      ...{ text: sayNamed(outlook.why, lang, rooms), score: outlook.score },
      belowTwoStars: outlook.score !== null && outlook.score < TWO_STARS,
    },
    servedBy: star.servedBy.map(({ cell, share }) => ({ cell, name: cellName(cell, lang, rooms), share })),
    hours: star.hours,
    now: alertsOn(star, rooms).map((alert) => rooms.tell(alert, lang)),
    complaints: star.complaints.map(({ at, category, text, answeredAt }) => ({
      ...{ at: iso(at), category: category ?? null, text: text ?? null },
      answeredAt: answeredAt === undefined ? null : iso(answeredAt),
    })),
  };
}

/** An alert as it is told: what it does to people now, and once it is over what it did. */
export function withImpact(alert: AlertRecord, experience: Experience): AlertRecord {
  const impact = alert.state === 'cleared' ? undefined : experience.impactOf(alert);
  return impact ? { ...alert, impact } : alert;
}

/** Where nobody is known an alert ranks by its severity. */
export function impactRank(alert: AlertRecord, experience: Experience): number {
  return withImpact(alert, experience).impact?.rank ?? severityRank(alert.severity);
}

/** Active alerts on the cells that serve the person and are not well again, worst first; parts stand behind the whole. */
function alertsOn({ servedBy }: PersonAnswer, { alerts, experience }: StarRooms): AlertRecord[] {
  const found = new Map<string, AlertRecord>();
  for (const { cell } of servedBy) {
    for (const alert of alerts.openByCell(cell)) if (!alert.recovered?.includes(cell)) found.set(alert.id, alert);
  }
  const rank = (alert: AlertRecord) => experience.impactOf(alert)?.rank ?? 0;
  return [...found.values()]
    .filter(({ partOf }) => partOf === undefined || !found.has(partOf))
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || rank(b) - rank(a));
}

/** Active, and not parts of wider ones, which would count twice. */
function openAlerts({ alerts }: StarRooms): AlertRecord[] {
  const active = (['open', 'acknowledged'] as const).flatMap(
    (state) => alerts.list({ state, limit: MOST_OPEN })?.alerts ?? [],
  );
  const ids = new Set(active.map(({ id }) => id));
  return active.filter(({ partOf }) => partOf === undefined || !ids.has(partOf));
}

/** Points of the mean of all that each open alert takes if it lasts a day. */
function causesOf(rooms: StarRooms, people: number, lang: Lang): StarSummary['causes'] {
  return openAlerts(rooms)
    .flatMap((alert) => {
      const impact = rooms.experience.impactOf(alert);
      return impact && impact.starsAtRisk > 0 ? [{ alert, impact }] : [];
    })
    .sort((a, b) => b.impact.starsAtRisk - a.impact.starsAtRisk)
    .slice(0, MOST_CAUSES)
    .map(({ alert, impact }) => ({
      ...{ alert: alert.id, title: sayIn(lang, alert.title, rooms), severity: alert.severity },
      ...{ people: impact.subscribers, points: pointsOf(impact.starsAtRisk, people) },
    }));
}

const pointsOf = (stars: number, people: number) => Math.round((stars * POINTS_A_STAR * 100) / people) / 100;

function tellGroup({ across, ...group }: GroupSummary, names: (key: string) => string, isAcross: boolean): StarGroup {
  const sorted = [...across].sort(byTier);
  return { ...group, name: names(group.key), ...(isAcross && { across: sorted }) };
}

/** Tiers stand in their own order, lowest first. */
function byTier(a: { key: string }, b: { key: string }): number {
  return tierRank(a.key) - tierRank(b.key) || (a.key < b.key ? -1 : 1);
}

function namesOf(by: 'tier' | 'area' | 'plan' | 'cell', lang: Lang, rooms: StarRooms): (key: string) => string {
  const words = GROUP_NAMES[lang];
  const areas = new Map<string, Area>();
  if (by === 'area') {
    for (const { cell } of rooms.directory.cells()) {
      const area = areaOf(cell);
      areas.set(area.key, area);
    }
  }
  return (key) => {
    if (key === OTHERS) return words.other;
    if (key === '') return words.none;
    if (by === 'tier' && key === NO_TIER) return words.unrated;
    if (by === 'cell') return cellName(key, lang, rooms) ?? key;
    return by === 'area' ? areaName(areas.get(key), key, lang) : key;
  };
}

function areaName(area: Area | undefined, key: string, lang: Lang): string {
  const words = GROUP_NAMES[lang];
  if (area?.kind === 'grid') return words.grid(area.lat, area.lon);
  if (area?.kind === 'named') return (lang === 'zh' ? area.nameZh : area.name) ?? key;
  return area?.kind === 'unplaced' ? words.unplaced : key;
}

function cellName(id: string, lang: Lang, { directory }: StarRooms): string | undefined {
  const cell = directory.get(id)?.cell;
  return (lang === 'zh' && cell?.nameZh) || cell?.name;
}

/** A sentence that names a cell by its id gets the name that people know. */
function sayNamed(why: Said, lang: Lang, rooms: StarRooms): string {
  const { cell } = why.values;
  const name = typeof cell === 'string' ? cellName(cell, lang, rooms) : undefined;
  return sayIn(lang, name === undefined ? why : { ...why, values: { ...why.values, cell: name } }, rooms);
}
