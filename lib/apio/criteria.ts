/**
 * Search criteria for supervised agents: their documented names and values, and the same filter once more on the
 * client, because a proxy that drops a GET body or an unknown parameter would hand back the whole list.
 */

import { MAX_USER_ID } from '../id-lengths';
import { z } from '../vendor/zod';
import type { UserEntry } from './answers';
import { isObject } from './json';

export type SearchMode = 'Starts' | 'Contains' | 'Equals';

/**
 * What a criterion looks at: the field's part of the name, longest value (OCI), and which forms the documentation has.
 */
interface SearchField {
	readonly longest: number;
	readonly sensitivities: ReadonlyArray<'sensitive' | 'insensitive'>;
	readonly modes: readonly SearchMode[];
	/** Values of an agent that the criterion is compared with; undefined where the answer does not carry the field. */
	readonly valuesOf: (agent: UserEntry) => string[] | undefined;
	/** Brings both sides into one form before they are compared. */
	readonly normalize?: (value: string) => string;
}

const ALL_MODES: readonly SearchMode[] = ['Starts', 'Contains', 'Equals'];
/** OCI sets no length for a department's name; this keeps an accident out of the request. */
const LONGEST_DEPARTMENT = 255;

const SEARCH_FIELDS = {
	UserLastName: {
		longest: 30,
		sensitivities: ['sensitive', 'insensitive'],
		modes: ALL_MODES,
		valuesOf: field('lastName'),
	},
	UserFirstName: {
		longest: 30,
		sensitivities: ['sensitive', 'insensitive'],
		modes: ALL_MODES,
		valuesOf: field('firstName'),
	},
	UserId: {
		longest: MAX_USER_ID,
		sensitivities: ['sensitive', 'insensitive'],
		modes: ALL_MODES,
		valuesOf: field('userId'),
	},
	Dn: {
		longest: 23,
		sensitivities: ['insensitive'],
		modes: ALL_MODES,
		valuesOf: field('phoneNumber'),
		normalize: digits,
	},
	Extension: { longest: 20, sensitivities: ['insensitive'], modes: ALL_MODES, valuesOf: field('extension') },
	UserDepartment: {
		longest: LONGEST_DEPARTMENT,
		sensitivities: ['sensitive'],
		modes: ['Equals'],
		valuesOf: departmentNames,
	},
} as const satisfies Record<string, SearchField>;

interface Criterion {
	readonly name: string;
	readonly field: SearchField;
	readonly mode: SearchMode;
	readonly sensitive: boolean;
}

/** Every criterion that the documentation lists, by its name. */
export const CRITERIA: ReadonlyMap<string, Criterion> = new Map(
	Object.entries(SEARCH_FIELDS as Record<string, SearchField>).flatMap(([suffix, searchField]) =>
		searchField.sensitivities.flatMap((sensitivity) =>
			searchField.modes.map((mode) => {
				const name = `${sensitivity}${suffix}${mode}`;
				return [name, { name, field: searchField, mode, sensitive: sensitivity === 'sensitive' }] as const;
			}),
		),
	),
);

/**
 * Criteria by name; all must match, or with `combineWithOr` any of them. More matches than `responseSizeLimit` are
 * refused.
 */
export type AgentSearch = { combineWithOr?: boolean; responseSizeLimit?: number } & { [criterion: string]: unknown };

const SIZE_RULE = 'must be a whole number of at least 1';

export const agentSearch: z.ZodType<AgentSearch> = z
	.object({
		combineWithOr: z.boolean({ invalid_type_error: 'must be true or false' }).optional(),
		responseSizeLimit: z.number({ invalid_type_error: SIZE_RULE }).int(SIZE_RULE).min(1, SIZE_RULE).optional(),
		...Object.fromEntries(
			[...CRITERIA.values()].map((criterion) => [criterion.name, criterionValue(criterion.field).optional()]),
		),
	})
	.strict()
	.superRefine((search, context) => {
		if (search.combineWithOr !== true || criteriaIn(search).length > 0) return;
		const message = 'needs at least one search criterion beside it';
		context.addIssue({ code: z.ZodIssueCode.custom, path: ['combineWithOr'], message });
	});

function criterionValue({ longest }: SearchField) {
	const empty = 'is empty: leave the criterion out, or give it a value';
	return z
		.string({ invalid_type_error: 'must be text' })
		.min(1, empty)
		.max(longest, `is longer than ${longest} characters`);
}

function criteriaIn(search: AgentSearch): Array<readonly [Criterion, string]> {
	return Object.entries(search).flatMap(([name, value]) => {
		const criterion = CRITERIA.get(name);
		return criterion && typeof value === 'string' ? [[criterion, value] as const] : [];
	});
}

/** The agents that match. A criterion on a field that the answer lacks is left to the platform. */
export function matching(agents: readonly UserEntry[], search: AgentSearch): UserEntry[] {
	const criteria = criteriaIn(search);
	if (criteria.length === 0) return [...agents];
	return agents.filter((agent) => {
		const results = criteria.map(([criterion, wanted]) => matches(agent, criterion, wanted));
		return search.combineWithOr ? results.some(Boolean) : results.every(Boolean);
	});
}

function matches(agent: UserEntry, { field: searchField, mode, sensitive }: Criterion, wanted: string): boolean {
	const values = searchField.valuesOf(agent);
	if (values === undefined) return true;
	const normalize = (value: string) => {
		const plain = (searchField.normalize?.(value) ?? value).normalize('NFC');
		return sensitive ? plain : plain.toLowerCase();
	};
	const sought = normalize(wanted);
	return values.map(normalize).some((value) => {
		if (mode === 'Starts') return value.startsWith(sought);
		return mode === 'Contains' ? value.includes(sought) : value === sought;
	});
}

function field(name: string): SearchField['valuesOf'] {
	return (agent) => {
		const value = agent[name];
		return typeof value === 'string' || typeof value === 'number' ? [String(value)] : undefined;
	};
}

/**
 * The name and the full path of a department. The documentation does not say which of them the criterion means.
 */
function departmentNames(agent: UserEntry): string[] | undefined {
	const { department } = agent;
	if (typeof department === 'string') return [department];
	if (!isObject(department)) return undefined;
	const names = [department.departmentName, department.fullPathName].filter((name) => typeof name === 'string');
	return names.length > 0 ? names : undefined;
}

/** Numbers are written with and without `+`, spaces and the hyphen after the country code (Broadsoft). */
function digits(value: string): string {
	return value.replace(/[^\p{Letter}\p{Number}]/gu, '');
}
