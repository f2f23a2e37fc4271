// The look of the printed dispatch list: light colours, A4, one account of a site never torn apart by a page.

import { type Html, html } from '../words/markup.ts';

export const DISPATCH_STYLE: Html = html`
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
table { width: 100%; border-collapse: collapse; font-size: 13px; line-height: 18px; }
thead { display: table-header-group; }
thead th { padding: 6px 8px; border-bottom: 1px solid var(--line-2); color: var(--ink-3); font-weight: 400; font-size: 12px; text-align: left; vertical-align: bottom; }
tbody td, tbody th { padding: 9px 8px; border-bottom: 1px solid var(--line); text-align: left; font-weight: 400; vertical-align: top; }
tbody th { font-weight: 600; }
td.number, th.number { text-align: right; white-space: nowrap; }
thead th.number { text-align: right; }
td.strong { font-weight: 600; }
tr, section, .reason { break-inside: avoid; }
section { margin-top: 26px; }
h2 { margin: 0 0 4px; font-size: 17px; line-height: 24px; font-weight: 600; break-after: avoid; }
:lang(zh-CN) h2 { font-weight: 700; }
.id { margin-left: 6px; color: var(--ink-3); font-size: 13px; font-weight: 400; }
.rank { display: inline-block; min-width: 24px; }
section p { margin: 2px 0 2px 28px; max-width: 52em; }
.reason { margin: 6px 0 10px; }
.facts, .label { color: var(--ink-3); }
.facts { font-size: 13px; line-height: 19px; }
.boxes { margin-top: 8px; }
.box { display: inline-block; width: 14px; height: 14px; margin: 0 6px 0 12px; border: 1px solid var(--ink-2); vertical-align: -2px; }
.write { display: inline-block; width: 45%; margin-left: 12px; border-bottom: 1px solid var(--line-2); }
footer { margin-top: 32px; padding-top: 10px; border-top: 1px solid var(--line-2); color: var(--ink-3); font-size: 12px; line-height: 17px; }
footer p { margin: 0; }
.none { padding: 24px 0; font-size: 17px; }
@media print { body { padding: 0; max-width: none; } }
`;
