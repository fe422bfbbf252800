/**
 * A seed to what the oracle says of it. Several seeds share a world and a good file, so that the good run is played
 * once.
 */

import { SeededRandom } from '../../tools/seeded-random';
import { damage, type DamageKind, type Damaged } from './damage';
import { decode, encode } from './encoding';
import { fileOf, textOf, type GoodFile } from './file';
import { indistinguishable, type Indistinguishable } from './naive';
import { controlProblem, endingOf, lossesOf, type Ending, type Loss } from './oracle';
import { play, type Path, type Played, type Sabotage } from './play';
import { troubleOf, type Trouble } from './trouble';
import { worldOf } from './good-world';
import type { GoodWorld } from './world';

/** Seeds of one world; the first of them is played with a platform in trouble and no damage. */
const SEEDS_PER_WORLD = 8;

export interface Scene {
	readonly world: GoodWorld;
	readonly file: GoodFile;
	readonly text: string;
	readonly bytes: Buffer;
	/** What is wrong with the undamaged run; '' where nothing is. */
	readonly control: string;
}

export interface Verdict {
	readonly seed: number;
	readonly scene: Scene;
	readonly path: Path;
	readonly damaged: Damaged | null;
	readonly trouble: Trouble | null;
	readonly exception: Indistinguishable | null;
	readonly ending: Ending;
	readonly losses: readonly Loss[];
	readonly played: Played;
}

let last: { readonly seed: number; readonly scene: Scene } | null = null;

async function sceneOf(seed: number): Promise<Scene> {
	if (last?.seed === seed) return last.scene;
	const world = worldOf(seed);
	const file = fileOf(world);
	const text = textOf(file.pieces, file.delimiter);
	const bytes = encode(text, file.encoding);
	const control = controlProblem(world, await play(world, bytes, file.options, 'sync', null));
	const scene = { world, file, text, bytes, control };
	last = { seed, scene };
	return scene;
}

export async function check(seed: number, sabotage?: Sabotage): Promise<Verdict> {
	const scene = await sceneOf(Math.floor(seed / SEEDS_PER_WORLD));
	const { world, file, text, bytes } = scene;
	const random = new SeededRandom(seed);
	const path = random.weighted<Path>([8, 'sync'], [1, 'planAndApply'], [1, 'syncAndRollBack']);
	const undamaged = seed % SEEDS_PER_WORLD === 0;
	const damaged = undamaged ? null : damage(random, file);
	const trouble = undamaged || random.chance(0.15) ? troubleOf(random, world) : null;
	const played = await play(world, damaged?.bytes ?? bytes, file.options, path, trouble, sabotage);
	const damagedText = damaged === null ? null : textLeft(damaged, file);
	const exception = damagedText === null ? null : indistinguishable(text, damagedText, file, world);
	const losses = lossesOf(world, played, exception);
	return { seed, scene, path, damaged, trouble, exception, ending: endingOf(world, played), losses, played };
}

/**
 * A file may be cut within a character; what is left of that says nothing. Null where the bytes are in no encoding any
 * more.
 */
function textLeft({ kind, bytes }: Damaged, { encoding }: GoodFile): string | null {
	for (let lost = 0; lost < (kind === 'fileCut' ? 4 : 1); lost++) {
		const text = decode(bytes.subarray(0, bytes.length - lost), encoding);
		if (text !== null) return text;
	}
	return null;
}

export function isBroken({ losses, scene }: Verdict): boolean {
	return losses.length > 0 || scene.control !== '';
}

export function kindOf({ damaged, trouble }: Verdict): DamageKind | 'undamaged' | 'undamaged, platform in trouble' {
	return damaged?.kind ?? (trouble === null ? 'undamaged' : 'undamaged, platform in trouble');
}

export function replayCommand(seed: number): string {
	return `npm run damage -- --seed ${seed}`;
}
