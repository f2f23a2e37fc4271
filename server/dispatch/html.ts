// The dispatch list as one HTML page that prints on A4: for the folder in the van, with boxes for what was found.

import type { Visit, VisitReason } from '../model/visit.ts';
import { DISPATCH_WORDS, type DispatchWords } from '../words/dispatch.ts';
import { clock, number, roughly } from '../words/figures.ts';
import { type Html, html } from '../words/markup.ts';
import type { Lang } from '../words/say.ts';
import { type DispatchList, tell, tellRecord, worth } from './list.ts';
import { DISPATCH_STYLE } from './style.ts';
import { HORIZON_HOURS } from './visits.ts';

interface Page {
  list: DispatchList;
  lang: Lang;
  w: DispatchWords;
}

export function dispatchHtml(list: DispatchList, lang: Lang): string {
  const w = DISPATCH_WORDS[lang];
  const page = { list, lang, w };
  const saved = list.visits.reduce((sum, visit) => sum + visit.saved, 0);
  const title = w.title(list.visits.length, roughly(saved), list.isPeopled, list.ofAll);
  return html`<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${w.brand}</title>
<style>${DISPATCH_STYLE}</style>
</head>
<body>
<header>${LOGO}<strong>${w.brand}</strong><span>${w.subject}</span><span class="when">${dayOf(page)}</span></header>
<main>
<h1>${title}</h1>
<p class="lead">${w.lead(list.isPeopled)}</p>
${list.visits.length === 0 ? html`<p class="none">${w.none}</p>` : table(page)}
${list.visits.map((visit, i) => account(visit, i + 1, page))}
</main>
<footer><p>${w.method(HORIZON_HOURS)}</p></footer>
</body>
</html>`.markup;
}

const LOGO: Html = html`<svg width="20" height="20" viewBox="-9 -9 18 18" aria-hidden="true">${[0, 120, 240].map(
  (turn) => html`<path transform="rotate(${turn})" d="M-1.9-2.3A3 3 0 0 1 1.9-2.3L5.4-6.6A8.5 8.5 0 0 0-5.4-6.6Z"/>`,
)}</svg>`;

function dayOf({ list: { day, zone }, lang }: Page): string {
  const format = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: 'UTC', dateStyle: 'full' });
  return `${format.format(new Date(`${day}T00:00:00Z`))}${lang === 'zh' ? '，' : ', '}${zone}`;
}

function table(page: Page): Html {
  const { list, lang, w } = page;
  const { columns } = w;
  const rows = list.visits.map(
    (visit, i) => html`<tr>
<td class="number">${i + 1}</td><th scope="row">${list.siteName(visit.siteId, lang)}</th>
<td>${visit.reasons.map((reason) => html`<div>${tell(reason.title, lang, list)}</div>`)}</td>
<td class="number">${people(visit, w)}</td><td class="number strong">${roughly(visit.saved)}</td>
<td>${bringing(visit, w)}</td>
</tr>`,
  );
  return html`<table><thead><tr><th></th><th>${columns.site}</th><th>${columns.reasons}</th><th class="number">${columns.people}</th><th class="number">${columns.saved}</th><th>${columns.parts}</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

function account(visit: Visit, rank: number, page: Page): Html {
  const { list, lang, w } = page;
  return html`<section>
<h2><span class="rank">${rank}</span> ${list.siteName(visit.siteId, lang)} <span class="id">${visit.siteId}</span></h2>
${visit.reasons.map((reason) => oneReason(reason, page))}
<p><span class="label">${w.bring}:</span> ${bringing(visit, w)}</p>
<p class="boxes"><span class="label">${w.found}:</span> ${w.foundBoxes.map((box) => html`<span class="box"></span>${box} `)}<span class="write"></span></p>
</section>`;
}

function oneReason(reason: VisitReason, { list, lang, w }: Page): Html {
  const record = tellRecord(list.recordOf(reason), lang, list.zone);
  const team = reason.assignedTo === undefined ? '' : html` · ${w.has(reason.assignedTo)}`;
  return html`<div class="reason">
<p class="what"><strong>${tell(reason.title, lang, list)}</strong> · ${whenOf(reason, { list, lang, w })}${team}</p>
<p>${tell(reason.why, lang, list)}${reason.cause === undefined ? '' : html` ${tell(reason.cause, lang, list)}`}</p>
<p><span class="label">${w.repair}:</span> ${tell(reason.repair, lang, list)}</p>
<p class="facts">${worth(reason, lang, list)}${record === undefined ? '' : html` · ${record}`}</p>
</div>`;
}

function whenOf(
  { earliestAt, expectedAt, latestAt, since, probability }: VisitReason,
  { list, lang, w }: Page,
): string {
  const time = (at: number) => clock(lang, list.zone, at, list.at);
  if (earliestAt === undefined || expectedAt === undefined || latestAt === undefined)
    return w.since(time(since ?? list.at));
  return w.expected(time(earliestAt), time(expectedAt), time(latestAt), `${number(100 * probability, 0)} %`);
}

const bringing = ({ parts }: Visit, w: DispatchWords) => parts.map((part) => w.parts[part]).join(w.comma);

function people({ people: count }: Visit, w: DispatchWords): string {
  if (count === null) return w.noPeople;
  return typeof count === 'number' ? number(count) : count === 'hidden' ? '—' : count;
}
