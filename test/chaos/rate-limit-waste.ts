import { ADAPTIVE_RATE } from '../../lib/rate-limit';
import type { Process } from './rate-limit';

/**
 * How many requests a steady quota may refuse (docs/pacing.md, "The rate"): until it is measured, a few times all that
 * are under way together; then one in each epoch; and one for every sign-in, which draws on it beside the rate limiter.
 * Not checked where the trouble itself refuses, where the quota changes or lies, where sign-ins failed, and where the
 * client's clock leaps out of a pause.
 */
export function littleWaste({ simulation, traffic, complain }: Process): void {
	const { quota } = simulation.scenario.simulator;
	if (
		!quota ||
		quota.schedule ||
		quota.retryAfterText !== undefined ||
		(simulation.scenario.chance?.probabilities.throttle ?? 0) > 0
	)
		return;
	if (simulation.clockChanges.length > 0 || traffic.some(({ lostSightAt }) => lostSightAt < Infinity)) return;
	const all = traffic.flatMap(({ transmissions }) => transmissions);
	const requests = all.filter(({ request }) => request !== null);
	const signIns = all.length - requests.length;
	const refused = requests.filter(({ reply }) => reply?.kind === 'answer' && reply.status === 429).length;
	const lanes = Math.max(...traffic.map(({ concurrency }) => concurrency));
	const { minSamples, minEpochSeconds } = ADAPTIVE_RATE;
	const allowed = minSamples * lanes + signIns + requests.length / (1 + minEpochSeconds * quota.rate);
	if (refused > allowed)
		complain('waste', `${refused} of ${requests.length} requests were refused, and ${Math.floor(allowed)} may be`);
}
