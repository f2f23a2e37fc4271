// What the doors answer, from the rooms: questions about cells, alerts and the house itself; and the live socket's view.

import type { Refusal } from './alerts/act.ts';
import { asListed } from './alerts/alarm-alert.ts';
import type { ActAnswer } from './alerts/alerts.ts';
import { flapsOf, restSentence } from './alerts/flapping.ts';
import type { Alert, HealthAnswer } from './api/contract.ts';
import type { Doors, Lang } from './api/doors.ts';
import { metricsText } from './api/metrics.ts';
import { ApiError, badRequest } from './api/problem.ts';
import type { LiveDoors } from './api/socket.ts';
import { askingForLater } from './arrival/ask-later.ts';
import { createExplanations } from './doors/alert-explanation.ts';
import { detailOf, healthAnswer, iso, listInventory, tellAlarm, tellPoll } from './doors/answers.ts';
import { createBacktestDoors } from './doors/backtest.ts';
import { createCalendarDoors } from './doors/calendar.ts';
import { createCapacityDoors } from './doors/capacity.ts';
import { CellListText } from './doors/cell-list.ts';
import { createCoverageDoors } from './doors/coverage.ts';
import { createDetectionDoors } from './doors/detection.ts';
import { createLearningDoors } from './doors/learning.ts';
import { createMuteDoors } from './doors/mutes.ts';
import { createPredictionDoors, toldRecord } from './doors/predictions.ts';
import { answerSeries } from './doors/series.ts';
import { createSourceDoors } from './doors/sources.ts';
import { createStarDoors, impactRank, withImpact } from './doors/stars.ts';
import { answerTiming } from './doors/timing.ts';
import { withFormulaChange } from './formula-history.ts';
import type { House } from './house.ts';
import { causesOf } from './learning-history.ts';
import { localDays } from './maths/local-days.ts';
import { localOffset } from './maths/zone-offset.ts';
import { type AlertCause, type AlertRecord, isCreeping } from './model/alert.ts';
import { catalogueInForce } from './model/catalogue.ts';
import type { ConfirmedCause } from './model/learning.ts';
import type { Prediction } from './model/prediction.ts';
import type { KeptLevel } from './storage/levels.ts';
import { type SayContext, sayIn } from './words/say.ts';

/** Alarms of one cell that are shown. */
const MOST_SHOWN_ALARMS = 20;

/** Marks of alerts on one chart. */
const MOST_MARKED_ALERTS = 1000;

/** The same of windows of mutes. */
const MOST_MARKED_MUTES = 200;

/** A cell's counters are waited for this long when the store is behind. */
const STORE_PATIENCE_MS = 1000;

