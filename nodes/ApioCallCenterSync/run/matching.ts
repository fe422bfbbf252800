/** How the source names people and call centers: the parameters, the columns that they need, and the reading. */

import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { listed } from '../../../lib/number-format';
import { MATCHING, ruleOf } from '../../../lib/options';
import type { CallCenterAttribute, Matching, PersonAttribute } from '../../../lib/sync';
import { fieldFor } from './options';

const TEMPLATES = 'https://github.com/n8n-nodes-apio/n8n-nodes-apio/blob/main/docs/csv.md#templates';

const SCOPE = ['<b>Tenant</b>', '<b>Group</b>'];

const { matchPeopleBy, matchCallCentersBy, country } = MATCHING;

export const peopleMatchingParameters: INodeProperties[] = [
	{ ...fieldFor('matchPeopleBy', matchPeopleBy), noDataExpression: true },
	{
		...fieldFor('country', country),
		displayOptions: { show: { matchPeopleBy: [...country.shownFor.matchPeopleBy] } },
	},
];

export const matchingParameters: INodeProperties[] = [
	...peopleMatchingParameters,
	{ ...fieldFor('matchCallCentersBy', matchCallCentersBy), noDataExpression: true },
];

/** One for each choice: a notice cannot be computed. */
export const columnNotices: INodeProperties[] = (['supervisedAgents', 'agentCallCenters'] as const).flatMap((kind) =>
	matchPeopleBy.choices.flatMap((person) =>
		matchCallCentersBy.choices.map((callCenter) => {
			const show = { kind: [kind], matchPeopleBy: [person.value], matchCallCentersBy: [callCenter.value] };
			const agent = personColumn('Agent', person);
			const place = `<b>Call Center</b> (${callCenter.label})`;
			return kind === 'supervisedAgents'
				? columnsNotice([personColumn('Supervisor', person), agent], [place, ...SCOPE], show)
				: columnsNotice([agent, place], SCOPE, show);
		}),
	),
);

/** Of people alone. */
export const peopleColumnNotices: INodeProperties[] = matchPeopleBy.choices.map((person) =>
	columnsNotice([personColumn('Agent', person)], SCOPE, { matchPeopleBy: [person.value] }),
);

function personColumn(role: string, { value, label }: (typeof matchPeopleBy.choices)[number]): string {
	return `<b>${role}</b> (${label}${value === 'fullName' ? ' in one column, or First Name and Last Name in two' : ''})`;
}

/** Of lists, by their ids. */
export const keyColumnNotices: INodeProperties[] = [
	columnsNotice(['<b>Supervisor</b> (User ID)'], ['<b>Call Center</b> (ID)', ...SCOPE], { kind: ['supervisedAgents'] }),
	columnsNotice(['<b>Agent</b> (User ID)'], SCOPE, { kind: ['agentCallCenters'] }),
];

export const actionColumnNotice: INodeProperties = {
	displayName: 'This mode also needs the column <b>Action</b>, with <b>add</b> or <b>remove</b> in each row.',
	name: 'actionColumnNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { mode: ['actionColumn'] } },
};

/** @param byDefault columns that are optional if the node has a default for them */
function columnsNotice(
	needed: readonly string[],
	byDefault: readonly string[],
	show: Record<string, string[]>,
): INodeProperties {
	return {
		displayName:
			`Columns of the source: ${needed.join(', ')}; and without a default below, ${listed(byDefault)}. ` +
			`<a href="${TEMPLATES}" target="_blank">Templates and other column names</a>`,
		name: 'columnsNotice',
		type: 'notice',
		default: '',
		displayOptions: { show },
	};
}

/**
 * Undefined if the source has ids for both.
 * @throws NodeOperationError if an expression gives a value that the parameter cannot have
 */
export function readMatching(execute: IExecuteFunctions, item: number): Matching | undefined {
	const people = choice(execute, item, 'matchPeopleBy') as PersonAttribute;
	const callCenters = choice(execute, item, 'matchCallCentersBy') as CallCenterAttribute;
	if (people === 'userId' && callCenters === 'id') return undefined;
	const code = people === 'phoneNumber' ? (choice(execute, item, 'country') as Matching['country'] | '') : '';
	return { people, callCenters, country: code === '' ? null : code };
}

function choice(execute: IExecuteFunctions, itemIndex: number, name: keyof typeof MATCHING): string {
	const option = MATCHING[name];
	const value: unknown = execute.getNodeParameter(name, itemIndex, option.default);
	const chosen = option.choices.find((one) => one.value === value);
	if (chosen !== undefined) return chosen.value;
	throw new NodeOperationError(execute.getNode(), `'${option.label}' must be ${ruleOf(option)}`, {
		description: `Correct its expression, which gives ${JSON.stringify(value) ?? 'nothing'} here.`,
		itemIndex,
	});
}
