// The list of doors as an OpenAPI 3.1 document: paths, what they take and what they answer.

interface Door {
  summary: string;
  takes?: string[];
  query?: string[];
  answers: Record<string, string>;
}

const REFUSED = {
  '400': 'All refused, or the request cannot be read',
  '413': 'Body too large',
  '415': 'Type not known',
};
const RECEIPT = {
  '202': 'Receipt: accepted, rejected, rejections',
  ...REFUSED,
  '429': 'Full; see Retry-After',
  '503': 'The disk does not take it; see Retry-After',
};

const LINES = {
  '204':
    'Taken, or nothing was there; X-Cellstar-Rejected counts what was refused. With Prefer: return=representation 202 and a receipt',
  '400': 'All refused: error or message, and the receipt',
  '413': 'Body too large',
  '429': 'Full; see Retry-After',
  '503': 'The disk does not take it; see Retry-After',
};

const PEOPLE_COLUMNS = {
  subscribers:
    'subscriber[,tier,plan,price,tenure_months,monthly_spend,minutes,data_gb,calls,dropped_calls,month,activated_at,left]',
  exposure: 'subscriber,cell[,share,day,hour,service]: share 0 to 1, without a day the usual one',
  complaints: 'subscriber,at[,category,text,cell,lat,lon,answered_at]',
  surveys: 'subscriber,at,score[,scale,cell,lat,lon]: scale nps (0 to 10) or csat (1 to 5)',
};

const COVERAGE_QUERY = ['from', 'to', 'operator', 'radio', 'kind', 'band', 'indoor'];

