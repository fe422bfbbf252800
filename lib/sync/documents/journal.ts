/**
 * The journal: the run's record of pre-image, intent, requests and outcome of each list, as versioned plain JSON.
 * It is the input of roll back, and this schema validates it.
 */

import { z } from '../../vendor/zod';
import {
	issueSchema,
	type Issue,
	kindNameSchema,
	listRefSchema,
	fallbackSchema,
	strategyReasonSchema,
	strategySchema,
} from '../model';

export const JOURNAL_FORMAT = 'n8n-nodes-apio/journal';
export const JOURNAL_VERSION = 2;

/** What became of a list or a member. */
export const outcomeWordSchema = z.enum([
	'applied',
	'alreadyInPlace',
	'unchanged',
	'rejected',
	'conflict',
	'held',
	'notAttempted',
	'failed',
]);

export const journalRequestSchema = z.object({
	/** What was asked of the platform. */
	write: z.enum(['read', 'replace', 'add', 'remove', 'joinable']),
	/** Entries in the request; 0 for reads. */
	members: z.number().int(),
	at: z.string().datetime(),
	milliseconds: z.number(),
	/** `ok`, or the failure's kind. */
	result: z.enum(['ok', 'refused', 'missing', 'forbidden', 'unavailable', 'doubt', 'stopped']),
	code: z.string().nullable(),
});

/** Where there is no issue. */
export const NO_ISSUE = { code: null, facts: null } as const;

const issueOrNone: z.ZodType<Issue | typeof NO_ISSUE> = z.union([
	z.object({ code: z.null(), facts: z.null() }),
	issueSchema,
]);

export const memberOutcomeSchema = z
	.object({
		member: z.string(),
		change: z.enum(['add', 'remove']),
		outcome: outcomeWordSchema,
		/** Lines of the source that asked for it. */
		lines: z.array(z.number().int()),
	})
	.and(issueOrNone);

export const listOutcomeSchema = z
	.object({
		ref: listRefSchema,
		outcome: outcomeWordSchema,
		strategy: strategySchema.nullable(),
		reason: strategyReasonSchema.nullable(),
		/** Why another strategy was used than was planned; null where it was the planned one. */
		fallback: fallbackSchema.nullable(),
		/** Members just before the first write; null where it was not read. */
		before: z.array(z.string()).nullable(),
		/** Members as last seen; null where that is not known. */
		after: z.array(z.string()).nullable(),
		/** Changes by somebody else between the plan's read and the last one seen. */
		foreign: z.object({ added: z.array(z.string()), removed: z.array(z.string()) }),
		members: z.array(memberOutcomeSchema),
		requests: z.array(journalRequestSchema),
	})
	.and(issueOrNone);

export const journalSchema = z.object({
	format: z.literal(JOURNAL_FORMAT),
	version: z.literal(JOURNAL_VERSION),
	platform: z.string().min(1),
	kind: kindNameSchema,
	planHash: z.string(),
	startedAt: z.string().datetime(),
	finishedAt: z.string().datetime(),
	/** Why the run ended early; null where it did not. */
	stopped: issueSchema.nullable(),
	lists: z.array(listOutcomeSchema),
	/** SHA-256 over the whole document without this field. */
	seal: z.string(),
});

export type OutcomeWord = z.infer<typeof outcomeWordSchema>;
export type JournalRequest = z.infer<typeof journalRequestSchema>;
export type MemberOutcome = z.infer<typeof memberOutcomeSchema>;
export type ListOutcome = z.infer<typeof listOutcomeSchema>;
export type Journal = z.infer<typeof journalSchema>;
