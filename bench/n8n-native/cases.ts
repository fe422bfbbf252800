/** What the platform does while the lists are synced. */

import type { FaultPlan, QuotaSettings } from '../../simulator';
import type { Pace } from './workflow';

export interface Case {
	readonly title: string;
	readonly quota: QuotaSettings | null;
	readonly faults?: FaultPlan;
	/** Others edit lists between the read and the write: afterwards these are not as the source says. */
	readonly hasThirdParty?: boolean;
	/** What whoever built the workflow knows of the quota. The sync node gets no setting and finds it out. */
	readonly pace?: Pace;
	/** Larger sizes leave it out: by then it says nothing new, and takes hours. */
	readonly mostLists?: number;
}

/** Requests a second that the platform allows: twice as many for ten times the lists, so that a run ends in minutes. */
function quotaOf(lists: number): number {
	return Math.round(50 * 2 ** Math.log10(lists / 500));
}

export function casesOf(lists: number): Case[] {
	const rate = quotaOf(lists);
	const quota = { rate, burst: rate };
	const cases: Case[] = [
		{ title: 'no quota', quota: null },
		{ title: `${rate}/s, the workflow paced for it`, quota, pace: rate },
		{
			title: `${rate}/s, halved after 5 s`,
			quota: { ...quota, schedule: [{ afterMs: 5_000, rate: rate / 2 }] },
			pace: rate,
			mostLists: 500,
		},
		{ title: `${rate}/s, nobody knows`, quota, mostLists: 5_000 },
		{
			title: '5 % of the answers are 429 or 503',
			quota: null,
			faults: { chance: { seed: 1, probabilities: { throttle: 0.025, statusBefore: 0.025 }, statuses: [503] } },
			mostLists: 5_000,
		},
		{
			title: 'others edit 5 % of the lists just before they are written',
			quota: null,
			faults: {
				rules: [
					{
						fault: { kind: 'thirdParty', edit: 'random', when: 'before' },
						match: { method: ['PUT', 'POST'], path: 'supervised_agents' },
						probability: 0.05,
					},
				],
			},
			hasThirdParty: true,
			mostLists: 5_000,
		},
	];
	return cases.filter(({ mostLists = Infinity }) => lists <= mostLists);
}
