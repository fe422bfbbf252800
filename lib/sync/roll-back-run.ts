/**
 * Roll Back: from a journal, planned, guarded and proved like any other run. Its own journal can be rolled back in
 * turn.
 */

import type { Checked } from './apply/approval';
import { sealHolds } from './documents/canonical-json';
import { alone, ended, type Prepared } from './execution';
import { holdForBlockedRows, type BlockedRow } from './plan/holds';
import { draftInverse } from './plan/inverse';
import { checkJoinable } from './plan/joinable';
import type { Journal } from './documents/journal';
import { JOURNAL_FORMAT, JOURNAL_VERSION, journalSchema } from './documents/journal';
import { foldId, KINDS, listKey } from './model/list';
import { parseDocument } from './documents/parse';
import { samePlatform } from './plan/make-plan';
import type { Drafting, Planning } from './plan/planning';
import { prepareDrafting, type Purpose } from './prepare';
import { hasDuplicates, refused, stoppedPlanning } from './endings';
import type { RunResult, Settings } from './result';
import type { RunContext } from './platform/run-context';
import { RunPlatform } from './platform/run-platform';
import { Spellings } from './plan/spellings';

/** What rolling back would do; writes nothing. The plan can be approved and applied like any other. */
export async function planRollBack(journalJson: unknown, settings: Settings, context: RunContext): Promise<RunResult> {
	return await alone(prepareRollBack(journalJson, settings, context, { writes: false }));
}

export async function rollBackRun(journalJson: unknown, settings: Settings, context: RunContext): Promise<RunResult> {
	return await alone(prepareRollBack(journalJson, settings, context, { writes: true }));
}

export async function prepareRollBack(
	json: unknown,
	given: Settings,
	context: RunContext,
	purpose: Purpose,
): Promise<Prepared> {
	const platform = new RunPlatform(context);
	const checked = checkJournal(json, given);
	if (!checked.ok) return ended(refused(checked.code, checked.message, platform));
	// The journal says add and remove member by member, and speaks for no list as a whole.
	const settings: Settings = { ...given, mode: 'actionColumn' };
	const planning: Planning = {
		settings,
		platform,
		spellings: new Spellings(),
		purpose: purpose.writes ? 'now' : 'review',
	};
	const inverse = await draftInverse(checked.document, planning);
	const unchecked = await checkJoinable(inverse.drafts, planning);
	const refs = new Set(unchecked.map(({ ref }) => ref));
	const drafting = {
		...inverse,
		drafts: inverse.drafts.filter(({ ref }) => !refs.has(ref)),
		unplanned: [...inverse.unplanned, ...unchecked],
	};
	holdForBlockedRows(drafting.drafts, [], blockedReturns(checked.document, drafting));
	if (platform.stop !== null) return ended(stoppedPlanning(drafting, platform));
	return await prepareDrafting(drafting, { origin: 'journal', mode: settings.mode }, purpose, planning);
}

/** Members who cannot go back to the list that the run took them from: they stay where it put them. */
function* blockedReturns(
	journal: Journal,
	{ drafts, unplanned }: Pick<Drafting, 'drafts' | 'unplanned'>,
): Generator<BlockedRow> {
	const byKey = new Map(journal.lists.map((list) => [listKey(list.ref), list]));
	for (const { ref, message } of unplanned) {
		if (!KINDS[ref.kind].membersMove) continue;
		const removed = (byKey.get(listKey(ref))?.members ?? []).filter(
			({ change, outcome }) => change === 'remove' && outcome === 'applied',
		);
		yield {
			key: null,
			members: removed.map(({ member }) => [foldId(member), []]),
			meansAnybody: false,
			lines: [],
			why: message,
		};
	}
	for (const { ref, held } of drafts) {
		for (const { member, outcome, reason } of held) {
			if (outcome === 'rejected')
				yield { key: ref, members: [[foldId(member), []]], meansAnybody: false, lines: [], why: reason };
		}
	}
}

function checkJournal(json: unknown, settings: Settings): Checked<Journal> {
	const parsed = parseDocument(json, journalSchema, {
		format: JOURNAL_FORMAT,
		version: JOURNAL_VERSION,
		noun: 'journal',
	});
	if (!parsed.ok) return parsed;
	const journal = parsed.document;
	if (!sealHolds(journal) || hasDuplicates(journal.lists.map(({ ref }) => listKey(ref)))) {
		return {
			ok: false,
			code: 'editedJournal',
			message: 'The journal was changed after the run: hand it over exactly as it came out.',
		};
	}
	if (samePlatform(journal.platform) !== samePlatform(settings.platformUrl)) {
		const message =
			`The journal is of a run on ${journal.platform}, and this run is about ${settings.platformUrl}: use ` +
			'the credential of that run.';
		return { ok: false, code: 'otherPlatform', message };
	}
	if (journal.kind !== settings.kind) {
		const message =
			`The journal is about ${journal.kind}, and this run about ${settings.kind}: choose what the journal ` +
			'is about.';
		return { ok: false, code: 'otherKind', message };
	}
	return parsed;
}
