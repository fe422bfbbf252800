/** By what the source names people and call centers: the parameters, what columns follow from them, and the reading. */

import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { MATCHING, ruleOf } from '../../../lib/options';
import type { CallCenterAttribute, KindName, Matching, PersonAttribute } from '../../../lib/sync';
import { fieldFor } from './options';

const TEMPLATES = 'https://github.com/n8n-nodes-apio/n8n-nodes-apio/blob/main/docs/csv.md#templates';

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
		matchCallCentersBy.choices.map((callCenter): INodeProperties => {
			const show = { kind: [kind], matchPeopleBy: [person.value], matchCallCentersBy: [callCenter.value] };
			const displayName = columnsNotice(kind, person.label, callCenter.label);
			return { displayName, name: 'columnsNotice', type: 'notice', default: '', displayOptions: { show } };
		}),
	),
);

function columnsNotice(kind: KindName, person: string, callCenter: string): string {
	const supervisor = kind === 'supervisedAgents' ? `<b>Supervisor</b> (${person}), ` : '';
	const columns = `${supervisor}<b>Agent</b> (${person}) and <b>Call Center</b> (${callCenter})`;
	return (
		`The source needs the columns ${columns}; and <b>Tenant</b>, <b>Group</b>` +
		`${kind === 'supervisedAgents' ? ' or <b>Call Center</b> only' : ''} where none is chosen below. ` +
		`<a href="${TEMPLATES}" target="_blank">Templates and other names of columns</a>`
	);
}

/**
 * Undefined if the source has ids for both.
 * @throws NodeOperationError where an expression gives what a parameter cannot have
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
