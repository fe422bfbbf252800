import type { INodeProperties } from 'n8n-workflow';
import { journalProperties, planProperties } from './documents';
import { operationProperty } from './operation';
import { optionsProperty } from './options';
import { scopeProperties } from './scope';
import { sourceProperties } from './source';

export const properties: INodeProperties[] = [
	operationProperty,
	...sourceProperties,
	...scopeProperties,
	...planProperties,
	...journalProperties,
	optionsProperty,
];