const DOORS: Record<string, Record<string, Door>> = {
  '/ingest/readings': {
    post: {
      summary: 'Readings, as {"readings":[…]} or one a line',
      takes: ['application/json', 'application/x-ndjson'],
      query: ['source', 'via'],
      answers: RECEIPT,
    },
  },
  '/ingest/pm': {
    post: {
      summary: '3GPP PM XML file (TS 32.435, TS 28.532), plain or gzip',
      takes: ['application/xml', 'text/xml', 'application/gzip'],
      query: ['source', 'via'],
      answers: RECEIPT,
    },
  },
  '/ingest/csv': {
    post: {
      summary:
        'Readings as CSV with a heading: cell,at[,period_seconds],<KPI or counter>…; any common delimiter, decimal sign, time and unit in the heading, as in "Traffic (MB)"; also one KPI a row (cell,at,kpi,value)',
      takes: [
        'text/csv',
        'text/tab-separated-values',
        'text/plain',
        'application/gzip',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      ],
      query: ['source', 'via'],
      answers: RECEIPT,
    },
  },
  '/api/v2/write': {
    post: {
      summary:
        'InfluxDB line protocol as clients of 2.x write it: measurement cell_kpi, tag cell; every field a KPI or counter',
      takes: ['text/plain'],
      query: ['org', 'bucket', 'precision', 'source', 'via'],
      answers: LINES,
    },
  },
  '/write': {
    post: {
      summary: 'InfluxDB line protocol as clients of 1.x and Telegraf write it',
      takes: ['text/plain'],
      query: ['db', 'precision', 'u', 'p', 'source', 'via'],
      answers: LINES,
    },
  },
  '/query': {
    post: {
      summary: 'CREATE DATABASE, which clients of InfluxDB 1.x send before they write; nothing else is answered',
      query: ['q'],
      answers: { '200': 'results', '400': 'Another question' },
    },
  },
  '/ping': { get: { summary: 'Clients of InfluxDB ask whether we are there', answers: { '204': 'Yes' } } },
  ...Object.fromEntries(
    ['/eventListener/v7', '/eventListener/v7/eventBatch'].map((path) => [
      path,
      {
        post: {
          summary:
            'ONAP VES 7 events, as {"event":{…}}, {"eventList":[…]} or one a line: measurement, perf3gpp, fault, stndDefined (3GPP alarms and heartbeats), heartbeat',
          takes: ['application/json', 'application/x-ndjson'],
          query: ['source', 'via'],
          answers: RECEIPT,
        },
      },
    ]),
  ),
  '/ingest/samples': {
    post: {
      summary:
        'Radio samples, as {"samples":[…]}, one a line, or CSV with a heading (at,lat,lon,rsrp_dbm,…); also logs of G-NetTrack',
      takes: ['application/json', 'application/x-ndjson', 'text/csv', 'text/tab-separated-values', 'text/plain'],
      query: ['source', 'via'],
      answers: RECEIPT,
    },
  },
  '/ingest/mr': {
    post: {
      summary:
        'Measurement reports (bulkPmMrDataFile, MRO and MRS, LTE and NR), plain or gzip; ids of subscribers are dropped at once',
      takes: ['application/xml', 'text/xml', 'application/gzip', 'application/octet-stream'],
      query: ['source', 'via'],
      answers: RECEIPT,
    },
  },
  ...Object.fromEntries(
    Object.entries(PEOPLE_COLUMNS).map(([kind, columns]) => [
      `/ingest/${kind}`,
      {
        post: {
          summary: `People, as {"${kind}":[…]}, one a line, or CSV; the id becomes a pseudonym and is kept nowhere. ${columns}`,
          takes: ['application/json', 'application/x-ndjson', 'text/csv'],
          query: ['source', 'via'],
          answers: RECEIPT,
        },
      },
    ]),
  ),
  '/api/inventory': {
    put: {
      summary: 'Cells: upserts by id; mode=full retires those that are absent',
      takes: ['application/json', 'application/geo+json', 'text/csv'],
      query: ['mode', 'source', 'via'],
      answers: { '200': 'accepted, rejected, rejections, retired, renamed', ...REFUSED },
    },
    get: {
      summary: 'The cells of the inventory as they stand now, former names among their aliases',
      query: ['limit', 'cursor'],
      answers: { '200': 'cells' },
    },
  },
  '/api/calendar': {
    put: {
      summary:
        'Special days, date,type[,area,name] (holiday, workday, event): upserts by date and area; mode=full takes back those that are absent',
      takes: ['application/json', 'application/x-ndjson', 'text/csv'],
      query: ['mode', 'source', 'via'],
      answers: {
        '200': 'accepted, rejected, rejections, removed, unknown',
        ...REFUSED,
        '429': 'Full; see Retry-After',
        '503': 'The disk does not take it; see Retry-After',
      },
    },
    get: {
      summary: 'Special days between two local dates, both inclusive',
      query: ['from', 'to', 'limit', 'cursor'],
      answers: { '200': 'days', '400': 'A parameter is wrong' },
    },
  },
  '/api/calendar/{id}': {
    delete: {
      summary: 'Takes one day back, by its date; of one area with area=',
      query: ['area'],
      answers: { '200': 'removed', '400': 'No date', '404': 'No such day' },
    },
  },
  '/api/cells': {
    get: {
      summary: 'All cells with health and newest values',
      query: ['limit', 'cursor'],
      answers: { '200': 'cells' },
    },
  },
  '/api/cells/{id}': {
    get: {
      summary: 'One cell with all that is known of it',
      query: ['lang'],
      answers: { '200': 'cell', '404': 'Not known' },
    },
  },
  '/api/cells/{id}/series': {
    get: {
      summary:
        'One KPI over time with its usual range; step in seconds or PT15M: buckets (start, end] named by their end, days and hours that fill a day by local midnight, others since 1970 UTC; level tells from which values they are made, note what is no longer kept; from and to also as now-24h (data time)',
      query: ['kpi', 'from', 'to', 'step'],
      answers: { '200': 'points, spread, band, forecast, marks', '400': 'A parameter is wrong', '404': 'Not known' },
    },
  },
  '/api/kpis': { get: { summary: 'The KPI catalogue', answers: { '200': 'kpis' } } },
  '/api/cells/{id}/timing-advance': {
    get: {
      summary:
        'Measurement reports of a cell by distance (timing advance) and level, and what they say: indoors, distance or overshoot',
      query: ['from', 'to', 'lang'],
      answers: {
        '200': 'verdict, weakNear, weakFar, strongFar, rows',
        '400': 'The question cannot be read',
        '404': 'No such cell',
      },
    },
  },
  '/api/alerts': {
    get: {
      summary:
        'Alerts, newest first or by sort=impact; without state those on the control-room list; muted=true, false or all (muted ones are left out unless state=all)',
      query: ['state', 'audience', 'muted', 'sort', 'limit', 'cursor', 'lang'],
      answers: { '200': 'alerts' },
    },
  },
  '/api/alerts/{id}': {
    get: { summary: 'One alert', query: ['lang'], answers: { '200': 'alert', '404': 'Not known' } },
  },
  '/api/alerts/{id}/explanation': {
    get: {
      summary:
        'Why: likely cause with evidence, which counter moved it how much, what else moved, what would clear it, the past alerts most like it and what mended them',
      query: ['lang'],
      answers: { '200': 'explanation', '400': 'A parameter is wrong', '404': 'Not known' },
    },
  },
  ...Object.fromEntries(
    ['acknowledge', 'assign', 'comment', 'clear'].map((act) => [
      `/api/alerts/{id}/${act}`,
      {
        post: {
          summary: `${act} an alert${act === 'comment' || act === 'clear' ? '; "found" says what it was, or "nothing": the foretellers learn from it' : ''}`,
          takes: ['application/json'],
          answers: { '200': 'alert', '400': 'Something is missing', '404': 'Not known', '409': 'Already cleared' },
        },
      },
    ]),
  ),
  '/api/backtest': {
    post: {
      summary:
        'Would it have fired? {"from","to","cells" or "site","rule" or "set"}: a fixed rule, or the detector with the settings of its profile, over stored history beside the alerts that did fire; one at a time (engineer). With Accept: application/x-ndjson lines of progress, then the answer; closing the connection ends it',
      takes: ['application/json'],
      query: ['lang'],
      answers: {
        '200': 'would, did, both, onlyWould, onlyDid, rows',
        '400': 'The question cannot be read, or asks for too much',
        '404': 'No such cell or site',
        '429': 'Another one runs; see Retry-After',
        '503': 'The store is away; see Retry-After',
      },
    },
  },
  '/api/mutes': {
    get: {
      summary:
        'Mutes with what each holds back now; state: waiting, open, closing, over, standing (all but those over, the usual) or all',
      query: ['state', 'limit', 'cursor'],
      answers: { '200': 'mutes', '400': 'A parameter is wrong' },
    },
    post: {
      summary:
        'Holds alerts back within a window of data time: {"cells","siteId","area" or "all":true,"kinds","from","to","repeat":"daily" or "weekly","until","reason","by"}; what is still wrong two periods after its end is told then (engineer)',
      takes: ['application/json'],
      answers: { '201': 'id, unknown', '400': 'A field is wrong', '409': 'Too many stand', '413': 'Body too large' },
    },
  },
  '/api/mutes/{id}': {
    delete: {
      summary:
        'Ends a mute now; what it holds back is told after two periods if it lasts, or with atOnce=true at once (engineer)',
      query: ['by', 'atOnce'],
      answers: { '200': 'mute', '404': 'Not known', '409': 'Already over' },
    },
  },
  '/api/predictions': {
    get: {
      summary: 'What was foretold, newest first: as it stands, as it was first said, and what came of it',
      query: ['state', 'mode', 'outcome', 'limit', 'cursor', 'lang'],
      answers: { '200': 'predictions', '400': 'A parameter is wrong' },
    },
  },
  '/api/predictions/record': {
    get: {
      summary:
        'How good predictions were by mode and model: outcomes, precision, lead, Brier, reliability, and which are told',
      query: ['lang'],
      answers: { '200': 'groups, reliability' },
    },
  },
  '/api/models': {
    get: {
      summary:
        'What foretells each mode: the model in force, the versions there are, how the newest was compared on weeks held back, and how far a training is',
      query: ['lang'],
      answers: { '200': 'training, trainedAt, modes' },
    },
  },
  '/api/models/train': {
    post: {
      summary: 'Begins a training in the background, unless one runs; a better model replaces the old one (engineer)',
      query: ['lang'],
      answers: { '202': 'training, trainedAt, modes' },
    },
  },
  '/api/models/rollback': {
    post: {
      summary:
        'Back to the version before, of all modes or of one: {"mode", "version"}; what had ended by now does not bring the newer one back (engineer)',
      takes: ['application/json'],
      query: ['lang'],
      answers: {
        '200': 'training, trainedAt, modes',
        '400': 'mode or version is wrong',
        '409': 'No such version',
        '503': 'It cannot be written down, and nothing has changed; see Retry-After',
      },
    },
  },
  '/api/predictions/{id}/outcome': {
    post: {
      summary:
        'What somebody found on the spot: {"found": true or false, "comment", "by"}; settles it and clears its alert; what else is foretold there stands on (engineer, planner)',
      takes: ['application/json'],
      query: ['lang'],
      answers: { '200': 'prediction', '400': 'found is missing', '404': 'Not known', '409': 'Already told' },
    },
  },
  ...Object.fromEntries(
    ['', '.csv', '.html'].map((form) => [
      `/api/dispatch${form}`,
      {
        get: {
          summary: `The visits of a local day that save most, one a site${form ? `, as ${form.slice(1)}` : ''}; without a day today`,
          query: ['day', 'limit', 'lang'],
          answers: { '200': form ? 'list' : 'visits', '400': 'A parameter is wrong' },
        },
      },
    ]),
  ),
  '/api/coverage/slices': {
    get: { summary: 'What there is to judge: samples by operator, technology and kind', answers: { '200': 'slices' } },
  },
  '/api/capacity': {
    get: {
      summary:
        'Cells by the date on which they will be full in the busy hour, full ones first, with steps that put it off',
      query: ['state', 'area', 'limit', 'cursor'],
      answers: { '200': 'cells', '400': 'A parameter is wrong' },
    },
  },
  '/api/capacity.csv': {
    get: {
      summary: 'The same as CSV',
      query: ['state', 'area', 'limit', 'cursor'],
      answers: { '200': 'CSV', '400': 'A parameter is wrong' },
    },
  },
  '/api/capacity/{id}': {
    get: {
      summary: 'Busy hours of one cell by day, and where they go',
      answers: { '200': 'days and forecast', '404': 'No day of it is known' },
    },
  },
  '/api/coverage/areas': {
    get: {
      summary: 'Weak areas with cause and remedy, most urgent first; operator=ours for our own',
      query: [...COVERAGE_QUERY, 'limit', 'cursor', 'lang'],
      answers: { '200': 'areas and nextCursor', '400': 'A parameter is wrong' },
    },
  },
  '/api/coverage/hexagons': {
    get: {
      summary: 'Hexagons (H3) of one slice by columns; bounds=west,south,east,north',
      query: [...COVERAGE_QUERY, 'resolution', 'bounds', 'limit'],
      answers: { '200': 'hexagons', '400': 'A parameter is wrong' },
    },
  },
  ...Object.fromEntries(
    ['csv', 'geojson', 'html'].map((form) => [
      `/api/coverage/report.${form}`,
      {
        get: {
          summary: `The planner's report as ${form}`,
          query: [...COVERAGE_QUERY, 'lang'],
          answers: { '200': 'report', '400': 'A parameter is wrong' },
        },
      },
    ]),
  ),
  '/api/subscribers/{id}/star': {
    get: {
      summary: "One person's star score with its reasons, by id or pseudonym; for the care role, and audited",
      query: ['lang'],
      answers: { '200': 'star', '403': 'Not for this role', '404': 'Not known' },
    },
  },
  '/api/subscribers/find': {
    post: {
      summary: 'Trades {"id"} for the pseudonym that stands in addresses; for the care role, and audited',
      takes: ['application/json'],
      answers: { '200': 'subscriber', '400': 'Something is missing', '403': 'Not for this role', '404': 'Not known' },
    },
  },
  '/api/subscribers/audit': {
    get: { summary: 'Who looked up whom, newest first; for admins', query: ['limit'], answers: { '200': 'lookUps' } },
  },
  '/api/stars/summary': {
    get: {
      summary: 'Stars by tier, area, plan or cell; across=tier parts each group by tier as well',
      query: ['by', 'across', 'lang'],
      answers: { '200': 'people, meanScore, groups', '400': 'A parameter is wrong' },
    },
  },
  '/api/stars/at-risk': {
    get: {
      summary: 'Who may fall below two stars within a week; single people for the care role',
      query: ['lang'],
      answers: { '200': 'people, groups, subscribers' },
    },
  },
  '/api/detection': {
    get: {
      summary:
        'How the detector judges: version, settings that differ, the budget of findings and whether it is met, what was excused',
      answers: { '200': 'detector, settings, budget, excused, learning' },
    },
  },
  '/api/health': { get: { summary: 'How Cellstar itself is', answers: { '200': 'health' } } },
  '/api/sources': {
    get: {
      summary: 'Who sends: newest period, gap, delay, clock, completeness, and what was refused, late or doubled',
      query: ['limit', 'cursor'],
      answers: { '200': 'sources and nextCursor' },
    },
  },
  '/api/sources/{id}': {
    delete: {
      summary: 'Takes a sender that is quiet, or was not heard for a day, off the list; its alert ends (engineer)',
      answers: { '200': 'removed', '404': 'Not known', '409': 'It still sends' },
    },
  },
  '/api/rejections': {
    get: {
      summary:
        'What was refused, newest first, and counts by source and reason for ever; format=csv, or Accept: text/csv, for a file; pieces of what was sent only for engineer, ingest and admin',
      query: ['source', 'reason', 'from', 'to', 'limit', 'cursor', 'format'],
      answers: { '200': 'rejections, counts, total, kept', '400': 'A parameter is wrong' },
    },
  },
  '/api/session': {
    post: {
      summary: 'Trades {"token"} for a cookie',
      takes: ['application/json'],
      answers: { '200': 'role', '401': 'Not known' },
    },
  },
  '/api/live': {
    get: {
      summary: 'WebSocket of alerts and cell states',
      query: ['since', 'lang', 'cells'],
      answers: { '101': 'Switching protocols' },
    },
  },
  '/metrics': { get: { summary: 'Prometheus text', answers: { '200': 'metrics' } } },
};

