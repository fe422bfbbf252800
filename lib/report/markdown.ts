/** The report as a chat message: short, escaped, and cut at a stated size with the number of things left out. */

import { breachGroups, matchLines, messageOf, readListsText } from './messages';
import { headline } from './headline';
import { firstMessages, groupByKind, locationsText, type Message, type Occurrence } from './group-by-kind';
import { nextSteps } from './next-steps';
import { figuresLine } from './summary-line';
import { findingsOf, foreignOf, heldOf, noticesOf, rejectedRowsOf, problemsOf } from './problems';
import { changesOf, partlyDone, type ListView, type RunView } from './view';
import { formatNumber, listed, withoutControls } from './format';
import { CHANGE_STATUSES } from './status';

/** Slack's block limit is the tightest in common use (3,000 characters); Teams and GitHub take far more. */
export const MARKDOWN_CHARACTERS = 3000;

/** Kept free for the line that says how much was left out. */
const ROOM_FOR_THE_REST = 80;

/** Places named of each problem; the rest is counted. */
const MAX_LOCATIONS = 5;

/** Messages of one kind in full; the rest is counted. */
const MAX_MESSAGES = 2;

interface Section {
	readonly title: string;
	/** Lines above the others that are not counted, such as a table's head. */
	readonly head?: readonly string[];
	readonly lines: readonly string[];
}

/** At most `size` characters of Markdown. */
export function markdownReport(view: RunView, size = MARKDOWN_CHARACTERS): string {
	const { status, reason } = view.result;
	const why = status === 'stopped' && reason !== null ? ['', escapeMarkdown(messageOf(reason))] : [];
	const text = readListsText(view.plan);
	const readLists = text === null ? [] : ['', escapeMarkdown(text)];
	const head = [`**${headline(view)}**`, '', escapeMarkdown(figuresLine(view)), ...readLists, ...why];
	return cut(head, sections(view), size);
}

/** Characters that Markdown, tables or chat programs would act on; line breaks and runs of blanks become one blank. */
export function escapeMarkdown(text: string): string {
	return withoutControls(text)
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&')
		.replace(/@(?=(?:here|channel|everyone|all)\b)/gi, '@\u200B')
		.replace(/&(?=[a-z#])/gi, '\\&')
		.replace(/^(?=[-+=])|(?=[.)](?:\s|$))(?<=^\d+)/, '\\');
}

function sections(view: RunView): Section[] {
	return [
		{ title: 'What to do', lines: nextSteps(view).map((step) => `- ${escapeMarkdown(step)}`) },
		{ title: 'Looked up', lines: view.matched === null ? [] : matchLines(view.matched).map((line) => `- ${line}`) },
		{ title: 'Guards', lines: breachGroups(view.breaches).flatMap(({ heading, lines }) => guardLines(heading, lines)) },
		groupedSection('Could not be done', problemsOf(view, ['failed', 'rejected'])),
		groupedSection('Incomplete reads', noticesOf(view, 'error')),
		groupedSection('Conflicts', problemsOf(view, ['conflict'])),
		{ title: 'Changed by others', lines: foreignOf(view).map(foreignLine) },
		groupedSection('Held back', heldOf(view)),
		groupedSection('Notes', noticesOf(view, 'info')),
		groupedSection('Rejected rows', rejectedRowsOf(view)),
		groupedSection('About the source', findingsOf(view)),
		{ title: view.written ? 'Lists' : 'Lists to change', head: TABLE_HEAD, lines: listRows(view) },
	].filter((section) => section.lines.length > 0);
}

function groupedSection(title: string, occurrences: readonly Occurrence[]): Section {
	const lines = groupByKind(occurrences).flatMap((group) => {
		const { first, others } = firstMessages(group, MAX_MESSAGES);
		return [
			...first.map((message) => groupLine(message.text, message)),
			...(others === null ? [] : [groupLine(`${formatNumber(others.count)} more of the same kind`, others)]),
		];
	});
	return { title, lines };
}

function groupLine(text: string, message: Message): string {
	const locations = locationsText(message, MAX_LOCATIONS);
	return `- ${escapeMarkdown(text)}${locations === '' ? '' : ` (${escapeMarkdown(locations)})`}`;
}

function guardLines(heading: string, lines: readonly string[]): string[] {
	const more = lines.length - MAX_LOCATIONS;
	return [
		`- ${escapeMarkdown(heading)}`,
		...lines.slice(0, MAX_LOCATIONS).map((line) => `  - ${escapeMarkdown(line)}`),
		...(more > 0 ? [`  - and ${formatNumber(more)} more`] : []),
	];
}

function foreignLine(list: ListView): string {
	const { added, removed } = list.foreign;
	const parts = [
		...(added.length > 0 ? [`added ${listed(added, MAX_LOCATIONS)}`] : []),
		...(removed.length > 0 ? [`removed ${listed(removed, MAX_LOCATIONS)}`] : []),
	];
	return `- ${escapeMarkdown(`${list.title}: ${parts.join('; ')}`)}`;
}

const TABLE_HEAD = ['| List | + | − | Outcome |', '| --- | ---: | ---: | --- |'];

function listRows(view: RunView): string[] {
	return view.lists
		.filter((list) => list.members.length > 0)
		.map((list) => {
			const { adds, removes } = changesOf(list, view.written);
			const cells = [
				escapeMarkdown(list.title),
				formatNumber(adds),
				formatNumber(removes),
				[CHANGE_STATUSES[list.status].label, partlyDone(list)].filter(Boolean).join(', '),
			];
			return `| ${cells.join(' | ')} |`;
		});
}

function cut(head: readonly string[], all: readonly Section[], size: number): string {
	const room = size - ROOM_FOR_THE_REST;
	const lines = [...head];
	let length = sizeOf(lines);
	if (length > room) return clipped(lines.join('\n'), size);
	let left = all.reduce((sum, section) => sum + section.lines.length, 0);
	for (const section of all) {
		const opening = ['', `**${section.title}**`, '', ...(section.head ?? [])];
		const fitting = leading(section.lines, room - length - sizeOf(opening));
		// No title without lines.
		if (fitting.length === 0) break;
		lines.push(...opening, ...fitting);
		length += sizeOf(opening) + sizeOf(fitting);
		left -= fitting.length;
		if (fitting.length < section.lines.length) break;
	}
	if (left > 0) lines.push('', `${formatNumber(left)} more in the plan and the report.`);
	return lines.join('\n');
}

/** As many lines from the first on as fit. */
function leading(lines: readonly string[], room: number): string[] {
	const fitting: string[] = [];
	let length = 0;
	for (const line of lines) {
		length += sizeOf([line]);
		if (length > room) break;
		fitting.push(line);
	}
	return fitting;
}

function sizeOf(lines: readonly string[]): number {
	return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

function clipped(text: string, size: number): string {
	return text.length <= size ? text : `${text.slice(0, Math.max(0, size - 1))}…`;
}
