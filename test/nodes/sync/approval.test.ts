import { describe, expect, it } from '@jest/globals';
import { approved, harness } from './harness';
import { fileText, type Landed } from './engine';
import { ANNA, BRAM, SUPPORT, agent, callCentersOf, csv, listRows, supervised, writes } from './platform';

const at = harness();
const file = csv([...listRows(ANNA, SUPPORT, [1, 2, 3, 5]), ...listRows(BRAM, SUPPORT, [5, 6])]);

describe('Plan, then Apply Plan', () => {
	it('writes nothing, then exactly what was planned', async () => {
		const planned = await at.plan({ csv: file });
		expect(writes(at.simulator)).toEqual([]);
		expect(planned.summary[0].json).toMatchObject({ status: 'planned', removalsToApprove: 1 });
		const landed = await at.applyPlan(approved(planned));
		expect(landed.error).toBeUndefined();
		expect(landed.summary[0].json).toMatchObject({ status: 'applied', planHash: planned.summary[0].json.planHash });
		expect(supervised(at.simulator, ANNA, SUPPORT)).toEqual([1, 2, 3, 5].map(agent));
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([5, 6].map(agent));
	});

	it('takes the plan as JSON as well', async () => {
		const planned = await at.plan({ csv: file, options: { includeDocuments: true } });
		const { parameters } = approved(planned);
		const planJson = JSON.stringify(planned.summary[0].json.plan);
		const landed = await at.applyPlan({ parameters: { ...parameters, planSource: 'json', planJson } });
		expect(landed.summary[0].json).toMatchObject({ status: 'applied' });
	});

	it.each<[string, (planned: Landed) => Parameters<typeof at.applyPlan>[0]]>([
		[
			'no hash',
			(planned) => ({
				...approved(planned),
				parameters: { ...approved(planned).parameters, approvedHash: '={{ "" }}' },
			}),
		],
		[
			'another hash',
			(planned) => ({
				...approved(planned),
				parameters: { ...approved(planned).parameters, approvedHash: 'a'.repeat(64) },
			}),
		],
		[
			'too few removals',
			(planned) => ({ ...approved(planned), parameters: { ...approved(planned).parameters, approvedRemovals: 0 } }),
		],
		[
			'too many removals',
			(planned) => ({ ...approved(planned), parameters: { ...approved(planned).parameters, approvedRemovals: 2 } }),
		],
		['no plan', (planned) => ({ ...approved(planned), items: [{ json: {} }] })],
		[
			'no JSON',
			(planned) => ({ parameters: { ...approved(planned).parameters, planSource: 'json', planJson: '{"format"' } }),
		],
		[
			'a journal',
			(planned) => ({
				parameters: {
					...approved(planned).parameters,
					planSource: 'json',
					planJson: '{"format":"n8n-nodes-apio/journal","version":1}',
				},
			}),
		],
		[
			'an edited plan',
			(planned) => {
				const text = fileText(planned.summary[0].binary, 'plan').replaceAll(agent(6), agent(7));
				return { parameters: { ...approved(planned).parameters, planSource: 'json', planJson: text } };
			},
		],
		[
			'a plan for another platform',
			(planned) => {
				const text = fileText(planned.summary[0].binary, 'plan').replaceAll('127.0.0.1', '127.0.0.2');
				return { parameters: { ...approved(planned).parameters, planSource: 'json', planJson: text } };
			},
		],
	])('refuses %s, and writes nothing', async (_name, tamper) => {
		const planned = await at.plan({ csv: file });
		const landed = await at.applyPlan(tamper(planned));
		expect(landed.status).toBe('error');
		expect(landed.error?.message).toContain('The plan was refused, so nothing was written');
		expect(landed.error?.description).toBeTruthy();
		expect(writes(at.simulator)).toEqual([]);
	});

	it('does not change a list that others have changed since', async () => {
		const planned = await at.plan({ csv: file });
		at.simulator.edit({
			kind: 'supervisedAgents',
			userId: ANNA,
			callCenterId: SUPPORT,
			remove: [agent(4)],
			add: [agent(7)],
		});
		const landed = await at.applyPlan(approved(planned));
		expect(supervised(at.simulator, ANNA, SUPPORT)).toContain(agent(7));
		expect(JSON.stringify(landed.changes.map(({ json }) => json))).toContain(agent(7));
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([5, 6].map(agent));
	});
});

