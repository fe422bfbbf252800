/**
 * The memory that a run leaves for the next one under `readLists: changed`, as versioned plain JSON: lists that are as
 * the source asks, refused members, and the size of the source. It has hashes of ids, and ids only in reasons of
 * refusals. Without a valid memory, a run only sends more requests.
 */

import { z } from '../../vendor/zod';
import {
	canonicalHash,
	kindNameSchema,
	modeSchema,
	refusalSchema,
	sealed,
	sealHolds,
	type LastRun,
	type Settings,
} from '../model';
import { samePlatform } from './plan-hash';

const MEMORY_FORMAT = 'n8n-nodes-apio/memory';
const MEMORY_VERSION = 3;

/** Characters of a hash in base64url: 72 bits, where a million lists meet by chance once in 10^10 runs. */
const HASH_LENGTH = 12;

const listMemorySchema = z.tuple([
	/** Hash of the members that the source asked for. */
	z.string(),
	/** Members of the list as last seen. */
	z.number().int().nonnegative(),
	/** Number of the run that last read it. */
	z.number().int().nonnegative(),
]);

const refusedSchema = z.object({
	/** Hash of the change: its direction and member. */
	change: z.string(),
	/** Times that it was refused since it last came about. */
	times: z.number().int().positive(),
	/** Number of the run that was refused first. */
	firstRun: z.number().int().positive(),
	/** When it was refused last, in milliseconds since the epoch. */
	lastAt: z.number().int().nonnegative(),
	/** Why, the last time. */
	cause: refusalSchema,
});

const sourceSizeSchema = z.object({
	rows: z.number().int().nonnegative(),
	lists: z.number().int().nonnegative(),
	members: z.number().int().nonnegative(),
});

const memorySchema = z.object({
	format: z.literal(MEMORY_FORMAT),
	version: z.literal(MEMORY_VERSION),
	platform: z.string().min(1),
	kind: kindNameSchema,
	/** What the source's rows mean depends on it. */
	mode: modeSchema,
	/** Number of the run that wrote it, from 1. */
	run: z.number().int().positive(),
	/** When it was written. */
	writtenAt: z.string().datetime(),
	/** By hash of the list's key. */
	lists: z.record(listMemorySchema),
	/** Changes that the platform refused, by hash of the list's key. */
	refused: z.record(z.array(refusedSchema)),
	/** The size of the source of the last run that no guard held back; null before there was one. */
	source: sourceSizeSchema.nullable(),
	/** SHA-256 over the whole document without this field. */
	seal: z.string(),
});

export type ListMemory = z.infer<typeof listMemorySchema>;
export type Refused = z.infer<typeof refusedSchema>;
export type Memory = z.infer<typeof memorySchema>;

/** Why every list is read all the same; `used` where that is not so. */
export type MemoryState = 'used' | 'missing' | 'damaged' | 'other' | 'old';

/**
 * ms. A run takes from its memory which lists are due for a read. If several runs get the same memory, because nobody
 * stores the new one or all of them only plan, they read the same lists each time and never the others. Two days allow
 * for one nightly run that does not take place.
 */
const MOST_AGE_MS = 2 * 24 * 3_600_000;

type MemoryOwner = Pick<Settings, 'platformUrl' | 'kind' | 'mode'>;

/**
 * @param json the parsed document; null where there is none
 * @param now milliseconds since the epoch
 */
export function checkMemory(
	json: unknown,
	owner: MemoryOwner,
	now: number,
): { readonly state: MemoryState; readonly memory: Memory | null } {
	const { state, memory } = openMemory(json, owner);
	const isOld = memory !== null && now - Date.parse(memory.writtenAt) > MOST_AGE_MS;
	return isOld ? { state: 'old', memory: null } : { state, memory };
}

/** The source that the next one is compared with; null where the memory has none. It does not age. */
export function sourceInMemory(json: unknown, owner: MemoryOwner): LastRun | null {
	return openMemory(json, owner).memory?.source ?? null;
}

function openMemory(
	json: unknown,
	{ platformUrl, kind, mode }: MemoryOwner,
): { readonly state: Exclude<MemoryState, 'old'>; readonly memory: Memory | null } {
	if (json === null || json === undefined) return { state: 'missing', memory: null };
	const parsed = memorySchema.safeParse(json);
	if (!parsed.success || !sealHolds(parsed.data)) return { state: 'damaged', memory: null };
	const memory = parsed.data;
	const isSame =
		samePlatform(memory.platform) === samePlatform(platformUrl) && memory.kind === kind && memory.mode === mode;
	return isSame ? { state: 'used', memory } : { state: 'other', memory: null };
}

export function memoryOf(
	{ platformUrl: platform, kind, mode }: Settings,
	run: number,
	now: number,
	known: Pick<Memory, 'lists' | 'refused' | 'source'>,
): Memory {
	const writtenAt = new Date(now).toISOString();
	const content = { format: MEMORY_FORMAT, version: MEMORY_VERSION, platform, kind, mode, run, writtenAt, ...known };
	return sealed(content as Omit<Memory, 'seal'>);
}

/** A short hash, in base64url. */
export function shortHash(value: unknown): string {
	return Buffer.from(canonicalHash(value), 'hex').toString('base64url').slice(0, HASH_LENGTH);
}
