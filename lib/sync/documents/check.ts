/** Whether a plan or a journal is valid: unchanged, and for this platform and this kind of list. */

import { sealHolds, foldId, listKey, membersHash, membersOf, type Settings } from '../model';
import { JOURNAL_FORMAT, JOURNAL_VERSION, journalSchema, type Journal } from './journal';
import { parseDocument, type Parsed } from './parse';
import { PLAN_FORMAT, PLAN_VERSION, planSchema, type Plan, type PlannedList } from './plan';
import { planHash, samePlatform } from './plan-hash';

export function checkJournal(json: unknown, settings: Settings): Parsed<Journal> {
	const parsed = parseDocument(json, journalSchema, {
		format: JOURNAL_FORMAT,
		version: JOURNAL_VERSION,
		noun: 'journal',
	});
	if (!parsed.ok) return parsed;
	const journal = parsed.document;
	if (!sealHolds(journal) || hasDuplicates(journal.lists.map(({ ref }) => listKey(ref))))
		return { ok: false, issue: { code: 'editedJournal', facts: {} } };
	return matchesRun('journal', parsed, settings);
}

/** @param now milliseconds since the epoch; a plan has an end */
export function checkPlan(json: unknown, settings: Settings, now: number): Parsed<Plan> {
	const parsed = parseDocument(json, planSchema, { format: PLAN_FORMAT, version: PLAN_VERSION, noun: 'plan' });
	if (!parsed.ok) return parsed;
	const plan = parsed.document;
	const intact =
		sealHolds(plan) &&
		planHash(plan) === plan.hash &&
		plan.lists.every(isSound) &&
		!hasDuplicates(plan.lists.map(({ ref }) => listKey(ref)));
	if (!intact) return { ok: false, issue: { code: 'editedPlan', facts: {} } };
	const checked = matchesRun('plan', parsed, settings);
	if (!checked.ok || now <= Date.parse(plan.validUntil)) return checked;
	return { ok: false, issue: { code: 'expiredPlan', facts: { until: plan.validUntil } } };
}

/** A list whose changes follow from its own pre-image; what a plan of ours always is. */
function isSound(list: PlannedList): boolean {
	const before = membersOf(list.before);
	return (
		membersHash(before) === list.beforeHash &&
		list.adds.every(({ member }) => !before.has(foldId(member))) &&
		list.removes.every(({ member }) => before.has(foldId(member)))
	);
}

function matchesRun<Document extends Plan | Journal>(
	noun: 'plan' | 'journal',
	parsed: Extract<Parsed<Document>, { readonly ok: true }>,
	{ platformUrl, kind }: Settings,
): Parsed<Document> {
	const { document } = parsed;
	if (samePlatform(document.platform) !== samePlatform(platformUrl)) {
		const facts = { problem: noun, is: document.platform, wanted: platformUrl };
		return { ok: false, issue: { code: 'otherPlatform', facts } };
	}
	if (document.kind !== kind)
		return { ok: false, issue: { code: 'otherKind', facts: { problem: noun, is: document.kind, wanted: kind } } };
	return parsed;
}

/** Whether two entries of a document name one list, or one list names a member twice. */
function hasDuplicates(keys: readonly string[]): boolean {
	return new Set(keys.map(foldId)).size < keys.length;
}
