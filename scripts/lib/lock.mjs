/** One installer at a time: a folder is created by exactly one process, and it names who holds it. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a waiting process looks again. */
const LOOK_AGAIN_MS = 1000;
/** A lock without a readable owner is given this long before it counts as left behind (its maker died in between). */
const NAMELESS_LOCK_MS = 10_000;

/** True while the process lives; a pid of another user's process counts as alive. */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

function ownerOf(lockFolder) {
	try {
		return Number(readFileSync(join(lockFolder, 'pid'), 'utf8')) || null;
	} catch {
		return null;
	}
}

function tryTake(lockFolder) {
	try {
		mkdirSync(lockFolder);
	} catch (error) {
		if (error.code === 'EEXIST') return false;
		throw error;
	}
	writeFileSync(join(lockFolder, 'pid'), String(process.pid));
	return true;
}

/**
 * Runs `work` while holding `lockFolder`, waiting for whoever has it. A lock whose owner died is taken over.
 * @param {string} lockFolder its parent must exist
 * @param {() => Promise<T>} work
 * @param {(pid: number | null) => void} onWait called once when somebody else has it
 * @returns {Promise<T>}
 * @template T
 */
export async function withLock(lockFolder, work, onWait) {
	let waitedMs = 0;
	while (!tryTake(lockFolder)) {
		const owner = ownerOf(lockFolder);
		const leftBehind = owner === null ? waitedMs >= NAMELESS_LOCK_MS : !isAlive(owner);
		if (leftBehind) {
			rmSync(lockFolder, { recursive: true, force: true });
			continue;
		}
		if (waitedMs === 0) onWait(owner);
		await sleep(LOOK_AGAIN_MS);
		waitedMs += LOOK_AGAIN_MS;
	}
	try {
		return await work();
	} finally {
		rmSync(lockFolder, { recursive: true, force: true });
	}
}
