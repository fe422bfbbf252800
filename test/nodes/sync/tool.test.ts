import { describe, expect, it } from '@jest/globals';
import { NodeConnectionTypes, type INode } from 'n8n-workflow';
import { ApioCallCenterSync } from '../../../nodes/ApioCallCenterSync/ApioCallCenterSync.node';
import { DEFAULT_ACCOUNT } from '../../../simulator';
import { runAsTool } from '../../support/engine';
import { approved, harness } from './harness';
import { ANNA, BRAM, SUPPORT, agent, csv, listRows, supervised, writes } from './platform';

const at = harness();
const removing = csv([...listRows(ANNA, SUPPORT, [1, 2, 3, 5])]);
const adding = csv(listRows(BRAM, SUPPORT, [5, 6]));

/** The ways in which n8n marks a node that an agent calls. */
const forms: Array<[string, Partial<INode>]> = [
	['by its type', { type: 'n8n-nodes-apio.apioCallCenterSyncTool' }],
	['by its rewired output', { rewireOutputLogTo: NodeConnectionTypes.AiTool }],
];

describe.each(forms)('called by an AI agent, known %s', (_name, node) => {
	it('plans, and returns no files', async () => {
		const landed = await at.plan({ csv: removing, node });
		expect(landed.run.data.resultData.error).toBeUndefined();
		expect(JSON.stringify(landed.run)).toContain('"status":"planned"');
		expect(JSON.stringify(landed.run.data.resultData.runData)).not.toContain('"binary"');
		expect(writes(at.simulator)).toEqual([]);
	});

	it('refuses a sync that would remove anybody', async () => {
		const landed = await at.sync({ csv: removing, node });
		expect(JSON.stringify(landed.run)).toContain('A person has to approve this first');
		expect(writes(at.simulator)).toEqual([]);
	});

	it('has the reason in the message of a refusal, because an agent gets nothing else', async () => {
		const wrong = csv([[ANNA, SUPPORT, 'ENOTFOUND@']]);
		const landed = await at.plan({ csv: wrong, node });
		const { error } = landed.run.data.resultData;
		expect(error?.message).toContain('Line 2: agent: ');
		expect(error?.message).toBe(
			`The source cannot be used, so nothing was planned: ${(error as { description?: string }).description}`,
		);
	});

	it('carries out a sync that only adds', async () => {
		await at.sync({ csv: adding, node });
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([5, 6].map(agent));
	});

	it('refuses to roll back, but plans it', async () => {
		const done = await at.sync({ csv: adding });
		const before = writes(at.simulator).length;
		const items = [{ json: {}, binary: done.summary[0].binary }];
		await at.rollBack({ items, node });
		const planned = await at.rollBack({
			items,
			node,
			options: { planOnly: true, removalPercentPerList: 100, removalPercentTotal: 100 },
		});
		expect(JSON.stringify(planned.run)).toContain('"removalsToApprove":1');
		expect(writes(at.simulator)).toHaveLength(before);
	});

	it('applies an approved plan, but not one that the agent approves itself', async () => {
		const planned = await at.plan({ csv: removing });
		const { items, parameters } = approved(planned);
		const byAgent =
			`={{ /*n8n-auto-generated-fromAI-override*/ "${parameters.approvedHash as string}" || $fromAI('hash') ` + '}}';
		await at.applyPlan({ items, node, parameters: { ...parameters, approvedHash: byAgent } });
		expect(writes(at.simulator)).toEqual([]);
		await at.applyPlan({ items, node, parameters });
		expect(supervised(at.simulator, ANNA, SUPPORT)).toEqual([1, 2, 3, 5].map(agent));
	});
});

describe('as a tool of an agent', () => {
	const asTool = async (operation: string) => {
		const { answer } = await runAsTool(
			{
				type: new ApioCallCenterSync(),
				credential: {
					baseUrl: at.simulator.coreUrl,
					signInMethod: 'accessToken',
					accessToken: DEFAULT_ACCOUNT.m2mToken,
				},
				onError: 'continueRegularOutput',
				parameters: {
					operation,
					kind: 'supervisedAgents',
					source: 'json',
					rowsJson: JSON.stringify([{ supervisor: ANNA, callCenter: SUPPORT, agent: [1, 2, 3].map(agent) }]),
					mode: 'mirror',
					tenantId: { __rl: true, mode: 'id', value: 'acme' },
					groupId: { __rl: true, mode: 'id', value: 'brussels' },
					options: {},
				},
			},
			{},
		);
		return JSON.stringify(answer);
	};

	it('detects that an agent calls, and removes nobody', async () => {
		expect(await asTool('sync')).toContain('approvalMissing');
		expect(writes(at.simulator)).toEqual([]);
	});

	it('plans, and answers with text that the agent can use', async () => {
		expect(await asTool('plan')).toContain('1 agent to remove');
		expect(writes(at.simulator)).toEqual([]);
	});
});
