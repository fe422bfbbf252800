/** Desired and live to the changes that turn one into the other. Pure. */

import { type DesiredList, wishOf } from './desired-list';
import type { Draft } from './draft';
import { emptyDraft } from './draft';
import type { View } from '../platform/read';
import type { Settings } from '../result';
import type { RequestLog } from '../platform/run-platform';

/** The changes of one list, with the rows that cannot be followed set aside. */
export function deltaOf(list: DesiredList, view: View, log: RequestLog, settings: Settings): Draft {
	const draft = emptyDraft(list.ref, list.key, 1, view, log);
	const live = view.members;
	for (const [folded, row] of list.members) {
		const wish = wishOf(row, settings.mode);
		if ((wish === 'add') === live.has(folded)) continue;
		const member = live.get(folded) ?? list.spelling(folded);
		(wish === 'add' ? draft.adds : draft.removes).set(folded, { member, lines: list.lines(folded) });
	}
	if (settings.mode === 'mirror') {
		for (const [folded, member] of live)
			if (!list.members.has(folded)) draft.removes.set(folded, { member, lines: [] });
	}
	for (const { memberId, change, code, message, lines } of list.bad) {
		draft.held.push({ member: memberId, change, code, reason: message, outcome: 'rejected', lines: [...lines] });
	}
	return draft;
}
