import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { harness } from './harness';
import { ANNA, SUPPORT, agent, csv, listRows, supervised } from './platform';

const at = harness();
const LENIENT = { removalPercentPerList: 100, removalPercentTotal: 100, removalCountPerList: 100 };
const WITHOUT_FOUR = csv(listRows(ANNA, SUPPORT, [1, 2, 3]));
const local = (id: string) => id.replace(/@.*/, '');

describe('options that take ids', () => {
	it.each([
		['the default domain', local(agent(4))],
		['invisible characters', `\u200b${agent(4)}\u00a0`],
		['a bar', `x@acme.example|${agent(4)}`],
		['a tab', `x@acme.example\t${agent(4)}`],
		["a spreadsheet's protection", `="${agent(4)}"`],
	])('read protected members as the file is read: %s', async (_, protectedMembers) => {
		const options = { ...LENIENT, defaultDomain: 'acme.example', protectedMembers, onBreach: 'hold' };
		await at.sync({ csv: WITHOUT_FOUR, options });
		expect(supervised(at.simulator, ANNA, SUPPORT)).toContain(agent(4));
	});

	it('read renamed ids as the file is read', async () => {
		const file = csv([...listRows(ANNA, SUPPORT, [1, 2, 3]), [ANNA, SUPPORT, 'four.old']]);
		const aliases = { alias: [{ from: 'Four.Old\u200b', to: ` ${local(agent(4))}` }] };
		const landed = await at.sync({ csv: file, options: { ...LENIENT, defaultDomain: 'acme.example', aliases } });
		expect(landed.summary[0].json).toMatchObject({ status: 'unchanged' });
	});

	it.each([
		['plan', { protectedMembers: `${agent(1)}, ${local(agent(4))}@` }, /Protected Members.*@/],
		['sync', { protectedMembers: '1,23E+11' }, /Protected Members.*23E\+11/],
		[
			'sync',
			{
				columns: {
					column: [
						{ name: 'A1', field: 'agent' },
						{ name: 'A2', field: 'agent' },
					],
				},
			},
			/Column Mapping.*two columns for the agent.*A1.*A2/,
		],
		['applyPlan', { protectedMembers: '#N/A' }, /Protected Members.*#N\/A/],
		['rollBack', { protectedMembers: 'a"b' }, /Protected Members.*a\\"b/],
		[
			'sync',
			{
				aliases: {
					alias: [
						{ from: 'a', to: 'b' },
						{ from: 'A', to: 'c' },
					],
				},
			},
			/Renamed IDs.*"A" is renamed to "b" and to "c"/,
		],
		[
			'sync',
			{
				aliases: {
					alias: [
						{ from: 'a', to: 'b' },
						{ from: 'b', to: 'c' },
					],
				},
			},
			/Renamed IDs.*"a" is renamed to "b", and that to "c"/,
		],
		['sync', { aliases: { alias: [{ from: 'a', to: '' }] } }, /Renamed IDs.*"a" lacks the ID on the platform/],
	] as Array<['plan' | 'sync' | 'applyPlan' | 'rollBack', INodeParameters, RegExp]>)(
		'stop %s before anything is read if a value cannot be an id: %j',
		async (operation, options, says) => {
			const parameters = operation === 'applyPlan' ? { approvedHash: 'any' } : {};
			const landed = await at[operation]({
				parameters,
				csv: operation === 'plan' || operation === 'sync' ? WITHOUT_FOUR : undefined,
				options,
			});
			expect(landed.status).toBe('error');
			expect([landed.error?.message, landed.error?.description].join(' ')).toMatch(says);
			expect(at.simulator.requests()).toEqual([]);
		},
	);
});
