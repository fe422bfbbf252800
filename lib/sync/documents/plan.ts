/**
 * The plan: what one run would change and why, as versioned plain JSON. It has facts and no sentences
 * (`report/messages` makes these); nothing in it is a secret. Validated by this schema wherever it comes in.
 */

import { z } from '../../vendor/zod';
import {
	candidateSchema,
	guardIssueSchema,
	issueSchema,
	listIssueSchema,
	kindNameSchema,
	listRefSchema,
	matchedSchema,
	modeSchema,
	strategySchema,
	strategyReasonSchema,
} from '../model';

export const PLAN_FORMAT = 'n8n-nodes-apio/plan';
export const PLAN_VERSION = 2;

/**
 * Ids in the spelling that will be sent, with the lines of the source that ask for it (none: the list is
 * authoritative).
 */
export const changeSchema = z.object({
	member: z.string().min(1),
	lines: z.array(z.number().int()),
	/**
	 * This removal waits until all additions of the plan are made (`markLastPlaces` in `plan/holds.ts`): it takes the
	 * member off the last list or empties a list, or an addition whose row took a default may have meant this list.
	 */
	lastPlace: z.boolean().optional(),
});

/** A removal or addition that was wanted and is not planned, and why. */
export const heldChangeSchema = z
	.object({
		member: z.string().min(1),
		change: z.enum(['add', 'remove']),
		/** `rejected`: the desired change is not possible; `held` (the default): a removal kept back for safety. */
		outcome: z.enum(['held', 'rejected']).optional(),
		/** Lines of the source that asked for it. */
		lines: z.array(z.number().int()).optional(),
	})
	.and(issueSchema);

export const plannedListSchema = z.object({
	ref: listRefSchema,
	/** 0: prerequisites (call centers of agents), written before 1: the lists that the source names. */
	stage: z.union([z.literal(0), z.literal(1)]),
	/** Members as read, in the platform's spelling. */
	before: z.array(z.string()),
	/** Hash of the folded, sorted members as read: compared again just before the list is written. */
	beforeHash: z.string(),
	adds: z.array(changeSchema),
	removes: z.array(changeSchema),
	held: z.array(heldChangeSchema),
	strategy: strategySchema,
	/** Why this strategy. */
	reason: strategyReasonSchema,
	/** Forecast for applying this list at once: writes and the reads that go with them. */
	writes: z.number().int(),
	reads: z.number().int(),
	/** Whether `reads` has a read just before the write, because planning takes so long that its own will be too old. */
	readAgain: z.boolean().optional(),
});

/** What a guard found; `list` is null where it concerns the whole run. */
export const breachSchema = z.object({ list: listRefSchema.nullable() }).and(guardIssueSchema);

export const planSchema = z.object({
	format: z.literal(PLAN_FORMAT),
	version: z.literal(PLAN_VERSION),
	createdAt: z.string().datetime(),
	validUntil: z.string().datetime(),
	/** Base URL of the platform. */
	platform: z.string().min(1),
	kind: kindNameSchema,
	mode: modeSchema,
	origin: z.enum(['source', 'journal', 'leavers']),
	/** Entries per request, 0 for no limit. */
	maxEntries: z.number().int().nonnegative(),
	source: z.object({
		rows: z.number().int(),
		rejectedRows: z.number().int(),
		lists: z.number().int(),
		members: z.number().int(),
	}),
	/** Lists with anything to change or anything held, in a stable order. */
	lists: z.array(plannedListSchema),
	/** Lists that could not be planned (unknown owner, unreadable): reported, never written. */
	unplanned: z.array(
		z
			.object({
				ref: listRefSchema,
				/** `conflict`: roll back only, where somebody else changed the list after the run that is undone. */
				outcome: z.enum(['rejected', 'failed', 'conflict']),
				/** Lines of the source that name it. */
				lines: z.array(z.number().int()).optional(),
			})
			.and(listIssueSchema),
	),
	unchanged: z.array(listRefSchema),
	/** Only where not all lists were to be read (`readLists: changed`). */
	readLists: z
		.object({
			/** Lists that an earlier run left as the source asks, and that were not read. */
			notRead: z.array(listRefSchema),
			/** Each list is read at the latest in so many runs. */
			lookEvery: z.number().int(),
			memory: z.enum(['used', 'missing', 'damaged', 'other', 'old']),
		})
		.optional(),
	/** What came of looking up people and call centers; absent where the source has ids. */
	matched: matchedSchema.optional(),
	/** What people call the users and call centers in `lists`, where the run read it; by folded id. */
	names: z.array(candidateSchema).optional(),
	/** What could not be read, and other issues that are about no list. */
	notices: z.array(issueSchema).optional(),
	/** Of the lists of the plan's own kind; prerequisites are counted apart. */
	totals: z.object({
		listsToChange: z.number().int(),
		unchanged: z.number().int(),
		/** Lists of the other kind that are changed so that these can be. */
		prerequisites: z.number().int().optional(),
		adds: z.number().int(),
		removes: z.number().int(),
		held: z.number().int(),
		liveMembers: z.number().int(),
	}),
	guards: z.object({
		verdict: z.enum(['pass', 'hold', 'abort']),
		breaches: z.array(breachSchema),
	}),
	forecast: z.object({
		/** Requests that applying will send, by what they do. */
		reads: z.number().int(),
		writes: z.number().int(),
		/** Requests that planning sent. */
		planningReads: z.number().int(),
		seconds: z.number(),
	}),
	/**
	 * What is approved: SHA-256 over the folded changes and the expiry; equal for the same desired changes and expiry
	 * from any source, order or spelling.
	 */
	hash: z.string(),
	/** SHA-256 over the whole document without this field: detects an edited plan. */
	seal: z.string(),
});

export type Change = z.infer<typeof changeSchema>;
export type HeldChange = z.infer<typeof heldChangeSchema>;
export type PlannedList = z.infer<typeof plannedListSchema>;
export type Breach = z.infer<typeof breachSchema>;
export type Plan = z.infer<typeof planSchema>;
