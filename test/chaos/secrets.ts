/** Looks for the sign-in in everything that a run hands to the outside. */

import { htmlReport, markdownReport, summaryLine, viewRun } from '../../lib/report';
import type { Checked } from './invariants';

export function noSecretIn({ run, simulation, complain }: Checked): void {
	const { result, operation, secrets } = run;
	if (result === null) return;
	const view = viewRun({ operation, result, source: simulation.scenario.source });
	const texts = [JSON.stringify(result), summaryLine(view), markdownReport(view), htmlReport(view)];
	for (const secret of secrets) {
		if (texts.some((text) => text.includes(secret)))
			complain('noSecret', `A secret is in what the run hands back: ${secret.slice(0, 12)}…`);
	}
}
