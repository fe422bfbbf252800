/** The collection 'Options' as the user filled it in, with the defaults of the engine for the rest. */

import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { readIdList, readRenamedIds, type Field, type ReadIds } from '../../../lib/csv';
import { DEFAULT_MAX_RATE, DEFAULT_START_RATE, type RunLimits } from '../../../lib/rate-limit';
import {
	DEFAULT_CONCURRENCY,
	DEFAULT_LIMITS,
	DEFAULT_MAX_ENTRIES,
	DEFAULT_PLAN_VALID_MINUTES,
	type KindName,
	type LastRun,
	type Mode,
	type Settings,
} from '../../../lib/sync';
import { optionsProperty } from '../properties/options';

/** Names as in `properties/options.ts`. */
interface RawOptions {
	additionCountTotal: number;
	aliases: { alias?: Array<{ from?: string; to?: string }> };
	allowClear: boolean;
	assignFirst: boolean;
	checkUsers: boolean;
	columns: { column?: Array<{ name?: string; field?: Field }> };
	concurrency: number;
	defaultDomain: string;
	delimiter: string;
	includeDocuments: boolean;
	includeUnchanged: boolean;
	listsNotShownPercent: number;
	maxEntries: number;
	maxRate: number;
	planOnly: boolean;
	onBreach: Settings['onBreach'];
	planValidMinutes: number;
	protectedMembers: string;
	removalCountPerList: number;
	removalCountTotal: number;
	removalPercentPerList: number;
	removalPercentTotal: number;
	shrinkPercent: number;
	soleWriter: boolean;
	startRate: number;
	whenStopped: 'fail' | 'summary';
}

export type SyncOptions = Readonly<RawOptions>;

export const DEFAULT_OPTIONS: SyncOptions = {
	...DEFAULT_LIMITS,
	aliases: {},
	allowClear: false,
	assignFirst: false,
	checkUsers: false,
	columns: {},
	concurrency: DEFAULT_CONCURRENCY,
	defaultDomain: '',
	delimiter: '',
	includeDocuments: false,
	includeUnchanged: false,
	maxEntries: DEFAULT_MAX_ENTRIES,
	maxRate: DEFAULT_MAX_RATE,
	onBreach: 'abort',
	planOnly: false,
	planValidMinutes: DEFAULT_PLAN_VALID_MINUTES,
	protectedMembers: '',
	soleWriter: false,
	startRate: DEFAULT_START_RATE,
	whenStopped: 'fail',
};

/**
 * @throws NodeOperationError where an expression gives another type than the option has: a limit that is no number
 * limits nothing
 */
export function readOptions(execute: IExecuteFunctions, item: number): SyncOptions {
	const given = execute.getNodeParameter('options', item, {}) as Record<string, unknown>;
	for (const [name, fallback] of Object.entries(DEFAULT_OPTIONS)) {
		if (!(name in given) || isLike(given[name], fallback)) continue;
		const message = `The option '${optionName(name)}' must be ${NOUNS[typeof fallback] ?? 'a list of fields'}`;
		const description =
			`Correct its expression, which gives ${JSON.stringify(given[name]) ?? 'nothing'} here, or take the ` +
			'option out.';
		throw new NodeOperationError(execute.getNode(), message, { description, itemIndex: item });
	}
	return { ...DEFAULT_OPTIONS, ...(given as Partial<RawOptions>) };
}

/** As the user sees it. */
function optionName(name: string): string {
	const option = optionsProperty.options?.find((one) => one.name === name);
	return option !== undefined && 'displayName' in option ? option.displayName : name;
}

const NOUNS: Readonly<Record<string, string>> = { number: 'a number', boolean: 'true or false', string: 'text' };

function isLike(value: unknown, fallback: unknown): boolean {
	if (typeof fallback === 'number') return typeof value === 'number' && Number.isFinite(value);
	return typeof value === typeof fallback && value !== null;
}

export interface Fixed {
	readonly kind: KindName;
	readonly mode: Mode;
	readonly platformUrl: string;
	readonly lastRun: LastRun | null;
}

/** Throws where `wrongIdsIn` has an answer. */
export function engineSettings(options: SyncOptions, fixed: Fixed): Settings {
	const read = idsIn(options);
	if (!read.ok) throw new Error(read.message);
	return {
		...fixed,
		onBreach: options.onBreach,
		allowClear: options.allowClear,
		...read.ids,
		checkUsers: options.checkUsers,
		assignFirst: options.assignFirst && fixed.kind === 'supervisedAgents',
		soleWriter: options.soleWriter,
		maxEntries: options.maxEntries,
		concurrency: options.concurrency,
		limits: {
			removalPercentPerList: options.removalPercentPerList,
			removalCountPerList: options.removalCountPerList,
			removalPercentTotal: options.removalPercentTotal,
			removalCountTotal: options.removalCountTotal,
			additionCountTotal: options.additionCountTotal,
			shrinkPercent: options.shrinkPercent,
			listsNotShownPercent: options.listsNotShownPercent,
		},
		planValidMinutes: options.planValidMinutes,
	};
}

/** Column name by field, as the reader wants it; half-filled rows of the collection say nothing. */
export function columnsIn({ columns }: SyncOptions): Partial<Record<Field, string>> {
	const named = (columns.column ?? []).filter(({ name, field }) => (name ?? '').trim() !== '' && field !== undefined);
	return Object.fromEntries(named.map(({ name, field }) => [field, name]));
}

/** The ids that options take, in the words of the node. */
interface OptionIds {
	readonly protectedMembers: readonly string[];
	readonly aliases: Readonly<Record<string, string>>;
}

function idsIn(options: SyncOptions): ReadIds<OptionIds> {
	const protectedMembers = readIdList("option 'Protected Members'", options.protectedMembers, options);
	if (!protectedMembers.ok) return protectedMembers;
	const aliases = readRenamedIds("option 'Renamed IDs'", options.aliases.alias ?? [], options);
	return aliases.ok ? { ok: true, ids: { protectedMembers: protectedMembers.ids, aliases: aliases.ids } } : aliases;
}

/**
 * Why a run with these options cannot begin, or null. To be asked before anything is read: a protection that says
 * nothing protects nobody.
 */
export function wrongIdsIn(options: SyncOptions): string | null {
	const read = idsIn(options);
	return read.ok ? null : read.message;
}

/** How far this run may go; the pacer that it shares with all others of the platform knows the rest. */
export function limitsIn({ startRate, maxRate, concurrency }: SyncOptions): RunLimits {
	return { startRate, maxRate, concurrency };
}
