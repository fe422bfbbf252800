/** Plan and journal as files: the same document, with a line for each list. */

import { expect, it } from '@jest/globals';
import { documentFile, syncRun } from '../../lib/sync';
import { checkJournal, checkPlan } from '../../lib/sync/documents';
import { harness, ids, rows, settings, source, supervised } from './world';

async function madeOf(owners: readonly string[]) {
	const { platform, around } = harness();
	const lists = owners.map((owner) => supervised(owner));
	for (const ref of lists) platform.set(ref, ids(3));
	const { plan, journal } = await syncRun(
		source(lists.flatMap((ref) => rows(ref, [...ids(3), 'new@x']))),
		settings(),
		around,
	);
	return { plan: plan!, journal: journal! };
}

it('is read back as the document that it was made of', async () => {
	const { plan, journal } = await madeOf(['änne@x', 'b@x']);
	const [planText, journalText] = [plan, journal].map((document) => documentFile(document).toString('utf8'));
	expect(JSON.parse(planText)).toEqual(JSON.parse(JSON.stringify(plan)));
	expect(JSON.parse(journalText)).toEqual(JSON.parse(JSON.stringify(journal)));
	expect(checkPlan(planText, settings(), Date.parse(plan.createdAt)).ok).toBe(true);
	expect(checkJournal(journalText, settings()).ok).toBe(true);
});

it('has a line for each list, and one for each field', async () => {
	const { journal } = await madeOf(['a@x', 'b@x']);
	const text = documentFile(journal).toString('utf8');
	const lines = text.split('\n');
	expect(lines.filter((line) => line.startsWith('\t\t{"ref":'))).toHaveLength(2);
	expect(lines).toHaveLength(Object.keys(journal).length + 2 + 1 + 2 + 1);
});

it('leaves out missing parts, and has an empty list in one line', async () => {
	const { plan } = await madeOf(['a@x']);
	const text = documentFile({ ...plan, notices: undefined, unchanged: [] }).toString('utf8');
	expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ ...plan, unchanged: [] })));
	expect(text).toContain('\t"unchanged": [],\n');
});
