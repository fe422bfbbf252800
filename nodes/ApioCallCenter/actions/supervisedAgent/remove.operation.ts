import { removeSupervisedAgents, succeeded } from '../../../../lib/apio';
import { supervisorAddress } from '../../descriptions/locators';
import { memberIds } from '../../descriptions/members';
import { agentMembers, AGENTS_ARGUMENT, listItem } from '../../descriptions/supervised-agents';
import { showFor, type Operation } from '../../operation';

export const remove: Operation = {
	description: showFor('supervisedAgent', 'remove', [...supervisorAddress, ...agentMembers]),
	names: AGENTS_ARGUMENT,
	async execute(apio, item) {
		const list = item.supervisor();
		const ids = memberIds(item, 'supervised_agents');
		if (!ids.ok) return ids;
		const done = await removeSupervisedAgents(apio, list, ids.value);
		return done.ok ? succeeded([listItem(list, done.value)]) : done;
	},
};
