/** Whether an AI agent calls the node, in which case no person has reviewed the call. */

import { NodeConnectionTypes, type IExecuteFunctions } from 'n8n-workflow';

/**
 * Agents call tools in two ways. Older ones call the node directly, and `isToolExecution` knows; newer ones have the
 * engine run it like any node, and only the node's rewired output and its type, which n8n names `…Tool`, tell.
 */
export function isCalledByAgent(execute: IExecuteFunctions): boolean {
	if (typeof execute.isToolExecution === 'function' && execute.isToolExecution()) return true;
	const { type, rewireOutputLogTo } = execute.getNode();
	return rewireOutputLogTo === NodeConnectionTypes.AiTool || type.endsWith('Tool');
}
