// The report as one HTML page that prints on A4: title, map, table, an account of each area, method and limits.

import type { RankedArea } from '../../model/coverage.ts';
import type { PeopleCount } from '../../model/star.ts';
import { number, range } from '../../words/figures.ts';
import { type Html, html } from '../../words/markup.ts';
import { REPORT_WORDS, type ReportWords } from '../../words/report.ts';
import { sayIn } from '../../words/say.ts';
import { reportMap, SHARE_STEPS, stepClass } from './map-svg.ts';
import { type CoverageReport, factsOf, nameOf } from './report.ts';
import { REPORT_STYLE } from './style.ts';

/** A number and its unit stay on one line. */
const dbm = (value: number) => `${number(value, 0)}\u00a0dBm`;
/** Each place is counted by the line of its own scenario. */
function lineOf({ hexagons, lang }: CoverageReport, w: ReportWords): string {
  const { weakDbm, weakLines = [] } = hexagons;
  if (weakLines.length < 2) return dbm(weakDbm);
  return w.byScenario(range(lang, weakLines[0]!, weakLines.at(-1)!, 'dBm', 0).replaceAll(' ', '\u00a0'));
}

const percent = (share: number) => `${number(100 * share, 0)} %`;

export function reportHtml(report: CoverageReport): string {
  const w = REPORT_WORDS[report.lang];
  const line = lineOf(report, w);
  const first = report.areas[0];
  const facts = factsOf(report, line, first && w.names.remedies[first.remedy.kind]);
  const title = w.title(facts);
  const page = html`<!doctype html>
<html lang="${report.lang === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${w.brand}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<header>${LOGO}<strong>${w.brand}</strong><span>${w.subject}</span><span class="when">${windowOf(report)}</span></header>
<main>
<h1>${title}</h1>
<p class="lead">${w.lead(facts)}</p>
<figure>${reportMap(report, w.mapOf(report.hexagons.id.length))}<figcaption>${legend(w, line)}</figcaption></figure>
${report.areas.length === 0 ? html`<p class="none">${w.none}</p>` : areaTable(report, w)}
${report.areas.map((area, i) => account(area, i + 1, report, w))}
</main>
<footer><p>${methodOf(report, w, line)} ${w.limits}</p></footer>
</body>
</html>`;
  return page.markup;
}

const LOGO: Html = html`<svg width="20" height="20" viewBox="-9 -9 18 18" aria-hidden="true">${[0, 120, 240].map(
  (turn) => html`<path transform="rotate(${turn})" d="M-1.9-2.3A3 3 0 0 1 1.9-2.3L5.4-6.6A8.5 8.5 0 0 0-5.4-6.6Z"/>`,
)}</svg>`;

function windowOf({ from, to, lang, zone }: CoverageReport): string {
  if (from === null || to === null) return zone;
  const days = { timeZone: zone, day: 'numeric', month: 'long', year: 'numeric' } as const;
  if (lang === 'en') return `${new Intl.DateTimeFormat('en-GB', days).formatRange(from, to)}, ${zone}`;
  const { format } = new Intl.DateTimeFormat('zh-CN', days);
  return `${format(from)}至${format(to)}，${zone}`;
}

function legend(w: ReportWords, line: string): Html {
  const steps = SHARE_STEPS.map((from, i) => {
    const next = SHARE_STEPS[i + 1];
    const text =
      i === 0
        ? w.under(`${number(100 * next!, 0)} %`)
        : next === undefined
          ? w.over(`${number(100 * from, 0)} %`)
          : `${number(100 * from, 0)}–${number(100 * next, 0)}`;
    return html`<span class="step"><i class="${stepClass(from)}"></i>${text}</span>`;
  });
  return html`<span>${w.legend(line)}</span>${steps}<span class="far"><i class="few"></i>${w.few}</span><span><i class="not-judged"></i>${w.notJudged}</span>`;
}

function areaTable(report: CoverageReport, w: ReportWords): Html {
  const { columns } = w;
  const rows = report.areas.map(
    (area, i) => html`<tr>
<td class="number">${i + 1}</td><th scope="row">${nameOf(area, report)}</th><td>${rulesOf(area, w)}</td>
<td class="number strong">${percent(area.weakShare)}</td><td class="number">${interval(area, report)}</td>
<td class="number">${number(area.medianRsrpDbm, 0)}</td><td class="number">${count(area.people)}</td><td class="number">${count(area.complaints)}</td>
<td>${w.names.causes[area.cause.kind]}</td><td>${w.names.remedies[area.remedy.kind]}</td>
</tr>`,
  );
  return html`<table><thead><tr><th></th><th>${columns.place}</th><th>${columns.rules}</th><th class="number">${columns.share}</th><th class="number">${columns.interval}</th><th class="number">${columns.median}</th><th class="number">${columns.people}</th><th class="number">${columns.complaints}</th><th>${columns.cause}</th><th>${columns.remedy}</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

function account(area: RankedArea, rank: number, report: CoverageReport, w: ReportWords): Html {
  const say = (of: 'cause' | 'remedy') => sayIn(report.lang, area[of].why, { zone: report.zone });
  const cells = area.cells.slice(0, 4).map(({ cell }) => report.cellName(cell, report.lang));
  const people = area.people === undefined ? w.noPeople : w.peopleOf(count(area.people), count(area.complaints ?? 0));
  return html`<section>
<h2><span class="rank">${rank}</span> ${nameOf(area, report)}</h2>
<p class="facts">${percent(area.weakShare)} (${interval(area, report)}) · ${w.samplesOf(number(area.samples), number(area.unmeasured))} · ${people}</p>
<p><span class="label">${w.cause}</span> ${say('cause')}</p>
<p><span class="label">${w.remedy}</span> ${say('remedy')}</p>
${area.rival ? html`<p>${w.rival(area.rival.operator, number(100 * area.rival.difference, 0))}</p>` : ''}
${cells.length > 0 ? html`<p class="facts">${w.servedBy}: ${cells.join(', ')}</p>` : ''}
</section>`;
}

const rulesOf = (area: RankedArea, w: ReportWords) => area.rules.map((rule) => w.names.rules[rule]).join(w.comma);
const interval = (area: RankedArea, { lang }: CoverageReport) =>
  range(lang, 100 * area.weakShareLow, 100 * area.weakShareHigh, '%', 0);

function count(people: PeopleCount | undefined): string {
  if (people === undefined || people === 'hidden') return '—';
  return typeof people === 'number' ? number(people) : people;
}

function methodOf(report: CoverageReport, w: ReportWords, line: string): string {
  const { slice, hexagons } = report;
  const named = slice
    ? [
        slice.radio ?? w.anyRadio,
        slice.kind ? w.names.kinds[slice.kind] : w.anyKind,
        slice.ours ? w.operator.ours : slice.operator,
      ]
    : [];
  return w.method({
    slice: named.join(report.lang === 'zh' ? '，' : ', '),
    samples: number(slice?.samples ?? 0),
    unmeasured: number(slice?.unmeasured ?? 0),
    line,
    least: number(hexagons.leastSamples),
  });
}
