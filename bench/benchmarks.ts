/** Every benchmark that `npm run bench` knows, in the order in which they run. */
export interface Benchmark {
	readonly name: string;
	readonly title: string;
	/**
	 * Relative to `bench/`; prints a table, writes its results with `writeResults`, and exits with 1 where a bar is
	 * missed.
	 */
	readonly script: string;
}

export const BENCHMARKS: readonly Benchmark[] = [
	{
		name: 'rate-limit',
		title: '2,000 list writes against request quotas, in virtual time',
		script: 'rate-limit/main.ts',
	},
	{ name: 'csv', title: 'a CSV of 1,000,000 rows to rows and to a plan, beside bare csv-parse', script: 'csv/main.ts' },
	{ name: 'week', title: 'a week of syncs every quarter of an hour, in virtual time', script: 'week/main.ts' },
	{ name: 'n8n', title: 'requests a second on a real n8n, without a quota', script: 'n8n/main.ts' },
	{
		name: 'n8n-onboarding',
		title: 'a new hire by webhook, beside two HTTP requests',
		script: 'n8n-onboarding/main.ts',
	},
	{ name: 'n8n-large', title: 'memory and time of one execution by the size of the job', script: 'n8n-large/main.ts' },
	{ name: 'n8n-native', title: "the nightly sync beside one built from n8n's own nodes", script: 'n8n-native/main.ts' },
];