export function createDoors(house: House): Doors {
  const { alerts, detect, journal, live, receiver, store } = house;
  const { directory, present } = live;
  const { experience } = house;
  const { detection } = createDetectionDoors(house);
  const days = localDays(house.config.zone);
  const tell = tellerOf(house);
  const explain = createExplanations(house);
  const cellList = new CellListText(directory, present);
  return {
    takeReadings: (delivery) => receiver.takeReadings(delivery),
    takePm: (delivery) => receiver.takePm(delivery),
    takeCsv: (delivery) => receiver.takeCsv(delivery),
    takeLines: (delivery, precision) => receiver.takeLines(delivery, precision),
    takeEvents: (delivery) => receiver.takeEvents(delivery),
    takeSamples: (delivery) => receiver.takeSamples(delivery),
    takeReports: (delivery) => receiver.takeReports(delivery),
    takePeople: (delivery, kind) => receiver.takePeople(delivery, kind),
    takeInventory: (delivery, mode) => receiver.takeInventory(delivery, mode),

    ...createCalendarDoors(house),

    cells: (page) => cellList.page(page),
    inventory: (page) => listInventory(directory, page),
    async cell(id, lang) {
      const known = directory.get(directory.find(id) ?? id);
      if (!known) return undefined;
      return detailOf(known, lang, {
        present,
        // With the store away a cell is still shown, without its raw counters.
        readings: async (cell, from, to) => {
          await storeCaughtUp(journal);
          return store.readings(cell, from, to).catch(() => []);
        },
        usualNow: (cell, kpis, at) => usualNow(house, cell, kpis, at),
        alertsOf: (cell) => alerts.openByCell(cell),
        alarmsOf: async (cell, siteId) => {
          const states = await house.ledger.alarmHistory({ cell, siteId, limit: MOST_SHOWN_ALARMS });
          return states.map(asListed);
        },
        changesOf: (cell) => changesOf(house, cell),
        tell,
      });
    },
    async series(id, ask) {
      const known = directory.get(directory.find(id) ?? id);
      if (!known) return undefined;
      const cell = { id: known.id, periodSeconds: present.get(known.index)?.periodSeconds ?? null };
      // Up to its newest change of names the store knows cells by the old ones.
      await caughtUp(journal, 'store', live.renamedSeq);
      const series = await answerSeries(cell, ask, present.dataAt || house.now(), {
        store,
        journal,
        days,
        usual: (one, kpi, ats) => detect.usual(one, kpi, ats),
        forecast: (one, kpi, ats) => house.foretell.forecast(one, kpi, ats),
        alertsOf: async (one, from, to) => alertsBetween(house, one, from, to),
        changesOf: (one) => changesOf(house, one),
        mutesOf: (one, from, to) => alerts.muting.windowsOf(one, { from, to }, MOST_MARKED_MUTES),
      });
      return withFormulaChange(series, house.formulaHistory);
    },

    timingAdvance: (id, ask, lang) => answerTiming(id, ask, lang, house),

    ...createCapacityDoors({ foretell: house.foretell, experience, directory }),

    ...createCoverageDoors({
      coverage: house.coverage,
      experience,
      directory,
      zone: house.config.zone,
      zoneOffsetMinutes: localOffset(house.config.zone),
    }),

    ...createBacktestDoors(house),

    ...createMuteDoors({ alerts, directory, zoneOffset: localOffset(house.config.zone) }),

    ...createLearningDoors({ learn: house.learn, zone: house.config.zone }),

    ...createPredictionDoors({
      ...{ alerts, ledger: house.ledger, directory, days, zone: house.config.zone },
      impactOf: (alert) => experience.impactOf(alert),
      peopleOn: (cells) => experience.peopleOn(cells),
      confirm: (causes) => confirm(house, causes),
      dataNow: () => present.dataAt || house.now(),
    }),

    ...createStarDoors({
      ...{ experience, overview: experience.overview, people: house.people, alerts, directory, tell },
      pseudonymOf: house.pseudonymOf,
      now: house.now,
      zone: house.config.zone,
    }),

    async alerts({ state, audience, muted = state && state !== 'all' ? false : undefined, sort, limit, cursor }) {
      const rankOf = sort === 'impact' ? (alert: AlertRecord) => impactRank(alert, experience) : undefined;
      const page = alerts.list({ state: state ?? 'listed', audience, muted, rankOf, limit, cursor });
      if (!page) throw badRequest(`cursor is "${cursor}": give the nextCursor of the page before`);
      return page;
    },
    alert: (id) => alerts.get(id),
    async explanation(id, lang) {
      const alert = await alerts.get(id);
      return alert && explain(alert, lang);
    },
    async act(id, name, { by, comment, assignee, found }) {
      const act = { what: name, by, comment, assignee, found };
      const teach = (after: AlertRecord) => confirm(house, confirmedBy(after, name === 'clear'));
      return actedAlert(await alerts.act(id, act, found && teach));
    },
    tell,

    ...createSourceDoors(house),
    health: () => houseHealth(house),
    detection,
    metrics: async () =>
      metricsText(await houseHealth(house), await detection(), house.refusals.countsOf(), house.now()),
    kpis: () => ({ version: catalogueInForce().version, kpis: [...catalogueInForce().kpis] }),
  };
}

