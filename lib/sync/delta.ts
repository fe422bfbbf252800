/** Desired and live to the changes that turn one into the other. Pure. */

import type { Desired, DesiredList } from './desired';
import type { Draft } from './draft';
import { emptyDraft, holdRemovals } from './draft';
import type { View } from './live';
import type { Settings } from './run';
import type { RequestLog } from './session';
import { linesText } from './words';

/** The changes of one list, with removals held for every row that touches the list and cannot be used. */
export function deltaOf(
	list: DesiredList,
	desired: Desired,
	view: View,
	log: RequestLog,
	settings: Settings,
): Draft {
	const draft = emptyDraft(list.ref, list.key, 1, view, log);
	const live = view.members;
	for (const folded of list.members.keys()) {
		const wish = desired.change(list, folded, settings.mode);
		if ((wish === 'add') === live.has(folded)) continue;
		const member = live.get(folded) ?? desired.spelling(list, folded);
		(wish === 'add' ? draft.adds : draft.removes).set(folded, { member, lines: desired.lines(list, folded) });
	}
	if (settings.mode === 'mirror') {
		for (const [folded, member] of live) if (!list.members.has(folded)) draft.removes.set(folded, { member, lines: [] });
	}
	holdForBadRows(draft, list, desired);
	return draft;
}

function holdForBadRows(draft: Draft, list: DesiredList, desired: Desired): void {
	const touching = desired.rejections.touching(list.ref);
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
