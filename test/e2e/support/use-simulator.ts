/** One simulated platform per test file, in this process, so that a test can look into it and set faults. */

import { afterAll, beforeAll } from '@jest/globals';
import { startSimulator, type Simulator, type StartOptions } from '../../../simulator';

/** Gives a function that hands over the running simulator; call it inside a test. */
export function useSimulator(options: StartOptions = {}): () => Simulator {
	let simulator: Simulator | undefined;
	beforeAll(async () => {
		simulator = await startSimulator(options);
	});
	afterAll(async () => await simulator?.stop());
	return () => {
		if (!simulator) throw new Error('The simulator is not running: call this inside a test.');
		return simulator;
	};
}