function levelsOf(kept: NonNullable<House['upkeep']['kept']>): HealthAnswer['store']['levels'] {
  const told = ({ bytes, oldestAt }: KeptLevel) => ({ bytes, oldestAt: oldestAt === null ? null : iso(oldestAt) });
  return { raw: told(kept.raw), hourly: told(kept.hourly), daily: told(kept.daily) };
}

async function houseHealth({ config, version, startedAt, ...rooms }: House): Promise<HealthAnswer> {
  const { alerts, detect, inbox, journal, live, store, upkeep } = rooms;
  const { directory, present, sources } = live;
  const { head, bytes, maxBytes, consumers, waitingSince } = journal.status();
  const behind = Object.fromEntries(Object.entries(consumers).map(([name, taken]) => [name, head - taken]));
  const counts = alerts.counts();
  return healthAnswer({
    version,
    startedAt: iso(startedAt),
    dataAt: present.dataAt ? iso(present.dataAt) : null,
    zone: config.zone,
    ...directory.counts(),
    ...sources.totals(),
    openAlerts: counts.open + counts.acknowledged,
    mutedAlerts: counts.muted,
    byHealth: present.countByHealth(),
    quietSources: sources.quiet(rooms.now()),
    journal: { head, bytes, maxBytes, behind, waitingSince: isoOf(waitingSince) },
    store: { name: store.name, ...(await store.health()), ...(upkeep.kept && { levels: levelsOf(upkeep.kept) }) },
    detector: { version: detect.version, ...(await detect.size()) },
    inbox: inbox.status(),
    polls: rooms.poll.status().map(tellPoll),
    access: config.tokens.length > 0 ? 'tokens' : 'loopback',
  });
}

const isoOf = (times: Record<string, number>) =>
  Object.fromEntries(Object.entries(times).map(([name, at]) => [name, iso(at)]));

/** What was acknowledged is soon in the store; a store that is away is not waited for. */
function storeCaughtUp(journal: House['journal']): Promise<unknown> {
  return caughtUp(journal, 'store', journal.status().head);
}

function caughtUp(journal: House['journal'], consumer: string, seq: number): Promise<unknown> {
  const patience = new Promise((resolve) => setTimeout(resolve, STORE_PATIENCE_MS).unref());
  return Promise.race([journal.drained(consumer, seq), patience]);
}

async function changesOf({ journal, ledger }: House, cell: string) {
  await caughtUp(journal, 'inventory', journal.status().head);
  return ledger.cellChanges(cell);
}

async function usualNow({ detect }: House, cell: string, kpis: readonly string[], at: number) {
  const pairs = kpis.map(async (kpi) => [kpi, (await detect.usual(cell, kpi, [at]))[0] ?? null] as const);
  return Object.fromEntries(await Promise.all(pairs));
}

function alertsBetween({ alerts }: House, cell: string, from: number, to: number): AlertRecord[] {
  const all = alerts.list({ state: 'all', cell, limit: MOST_MARKED_ALERTS })?.alerts ?? [];
  return all.filter((alert) => alert.raisedAt <= to && (alert.clearedAt ?? to) >= from);
}

function actedAlert(answer: ActAnswer): AlertRecord | undefined {
  if ('alert' in answer) return answer.alert;
  if (answer.refused === 'unknown') return undefined;
  throw refusedAct(answer.refused);
}

/** Taken in the order of the journal, as all that judgement goes by. */
async function confirm({ journal, now }: House, causes: readonly ConfirmedCause[]): Promise<void> {
  if (causes.length > 0) await askingForLater(journal.append({ kind: 'causes', receivedAt: now(), causes }));
}

/** Who clears an alert has mended what was wrong. */
function confirmedBy(alert: AlertRecord, isMended: boolean): ConfirmedCause[] {
  return causesOf(alert).map((cause) => ({ ...cause, isMended: isMended && cause.mode !== null }));
}

