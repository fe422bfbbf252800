import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { searchCallCenters, searchGroups, searchTenants } from '../ApioCallCenter/methods/list-search';
import { properties } from './actions';
import { getCallCenters, getSupervisors, getUsers } from './methods/load-options';
import { executeRuns } from './run/execute-runs';

/**
 * Programmatic, not declarative, because one run is many requests that depend on each other: a file is streamed, lists
 * are compared, guards are checked before the first write, and several lists are written side by side at the pace that
 * the platform allows.
 */
export class ApioCallCenterSync implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'APIO Call Center Sync',
		name: 'apioCallCenterSync',
		icon: { light: 'file:../../icons/apio.svg', dark: 'file:../../icons/apio.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle:
			'={{ { plan: "Plan", applyPlan: "Apply Plan", sync: "Sync", rollBack: "Roll Back", export: "Export", ' +
			'removeEverywhere: "Remove Everywhere" }[$parameter["operation"]] + ($parameter["kind"] && ["plan", ' +
			'"sync", "export"].includes($parameter["operation"]) ? ($parameter["kind"] === "supervisedAgents" ? ": agents ' +
			'of supervisors" : ": call centers of agents") : "") }}',
		description:
			'Sync the members of call centers on Netaxis APIO with a CSV file or input items: planned, guarded, ' +
			'reported and reversible',
		defaults: { name: 'APIO Call Center Sync' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Summary', 'Changes', 'Rejected'],
		credentials: [{ name: 'apioApi', required: true }],
		hints: [
			{
				message:
					"'Plan' only compares. Read the report in the summary, then apply it with 'Apply Plan', or use 'Sync'.",
				displayCondition: '={{ $parameter["operation"] === "plan" }}',
				whenToDisplay: 'beforeExecution',
				location: 'outputPane',
			},
		],
		properties,
	};

	methods = {
		listSearch: { searchTenants, searchGroups, searchCallCenters },
		loadOptions: { getCallCenters, getSupervisors, getUsers },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeRuns(this);
	}
}
