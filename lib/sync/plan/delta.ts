/** The changes that turn the live list into the desired one. Pure. */

import { type DesiredList, desiredChange } from './desired-list';
import { type Draft, emptyDraft } from './draft';
import type { View, RequestLog } from '../platform';
import type { Settings } from '../model';

/** The changes of one list. Rows that cannot be carried out become held changes. */
export function deltaOf(list: DesiredList, view: View, log: RequestLog, settings: Settings): Draft {
	const draft = emptyDraft(list.ref, list.key, 1, view, log);
	const live = view.members;
	for (const [folded, row] of list.members) {
		const desired = desiredChange(row, settings.mode);
		if ((desired === 'add') === live.has(folded)) continue;
		const member = live.get(folded) ?? list.spelling(folded);
		(desired === 'add' ? draft.adds : draft.removes).set(folded, { member, lines: list.lines(folded) });
	}
	if (settings.mode === 'mirror') {
		for (const [folded, member] of live)
			if (!list.members.has(folded)) draft.removes.set(folded, { member, lines: [] });
	}
	for (const { memberId, change, issue, lines } of list.invalid)
		draft.held.push({ member: memberId, change, ...issue, outcome: 'rejected', lines: [...lines] });
	return draft;
}
