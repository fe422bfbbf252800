/** Every issue code as rows of a table, with its message for sample facts, which the schema of the facts gives. */

import { z } from 'zod';
import { messageOf } from '../../lib/report';
import { ISSUES, severityOf, type Issue, type IssueCode } from '../../lib/sync';
import { markdownTable } from './markdown-table';

const SAMPLE_NUMBER = 3;
const SAMPLE_TIME = '2026-11-30T12:00:00Z';

/** Facts that belong together, by code, or by code and problem: those of the schema alone may contradict each other. */
const SAMPLES: Readonly<Record<string, object>> = {
	raggedRow: { cells: 2 },
	rowsAboveHeader: { damaged: 1 },
	suspectColumn: { field: 'callCenter' },
	'suspectColumn torn': { to: 4 },
	'suspectColumn particles': { field: 'agentNamePrefix' },
	'suspectColumn prefixBesideWhole': { field: 'agentNamePrefix' },
	'unclosedQuote swallowedLines': { to: 5 },
	'blankCell noMember': { field: 'agent' },
	'invalidOption defaultId': { field: 'callCenter' },
	'invalidOption wholeAndPart': { part: 'supervisorFirstName' },
	'invalidOption columnOfTwoFields': { second: 'agent' },
};

/** One row for each code, or for each `problem` of a code that has several. */
export function issueRows(): string {
	const rows = (Object.keys(ISSUES) as IssueCode[]).flatMap((code) =>
		casesOf(ISSUES[code].facts).map(({ problem, schema }) => {
			const facts = { ...(sampleOf(schema, code) as object), ...SAMPLES[code], ...SAMPLES[`${code} ${problem}`] };
			const issue = { code, facts } as Issue;
			return [`\`${code}\``, problem === null ? '' : `\`${problem}\``, severityOf(code), messageOf(issue)];
		}),
	);
	return markdownTable(['Code', 'Problem', 'Severity', 'Message'], rows);
}

interface Case {
	readonly problem: string | null;
	readonly schema: z.ZodTypeAny;
}

function casesOf(facts: z.ZodTypeAny): Case[] {
	if (!(facts instanceof z.ZodDiscriminatedUnion) || facts.discriminator !== 'problem')
		return [{ problem: null, schema: facts }];
	return [...facts.optionsMap].map(([problem, schema]) => ({ problem: String(problem), schema }));
}

/** @param name of the field, which stands for a text in it */
function sampleOf(schema: z.ZodTypeAny, name: string): unknown {
	if (schema instanceof z.ZodString) return schema.isDatetime ? SAMPLE_TIME : `<${name}>`;
	if (schema instanceof z.ZodNumber) return SAMPLE_NUMBER;
	if (schema instanceof z.ZodBoolean) return true;
	if (schema instanceof z.ZodLiteral) return schema.value;
	if (schema instanceof z.ZodEnum) return schema.options[0];
	if (schema instanceof z.ZodNullable) return sampleOf(schema.unwrap(), name);
	if (schema instanceof z.ZodArray) return [sampleOf(schema.element, name)];
	if (schema instanceof z.ZodUnion || schema instanceof z.ZodDiscriminatedUnion)
		return sampleOf(schema.options[0], name);
	if (schema instanceof z.ZodIntersection) {
		const { left, right } = schema._def;
		return Object.assign({}, sampleOf(left, name), sampleOf(right, name));
	}
	if (schema instanceof z.ZodObject) {
		const fields = Object.entries(schema.shape as z.ZodRawShape);
		return Object.fromEntries(fields.map(([field, value]) => [field, sampleOf(value, field)]));
	}
	throw new Error(`No sample is known for ${schema.constructor.name} in ${name}.`);
}
