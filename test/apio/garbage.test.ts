/* eslint-disable @n8n/community-nodes/no-restricted-imports -- measures the heap */

import { getHeapSpaceStatistics } from 'node:v8';
import { describe, expect, it } from '@jest/globals';
import { addSupervisedAgents, supervisedAgents, type Apio } from '../../lib/apio';
import { answer } from './fake-transport';

/** An answer takes 5 to 10 KB here if its schema makes an accessor for each value. */
const MAX_BYTES_PER_ANSWER = 1_000;

const LIST = { tenantId: 't', groupId: 'g', userId: 'boss@x.be', callCenterId: 'cc@x.be' };
const IDS = Array.from({ length: 20 }, (_, n) => `agent${n}@x.be`);

function oldGenerationBytes(): number {
	return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'old_space')?.space_used_size ?? Number.NaN;
}

describe('an answer leaves nothing in the old generation of the heap', () => {
	it.each([
		['read', async (apio: Apio) => await supervisedAgents(apio, LIST)],
		['written', async (apio: Apio) => await addSupervisedAgents(apio, LIST, IDS)],
	])('when a list is %s', async (_, request) => {
		const text = JSON.stringify({
			supervised_agents: IDS.map((userId) => ({ userId, lastName: 'L', firstName: 'F' })),
		});
		const apio: Apio = { transport: async () => answer(200, JSON.parse(text)), criteriaIn: 'body' };
		const grown: number[] = [];
		// What else survives a collection counts in some rounds, a hidden class for each value in all of them.
		for (let round = 0; round < 10; round += 1) {
			const before = oldGenerationBytes();
			for (let n = 0; n < 20; n += 1) await request(apio);
			grown.push((oldGenerationBytes() - before) / 20);
		}
		expect(Math.min(...grown.map(Math.abs))).toBeLessThan(MAX_BYTES_PER_ANSWER);
	});
});
