// The look of the report: light colours, A4, larger type on paper than on a screen would need.

import { type Html, html } from '../../words/markup.ts';

export const REPORT_STYLE: Html = html`
:root { --ink-1: #16202a; --ink-2: #46545f; --ink-3: #5f6c77; --line: #e0ded7; --line-2: #b9b8b1; }
* { box-sizing: border-box; }
@page { size: A4; margin: 14mm 16mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9pt system-ui, sans-serif; color: #5f6c77; } }
body { margin: 0 auto; max-width: 1056px; padding: 48px 60px; background: #fff; color: var(--ink-1);
  font: 15px/22px Inter, system-ui, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; font-feature-settings: "tnum", "calt"; }
:lang(zh-CN) body { line-height: 24px; }
header { display: flex; align-items: center; gap: 10px; color: var(--ink-2); font-size: 13px; }
header strong { color: var(--ink-1); font-weight: 600; }
header svg { fill: var(--ink-1); }
header .when { margin-left: auto; }
h1 { margin: 22px 0 10px; font: 600 42px/48px "Inter Display", Inter, system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; letter-spacing: -0.01em; text-wrap: balance; }
:lang(zh-CN) h1 { font-weight: 700; letter-spacing: 0; }
.lead { margin: 0 0 20px; max-width: 48em; font-size: 17px; line-height: 26px; color: var(--ink-2); }
figure { margin: 0 0 18px; }
figure svg { display: block; width: 100%; height: auto; border: 1px solid var(--line-2); }
figcaption { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 9px; padding-top: 8px; font-size: 12px; line-height: 17px; color: var(--ink-2); }
figcaption i { display: inline-block; width: 22px; height: 10px; margin-right: 5px; border-radius: 2px; vertical-align: -1px; }
figcaption .far { margin-left: auto; }
.s0 { fill: #e8edee; background: #dfe6e8; } .s5 { fill: #e9dff0; background: #e9dff0; } .s10 { fill: #cdb6df; background: #cdb6df; }
.s20 { fill: #a982c4; background: #a982c4; } .s35 { fill: #84509f; background: #84509f; } .s50 { fill: #5a2577; background: #5a2577; }
i.few { width: 4px; height: 4px; border-radius: 2px; background: var(--ink-3); vertical-align: 2px; }
i.not-judged { background: repeating-linear-gradient(45deg, #b9b8b1 0 1px, #fff 1px 4px); }
table { width: 100%; border-collapse: collapse; font-size: 13px; line-height: 18px; }
thead { display: table-header-group; }
thead th { padding: 6px 8px; border-bottom: 1px solid var(--line-2); color: var(--ink-3); font-weight: 400; font-size: 12px; text-align: left; vertical-align: bottom; }
tbody td, tbody th { padding: 9px 8px; border-bottom: 1px solid var(--line); text-align: left; font-weight: 400; vertical-align: top; }
tbody th { font-weight: 600; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.strong { font-weight: 600; }
tr, section, figure { break-inside: avoid; }
section { margin-top: 26px; }
h2 { margin: 0 0 4px; font-size: 17px; line-height: 24px; font-weight: 600; break-after: avoid; }
:lang(zh-CN) h2 { font-weight: 700; }
.rank { display: inline-block; min-width: 24px; }
section p { margin: 2px 0 2px 28px; max-width: 52em; }
.facts, .label { color: var(--ink-3); }
.facts { font-size: 13px; line-height: 19px; }
footer { margin-top: 32px; padding-top: 10px; border-top: 1px solid var(--line-2); color: var(--ink-3); font-size: 12px; line-height: 17px; }
footer p { margin: 0; }
.none { padding: 24px 0; font-size: 17px; }
@media print { body { padding: 0; max-width: none; } .s0, .s5, .s10, .s20, .s35, .s50 { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;
