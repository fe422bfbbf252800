/** What Plan and Sync share: the parameters, the source and the memory of the last applied run. */

import type { CsvSource, ReadOptions } from '../../../lib/csv';
import type { KindName, Mode, RunResult, Settings } from '../../../lib/sync';
import { lastRun, lastRunKey } from '../run/last-run';
import { columnsIn, engineSettings } from '../run/options';
import { readSource } from '../run/source';
import type { Context } from './context';

export interface Wishes {
	readonly mode: Mode;
	/** Where the last applied run is remembered. */
	readonly memory: string;
	readonly read: { readonly ok: true; readonly source: CsvSource } | { readonly ok: false; readonly result: RunResult };
	readonly settings: (platformUrl: string) => Settings;
}

export async function readWishes({ execute, item, options, signal }: Context): Promise<Wishes> {
	const kind = execute.getNodeParameter('kind', item) as KindName;
	const mode = execute.getNodeParameter('mode', item) as Mode;
	const memory = lastRunKey(kind, execute.getNodeParameter('source', item) as string, item);
	const id = (name: string) =>
		(execute.getNodeParameter(name, item, '', { extractValue: true }) as string).trim() || undefined;
	const reading: ReadOptions = {
		kind,
		tenantId: id('tenantId'),
		groupId: id('groupId'),
		callCenterId: kind === 'supervisedAgents' ? id('callCenterId') : undefined,
		defaultDomain: options.defaultDomain.trim().replace(/^@/, '') || undefined,
		columns: columnsIn(options),
	};
	return {
		mode,
		memory,
		read: await readSource(execute, item, reading, options, mode, signal),
		settings: (platformUrl) => engineSettings(options, { kind, mode, platformUrl, lastRun: lastRun(execute, memory) }),
	};
}
