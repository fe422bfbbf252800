/** The message of a failed request of a single operation, and its next step. */

import { describe, expect, it } from '@jest/globals';

import { failed, type ApioFailure } from '../../lib/apio';
import { failureAdvice, failureText } from '../../lib/report';
import type { Stop } from '../../lib/stop';

const failure = (given: Partial<ApioFailure>) =>
	failed({ kind: 'refused', code: 'http-400', message: 'No', ...given }).failure;
const stopped = (stop: Stop) =>
	failure({ kind: 'unanswered', cause: 'stopped', code: stop.problem, message: '', stop });

describe('a run that was ended', () => {
	it.each<[Stop, RegExp, RegExp]>([
		[{ problem: 'retryAfterTooLong', waitSeconds: 900, maxSeconds: 300 }, /asks to wait longer/, /after that time/],
		[{ problem: 'platformDown', probes: 3, said: 'No database' }, /kept failing/, /failure: No database$/],
		[{ problem: 'platformDown', probes: 3, said: '' }, /kept failing/, /when the platform works\.$/],
		[{ problem: 'signedOut' }, /no longer accepts the sign-in/, /Check the credential/],
		[{ problem: 'cancelled' }, /was cancelled/, /run it again to continue/i],
	])('has a short message, and says how to go on: %j', (stop, text, advice) => {
		expect(failureText(stopped(stop), [], 3)).toMatch(text);
		expect(failureText(stopped(stop), [], 3)).toMatch(/\[item 3\]$/);
		expect(failureAdvice(stopped(stop), [])).toMatch(advice);
		expect(failureAdvice(stopped(stop), [])).not.toContain('when the platform can be reached');
	});
});

describe('a refusal', () => {
	it('because a password must be changed is not called a missing right', () => {
		const refused = failure({ status: 403, code: 'apio-1', answeredBy: 'core' });
		expect(failureAdvice(refused, [])).toContain('Sign in to the portal once');
		expect(failureAdvice({ ...refused, code: 'http-403' }, [])).toContain('for the right to do this');
	});

	it.each([407, 511])('with %d is called one of the network', (status) => {
		expect(failureAdvice(failure({ status }), [])).toContain('administrator of the network');
	});

	it.each([302, 407, 413, 511])('with %d names no parameter', (status) => {
		expect(failureText(failure({ status }), ['Agent'], null)).toBe('APIO refused the request: No');
		expect(failureAdvice(failure({ status }), ['Agent'])).not.toContain('Agent');
	});

	it('of a request that is too long asks for fewer members', () => {
		expect(failureAdvice(failure({ status: 413 }), ['Agents'])).toBe('Send fewer members in one request.');
	});

	it('with the status of a success does not blame the Base URL', () => {
		const unreadable = failure({ kind: 'unreadable', status: 200, said: 'No database', maybeApplied: true });
		expect(failureAdvice(unreadable, [])).toMatch(/^Remove the cause .+ may have been carried out/);
		expect(failureAdvice({ ...unreadable, said: null }, [])).toContain('Base URL');
	});
});