describe('Roll Back', () => {
	const journalOf = (landed: Landed) => ({ items: [{ json: {}, binary: landed.summary[0].binary }] });

	it('returns the first state', async () => {
		const done = await at.sync({ csv: file });
		const landed = await at.rollBack({
			...journalOf(done),
			options: { removalPercentPerList: 100, removalPercentTotal: 100 },
		});
		expect(landed.error).toBeUndefined();
		expect(landed.summary[0].json).toMatchObject({ operation: 'rollBack', status: 'applied' });
		expect(supervised(at.simulator, ANNA, SUPPORT)).toEqual([1, 2, 3, 4].map(agent));
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([agent(5)]);
	});

	it('does not undo later changes by others', async () => {
		const done = await at.sync({ csv: file });
		at.simulator.edit({ kind: 'supervisedAgents', userId: ANNA, callCenterId: SUPPORT, add: [agent(7)] });
		const landed = await at.rollBack({
			...journalOf(done),
			options: { removalPercentPerList: 100, removalPercentTotal: 100 },
		});
		expect(supervised(at.simulator, ANNA, SUPPORT)).toEqual([1, 2, 3, 5, 7].map(agent));
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([agent(5)]);
		expect(landed.rejected.map(({ json }) => json)).toMatchObject([
			{ type: 'list', supervisor: ANNA, outcome: 'conflict' },
		]);
	});

	it('can be planned, approved and applied like any other run', async () => {
		const done = await at.sync({ csv: file });
		const before = writes(at.simulator).length;
		const options = { removalPercentPerList: 100, removalPercentTotal: 100 };
		const planned = await at.rollBack({ ...journalOf(done), options: { ...options, planOnly: true } });
		expect(writes(at.simulator)).toHaveLength(before);
		const landed = await at.applyPlan({ ...approved(planned), options });
		expect(landed.summary[0].json).toMatchObject({ status: 'applied' });
		expect(supervised(at.simulator, ANNA, SUPPORT)).toEqual([1, 2, 3, 4].map(agent));
	});

	it('counts in its approval the agents who leave the call center as well', async () => {
		const done = await at.sync({ csv: csv(listRows(BRAM, SUPPORT, [5, 8])), options: { assignFirst: true } });
		const options = { removalPercentPerList: 100, removalPercentTotal: 100 };
		const planned = await at.rollBack({ ...journalOf(done), options: { ...options, planOnly: true } });
		expect(planned.summary[0].json).toMatchObject({ removalsToApprove: 2 });
		const landed = await at.applyPlan({ ...approved(planned), options });
		expect(landed.summary[0].json).toMatchObject({ status: 'applied' });
		expect(callCentersOf(at.simulator, agent(8))).toEqual([]);
	});

	it('is guarded like any other run', async () => {
		const done = await at.sync({ csv: csv(listRows(BRAM, SUPPORT, [1, 2, 3, 5, 6, 7])) });
		const before = writes(at.simulator).length;
		const landed = await at.rollBack(journalOf(done));
		expect(landed.error?.message).toContain('Guards stopped');
		expect(writes(at.simulator)).toHaveLength(before);
	});

	it('takes the kind of list from the journal', async () => {
		const done = await at.sync({
			csv: `agent,call center\n${agent(8)},${SUPPORT}`,
			parameters: { kind: 'agentCallCenters' },
		});
		expect(callCentersOf(at.simulator, agent(8))).toEqual([SUPPORT]);
		await at.rollBack({ ...journalOf(done), options: { removalPercentPerList: 100, removalPercentTotal: 100 } });
		expect(callCentersOf(at.simulator, agent(8))).toEqual([]);
	});

	it('refuses a plan, and a journal that was edited', async () => {
		const done = await at.sync({ csv: file });
		const before = writes(at.simulator).length;
		const text = fileText(done.summary[0].binary, 'journal').replaceAll(agent(6), agent(7));
		for (const journalJson of [text, fileText(done.summary[0].binary, 'plan')]) {
			const landed = await at.rollBack({ parameters: { journalSource: 'json', journalJson } });
			expect(landed.error?.message).toContain('The roll back was refused, so nothing was written');
		}
		expect(writes(at.simulator)).toHaveLength(before);
	});
});
