/**
 * The page's only style sheet: light and dark, screen, phone and paper; no font or picture from elsewhere. It is
 * text in a module, because that loads alike in tsc's output, jest and tsx; a `.css` file needs a loader for each.
 */

export const STYLE = `
:root {
	color-scheme: light dark;
	--page: #f5f6f8;
	--card: #fff;
	--ink: #1b1f24;
	--soft: #5b6470;
	--line: #dde1e6;
	--add: #0b7a53;
	--remove: #b3361e;
	--warn: #8a5a00;
	--warn-bg: #fff6df;
	--bad: #a3261a;
	--bad-bg: #fdecea;
	--good: #0b6b48;
	--good-bg: #e5f5ee;
	--calm-bg: #eceff3;
	--calm: #8a94a1;
}
@media (prefers-color-scheme: dark) {
	:root {
		--page: #14171b;
		--card: #1d2126;
		--ink: #e8ebef;
		--soft: #9aa4b0;
		--line: #343b44;
		--add: #4cc38a;
		--remove: #ff8a73;
		--warn: #f2c14e;
		--warn-bg: #352c14;
		--bad: #ff9488;
		--bad-bg: #3a1e1b;
		--good: #5fd3a0;
		--good-bg: #16322a;
		--calm-bg: #2a3038;
		--calm: #6c7783;
	}
}
* { box-sizing: border-box; }
body {
	margin: 0;
	background: var(--page);
	color: var(--ink);
	font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Ubuntu, sans-serif;
	-webkit-text-size-adjust: 100%;
}
main { max-width: 1080px; margin: 0 auto; padding: 28px 20px 56px; }
header { border-left: 6px solid var(--calm); padding: 2px 0 2px 16px; }
header p { margin: 0 0 4px; }
header.good { border-color: var(--good); }
header.warn { border-color: var(--warn); }
header.bad { border-color: var(--bad); }
h1 { font-size: 1.65rem; line-height: 1.25; margin: 0 0 4px; }
header.good h1 { color: var(--good); }
header.warn h1 { color: var(--warn); }
header.bad h1 { color: var(--bad); }
h2 { font-size: 1.1rem; margin: 0 0 10px; }
p { margin: 0 0 10px; }
section {
	background: var(--card);
	border: 1px solid var(--line);
	border-radius: 10px;
	padding: 18px 20px;
	margin: 16px 0;
}
code { font: .92em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.soft, .more { color: var(--soft); }
.more { font-size: .92rem; }
.badge {
	display: inline-block;
	padding: 1px 9px;
	border-radius: 999px;
	font-size: .85rem;
	font-weight: 600;
	white-space: nowrap;
	background: var(--calm-bg);
	color: var(--ink);
}
.badge.good { background: var(--good-bg); color: var(--good); }
.badge.warn { background: var(--warn-bg); color: var(--warn); }
.badge.bad { background: var(--bad-bg); color: var(--bad); }
.notice { border-left: 5px solid var(--warn); }
.notice.bad { border-left-color: var(--bad); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(112px, 1fr)); gap: 12px; margin: 16px 0; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 10px 14px; }
.tile b { display: block; font-size: 1.5rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile span { display: block; line-height: 1.3; color: var(--soft); font-size: .88rem; }
.add { color: var(--add); }
.remove { color: var(--remove); }
.tile .warn { color: var(--warn); }
.tile .bad { color: var(--bad); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 18px; margin: 0; }
section > :last-child, li > p:last-child { margin-bottom: 0; }
section > ul:first-of-type { margin-top: 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td {
	text-align: left;
	vertical-align: top;
	padding: 7px 14px 7px 0;
	border-bottom: 1px solid var(--line);
	overflow-wrap: anywhere;
}
th { font-size: .85rem; color: var(--soft); font-weight: 600; white-space: nowrap; }
th button { all: unset; cursor: pointer; color: inherit; font: inherit; }
th button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
th[aria-sort=ascending] button::after { content: " ▲"; }
th[aria-sort=descending] button::after { content: " ▼"; }
td.n, th.n { text-align: right; padding-left: 10px; font-variant-numeric: tabular-nums; white-space: nowrap; }
.lists th:first-child { width: 34%; }
tbody tr:last-child td { border-bottom: 0; }
details { margin-top: 3px; }
summary { cursor: pointer; color: var(--soft); font-size: .92rem; }
ul { margin: 4px 0 0; padding-left: 18px; }
li { margin: 3px 0; overflow-wrap: anywhere; }
.changes { list-style: none; padding: 0; margin: 0; }
.changes li { margin: 0; }
.aside { position: absolute; left: -9999px; }
.bars td { border: 0; padding: 4px 0; vertical-align: middle; }
.bars td:first-child { width: 32%; padding-right: 14px; }
.bars td.n { width: 1%; padding-left: 14px; }
.track i { display: block; height: 8px; border-radius: 2px; margin: 1px 0; }
.track i.add { background: var(--add); }
.track i.remove { background: var(--remove); }
footer { color: var(--soft); font-size: .88rem; }
@media (max-width: 640px) {
	main { padding: 16px 12px 40px; }
	section { padding: 14px; }
	h1 { font-size: 1.4rem; }
	.tiles { grid-template-columns: repeat(auto-fit, minmax(100px, 1fr)); gap: 8px; }
	.tile { padding: 8px 10px; }
	.tile b { font-size: 1.3rem; }
	.bars tr { display: grid; grid-template-columns: 1fr auto; padding: 4px 0; }
	.bars td { padding: 0; }
	.bars td:first-child { grid-column: 1/-1; width: auto; }
	.bars td.n { width: auto; }
	dl { grid-template-columns: 1fr; gap: 0; }
	dd { margin-bottom: 8px; }
	.stack thead { position: absolute; left: -9999px; }
	.stack, .stack tbody, .stack tr, .stack td { display: block; }
	.stack tr { border-bottom: 1px solid var(--line); padding: 8px 0; }
	.stack td { border: 0; padding: 2px 0; }
	.stack td.n { text-align: left; padding-left: 0; display: inline-block; margin-right: 16px; }
	.stack td[data-name]::before { content: attr(data-name) " "; color: var(--soft); font-size: .85rem; }
}
@media print {
	:root {
		color-scheme: light;
		--page: #fff;
		--card: #fff;
		--ink: #000;
		--soft: #444;
		--line: #bbb;
		--add: #0b6b48;
		--remove: #9c2b16;
		--warn: #6d4700;
		--warn-bg: #fff;
		--bad: #8d1d13;
		--bad-bg: #fff;
		--good: #0b5a3d;
		--good-bg: #fff;
		--calm-bg: #fff;
	}
	body { font-size: 10.5pt; }
	main { max-width: none; padding: 0; }
	section, .tile { border-radius: 0; padding: 8pt 10pt; margin: 8pt 0; }
	.tiles { grid-template-columns: repeat(4, 1fr); gap: 8pt; }
	.tile { margin: 0; }
	.badge { border: 1px solid currentColor; }
	tr, .tile, li:not(:has(li)) { break-inside: avoid; }
	h2 { break-after: avoid; }
	thead { display: table-header-group; }
	.track i { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