export const OPENAPI = {
  openapi: '3.1.0',
  info: {
    title: 'Cellstar',
    version: '1',
    description:
      'The doors of a Cellstar server. A name in the query that a door does not read is refused with 400; names that begin with _ or utm_ are passed over, for caches, gateways and tracked links add them on the way.',
  },
  paths: Object.fromEntries(
    Object.entries(DOORS).map(([path, methods]) => [
      path,
      Object.fromEntries(Object.entries(methods).map(([method, door]) => [method, operation(path, door)])),
    ]),
  ),
};

/** The methods that a path is there for, upper case; none for a path that is no door. */
export function methodsOf(path: string): string[] {
  return doorsAt(path).map(({ method }) => method.toUpperCase());
}

/** Every door of ours may be asked for its language, and lists, whether long or short, for a page. */
const ALWAYS_READ = ['lang', 'limit', 'cursor'];
/** Clients of other products' protocols say more than we read, and so do probes, lest an answer come from a cache. */
const OF_OTHERS = /^\/(api\/v2\/write|write|query|ping|metrics|api\/health|eventListener\/.*)\/?$/;

/** The names that a door reads of its query; undefined where there is no such door, or one that clients of others use. */
export function queryNamesOf(method: string, path: string): string[] | undefined {
  const asked = method === 'HEAD' ? 'GET' : method;
  const doors = doorsAt(path).filter((door) => door.method.toUpperCase() === asked);
  if (doors.length === 0 || OF_OTHERS.test(path)) return undefined;
  return [...new Set([...doors.flatMap(({ query = [] }) => query), ...ALWAYS_READ])];
}

function doorsAt(path: string): (Door & { method: string })[] {
  const parts = path.replace(/(?<=.)\/$/, '').split('/');
  const isMeant = (door: string) => {
    const wanted = door.split('/');
    return wanted.length === parts.length && wanted.every((part, i) => part === '{id}' || part === parts[i]);
  };
  return Object.keys(DOORS)
    .filter(isMeant)
    .flatMap((door) => Object.entries(DOORS[door]!).map(([method, one]) => ({ ...one, method })));
}

function operation(path: string, { summary, takes, query = [], answers }: Door) {
  const parameters = [
    ...(path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : []),
    ...query.map((name) => ({ name, in: 'query', schema: { type: 'string' } })),
  ];
  return {
    summary,
    parameters,
    ...(takes && { requestBody: { content: Object.fromEntries(takes.map((type) => [type, {}])) } }),
    responses: Object.fromEntries(Object.entries(answers).map(([status, description]) => [status, { description }])),
  };
}
