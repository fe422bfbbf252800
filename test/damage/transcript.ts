/** The transcript of one seed, for whoever has to find out why it fails. */

import { codeOf } from '../support/issue-text';
import { kindOf, replayCommand, type Verdict } from './check';
import { recordAfter } from './damage';
import { decode } from './encoding';
import { rawOf } from './file';
import type { Lists } from './world';

/** In a few lines: the record, good and damaged, what became of the lists, and who was lost where. */
export function diagnosis(verdict: Verdict): string {
	const { seed, scene, damaged, trouble, path, losses, exception, ending, played } = verdict;
	const { world, file, control } = scene;
	const raw = (at: number) => rawOf(file.pieces[at], file.delimiter) + file.pieces[at].end;
	const touched = played.result?.lists.filter(({ outcome }) => outcome !== 'unchanged') ?? [];
	const lists = touched.map(
		(list) => `${list.ref.userId} ${list.ref.callCenterId ?? ''} ${list.outcome} ${codeOf(list) ?? ''}`,
	);
	const by = world.words === undefined ? 'ids' : `${world.words.matching.people} ${world.words.matching.callCenters}`;
	const what = [kindOf(verdict), by, path, world.kind, world.settings.mode, file.encoding, `ending: ${ending}`];
	const lines = [
		[...what, ...(exception === null ? [] : [`exception: ${exception.as}`])].join(', '),
		`header:  ${JSON.stringify(raw(file.pieces.findIndex(({ role }) => role === 'header')))}`,
	];
	if (control !== '') lines.push(`THE GOOD FILE: ${control}`);
	if (damaged !== null)
		lines.push(`good:    ${JSON.stringify(raw(damaged.at))}`, `damaged: ${JSON.stringify(recordAfter(damaged, file))}`);
	if (trouble !== null) {
		const { kind, list, member } = trouble;
		lines.push(`platform: ${kind} at ${list.userId} ${list.callCenterId ?? ''} for ${member}`);
	}
	if (played.refused !== null) lines.push(`refused: ${played.refused}`);
	lines.push(
		`rejected: ${played.source?.rejected.map(({ line, problems: [{ code }] }) => `${code}@${line}`).join(' ') ?? ''}`,
		`lists: ${lists.join('; ')}`,
	);
	for (const { how, who } of losses) lines.push(`LOST: ${how}: ${who}`);
	return [replayCommand(seed), ...lines.map((line) => `  ${line}`)].join('\n');
}

/** As a whole: both files, the settings, and the lists before and after. */
export function transcript(verdict: Verdict): string {
	const { scene, damaged, played } = verdict;
	const { world, file, text } = scene;
	const findings = played.source?.findings.filter(({ level }) => level !== 'info') ?? [];
	return [
		'Good file:',
		text,
		...(damaged === null
			? []
			: ['Damaged file:', decode(damaged.bytes, file.encoding) ?? damaged.bytes.toString('latin1')]),
		`Options: ${JSON.stringify(file.options)}`,
		`Settings: ${JSON.stringify(world.settings)}`,
		'Lists before:',
		...listLines(world.live),
		'Lists after:',
		...listLines(played.after),
		`Findings: ${JSON.stringify(findings)}`,
		diagnosis(verdict),
	].join('\n');
}

function listLines(lists: Lists): string[] {
	return [...lists].map(([key, members]) => `  ${key.split('\u0000').slice(1).join(' ')}: ${[...members].join(' ')}`);
}
