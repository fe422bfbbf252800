import { failed, replaceSupervisedAgents, succeeded } from '../../../../lib/apio';
import { supervisorAddress } from '../../descriptions/locators';
import { allowEmptyParameter, memberIds } from '../../descriptions/members';
import { agentMembers, AGENTS_ARGUMENT, listItem } from '../../descriptions/supervised-agents';
import { showFor, type Operation } from '../../operation';

export const replace: Operation = {
	description: showFor('supervisedAgent', 'replace', [...supervisorAddress, ...agentMembers, allowEmptyParameter('Agents')]),
	names: AGENTS_ARGUMENT,
	async execute(apio, item) {
		const list = item.supervisor();
		const ids = memberIds(item);
		item.fills('supervised_agents', ids);
		if (ids.length === 0 && !item.flag('allowEmpty')) {
			const message = "supervised_agents names no agent, which would remove all of them; turn on 'Allow Empty List' if that is meant";
			return failed({ kind: 'invalid', code: 'emptyList', argument: 'supervised_agents', message });
		}
		const done = await replaceSupervisedAgents(apio, list, ids);
		return done.ok ? succeeded([listItem(list, done.value)]) : done;
	},
};
