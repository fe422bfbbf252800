import { replaceSupervisedAgents, succeeded } from '../../../../lib/apio';
import { supervisorAddress } from '../../descriptions/locators';
import { allowEmptyParameter, completeMemberIds } from '../../descriptions/members';
import { agentMembers, AGENTS_ARGUMENT, listItem } from '../../descriptions/supervised-agents';
import { showFor, type Operation } from '../../operation';

export const replace: Operation = {
	description: showFor('supervisedAgent', 'replace', [
		...supervisorAddress,
		...agentMembers,
		allowEmptyParameter('Agents'),
	]),
	names: AGENTS_ARGUMENT,
	async execute(apio, item) {
		const list = item.supervisor();
		const ids = completeMemberIds(item, 'supervised_agents', 'names no agent, which would remove all of them');
		if (!ids.ok) return ids;
		const done = await replaceSupervisedAgents(apio, list, ids.value);
		return done.ok ? succeeded([listItem(list, done.value)]) : done;
	},
};
