/** One HTML page that needs nothing else: no request leaves it, and it may be mailed, printed or opened on a phone. */

import { createHash } from 'node:crypto';
import { headline } from '../headline';
import type { RunView } from '../view';
import { lists, strategies } from './lists';
import { Markup, html } from './markup';
import { TITLES, callCenters, details, header, steps, tiles } from './overview';
import { guards, problems, rejectedRows, sourceNotes } from './problems';
import { SCRIPT } from './script';
import { STYLE } from './style';

/** Only this script may run, so injected markup could not run any. */
const POLICY = [
	"default-src 'none'",
	"style-src 'unsafe-inline'",
	`script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
	"base-uri 'none'",
	"form-action 'none'",
].join('; ');

/** In the order of a reader's questions: what happened, what to do, why, to whom, and the rest. */
export function htmlReport(view: RunView): string {
	const page = html`
		<!DOCTYPE html>
		<html lang="en">
		<head>
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
			<meta name="referrer" content="no-referrer">
			<meta name="robots" content="noindex">
			<title>${TITLES[view.operation]}: ${headline(view)}</title>
			<style>${new Markup(STYLE)}</style>
		</head>
		<body>
			<main>
				${header(view)}
				${tiles(view)}
				${steps(view)}
				${guards(view)}
				${problems(view)}
				${rejectedRows(view)}
				${callCenters(view)}
				${lists(view)}
				${strategies(view)}
				${sourceNotes(view)}
				${details(view)}
				${footer(view)}
			</main>
			<script>${new Markup(SCRIPT)}</script>
		</body>
		</html>
	`;
	return `${page.text}\n`;
}

function footer({ plan, written }: RunView): Markup {
	const documents = written ? 'the plan and the journal' : 'the plan';
	return html`<footer>Made by n8n-nodes-apio.${plan === null ? null : ` Every detail is in ${documents}.`}</footer>`;
}
