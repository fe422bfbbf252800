/** Desired and live to the changes that turn one into the other. Pure. */

import { type DesiredList, wishOf } from './desired-list';
import type { Draft } from './draft';
import { emptyDraft, holdRemovals } from './draft';
import type { View } from './live';
import type { RejectionIndex } from './rejections';
import type { Settings } from './run';
import type { RequestLog } from './session';
import { linesText } from './words';

/** The changes of one list, with removals held for every row that touches the list and cannot be used. */
export function deltaOf(
	list: DesiredList,
	rejections: RejectionIndex,
	view: View,
	log: RequestLog,
	settings: Settings,
): Draft {
	const draft = emptyDraft(list.ref, list.key, 1, view, log);
	const live = view.members;
	for (const [folded, row] of list.members) {
		const wish = wishOf(row, settings.mode);
		if ((wish === 'add') === live.has(folded)) continue;
		const member = live.get(folded) ?? list.spelling(folded);
		(wish === 'add' ? draft.adds : draft.removes).set(folded, { member, lines: list.lines(folded) });
	}
	if (settings.mode === 'mirror') {
		for (const [folded, member] of live) if (!list.members.has(folded)) draft.removes.set(folded, { member, lines: [] });
	}
	holdForBadRows(draft, list, rejections);
	return draft;
}

function holdForBadRows(draft: Draft, list: DesiredList, rejections: RejectionIndex): void {
	const touching = rejections.touching(list.ref);
	if (touching !== null) {
		holdRemovals(draft, {
			code: 'rejectedRow',
			reason: `Held because of ${linesText(touching.lines)} of the source, which cannot be used and may mean this list: ${touching.first.message}`,
		});
	}
	if (list.bad.length === 0) return;
	const lines = list.bad.flatMap((bad) => bad.lines).sort((a, b) => a - b);
	holdRemovals(draft, {
		code: 'rejectedRow',
		reason: `Held because of ${linesText(lines)} of the source, which cannot be followed: ${list.bad[0].message}`,
	});
	for (const bad of list.bad) {
		draft.held.push({
			member: bad.memberId,
			change: bad.change,
			code: bad.code,
			reason: bad.message,
			outcome: 'rejected',
			lines: [...bad.lines],
		});
	}
}