function refusedAct(refusal: Exclude<Refusal, 'unknown'>): ApiError {
  switch (refusal) {
    case 'already-cleared':
      return new ApiError(409, 'Already cleared', 'the alert is cleared: it can still be acknowledged and commented');
    case 'no-assignee':
      return badRequest('assignee is missing: say who has it now');
    case 'no-comment':
      return badRequest('comment is missing: say what others should know');
    case 'too-long':
      return badRequest('by, comment or assignee is too long: say it in fewer words');
  }
}

/** An alert as the doors give it: times as ISO, sentences in the reader's language and for his day, and nothing that only the house needs. */
export function tellAlert(alert: AlertRecord, lang: Lang, context: SayContext): Alert {
  const {
    subject,
    since,
    recovered,
    acknowledgedAt,
    detector,
    alarmsOn,
    alarms,
    title,
    why,
    wouldClear,
    prediction,
    history,
    spells,
    calm,
    cause,
    ...rest
  } = alert;
  const when = (at: number | undefined) => (at === undefined ? undefined : iso(at));
  return {
    ...rest,
    raisedAt: iso(alert.raisedAt),
    changedAt: iso(alert.changedAt),
    clearedAt: when(alert.clearedAt),
    toldAt: when(alert.toldAt),
    ...(alarms && { alarms: alarms.map(tellAlarm) }),
    title: sayIn(lang, title, context),
    // The list cuts long lines: that it comes and goes stands before what it is now.
    why: [flapsOf(alert), why]
      .flatMap((said) => (said ? sayIn(lang, said, context) : []))
      .join(lang === 'en' ? ' ' : ''),
    wouldClear: sayIn(lang, restSentence(alert) ?? wouldClear, context),
    ...(cause && toldCause(cause, alert.proposedRepair, lang, context)),
    ...(calm && { wellSince: iso(calm.since) }),
    ...(since !== undefined && isCreeping(alert) && { creepsSince: iso(since) }),
    ...(prediction && toldPrediction(prediction, lang, context)),
    history: history.map((event) => ({ ...event, at: iso(event.at) })),
  };
}

/** The equipment knows best what mends it. */
function toldCause({ code, values }: AlertCause, proposed: string | undefined, lang: Lang, context: SayContext) {
  return {
    cause: { code, sentence: sayIn(lang, { code: `cause-${code}`, values }, context) },
    proposedRepair: proposed ?? sayIn(lang, { code: `repair-${code}`, values }, context),
  };
}

function toldPrediction(prediction: Prediction, lang: Lang, context: SayContext) {
  const { expectedAt, earliestAt, latestAt, ifNothing, repair, ...rest } = prediction;
  const times = { expectedAt: iso(expectedAt), earliestAt: iso(earliestAt), latestAt: iso(latestAt) };
  return {
    prediction: { ...rest, ...times, ifNothing: sayIn(lang, ifNothing, context) },
    proposedRepair: sayIn(lang, repair, context),
  };
}

/** Tells alerts with the people they hit, and what is foretold with how such words fared. */
function tellerOf({ alerts, config, experience, now }: House) {
  const { zone } = config;
  return (alert: AlertRecord, lang: Lang): Alert => {
    const told = tellAlert(withImpact(alert, experience), lang, { zone, reader: now() });
    if (!told.prediction) return told;
    return { ...told, prediction: { ...told.prediction, record: toldRecord(told.prediction, lang, { alerts, zone }) } };
  };
}

export function liveDoors(house: House): LiveDoors {
  const { feed, live } = house;
  const { directory, present } = live;
  return {
    head: () => feed.head,
    since: (seq) => feed.since(seq),
    listen: (listener) => feed.listen(listener),
    sweep: () => present.sweep(house.now()),
    indexes: () => Uint32Array.from(directory.cells(), (known) => known.index),
    columns: (indexes) => present.frame(indexes),
    row(index) {
      const known = directory.at(index);
      if (!known || known.retired) return undefined;
      const at = present.timeOf(index);
      return { id: known.id, health: present.healthOf(index), at: at ? iso(at) : null };
    },
    dataAt: () => present.dataAt,
    tell: tellerOf(house),
    hello: () => ({ version: house.version, zone: house.config.zone, cells: directory.counts().cells }),
  };
}
