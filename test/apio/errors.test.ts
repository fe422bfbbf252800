import { describe, expect, it } from '@jest/globals';

import { decodeError } from '../../lib/apio/errors';

const JSON_TYPE = { 'content-type': 'application/json' };
const decode = (status: number, body: unknown, headers: Record<string, string> = JSON_TYPE) =>
	decodeError({ status, body, headers });
const BROADSOFT = {
	error_code: '4008',
	level: 'Error',
	summary: '[Error 4008] User not found: x@y',
	detail: 'No such user',
};
const DETAIL = {
	errorCode: '4008',
	level: 'Error',
	summary: '[Error 4008] User not found: x@y',
	detail: 'No such user',
};

describe('every known shape of an error becomes one form', () => {
	it('gateway errors[] with a reason', () => {
		expect(
			decode(400, {
				errors: [{ code: 2, message: 'INVALID_PARAMETERS', details: { reason: 'Outgoing Call Center is required' } }],
			}),
		).toEqual({
			code: 'apio-2',
			message: 'INVALID_PARAMETERS: Outgoing Call Center is required',
			said: 'INVALID_PARAMETERS: Outgoing Call Center is required',
			details: [],
			answeredBy: 'gateway',
		});
	});

	it.each([
		['as a list', [BROADSOFT]],
		['keyed "0"', { 0: BROADSOFT }],
	])('Broadsoft errors %s', (_title, errors) => {
		expect(decode(400, { errors: [{ code: 0, message: 'BROADSOFT_ERROR', details: { errors } }] })).toEqual({
			code: 'broadsoft-4008',
			message: 'BROADSOFT_ERROR: [Error 4008] User not found: x@y No such user',
			said: 'BROADSOFT_ERROR: [Error 4008] User not found: x@y No such user',
			details: [DETAIL],
			answeredBy: 'gateway',
		});
	});

	it.each([
		['an object', BROADSOFT],
		['a list', [BROADSOFT]],
		['a nested list', { errors: [BROADSOFT] }],
	])('top-level details, %s', (_title, details) => {
		expect(decode(404, { details })).toMatchObject({
			code: 'broadsoft-4008',
			details: [DETAIL],
			message: expect.stringContaining('User not found: x@y'),
		});
	});

	it('top-level details as text, errors as texts, a message alone', () => {
		expect(decode(400, { details: 'Not this way' }).message).toBe('Not this way');
		expect(decode(400, { errors: ['first', 'second'] }).message).toBe('first: second');
		expect(decode(400, { errors: 'first' }).message).toBe('first');
		expect(decode(400, { message: 'only this' })).toEqual({
			code: 'http-400',
			message: 'only this',
			said: 'only this',
			details: [],
			answeredBy: null,
		});
	});

	it("APIO Core's own", () => {
		expect(decode(401, { error: 'Invalid token' })).toEqual({
			code: 'http-401',
			message: 'Invalid token',
			said: 'Invalid token',
			details: [],
			answeredBy: 'core',
		});
		expect(decode(403, { error: { message: 'Change it' }, error_code: 1 })).toEqual({
			code: 'apio-1',
			message: 'Change it',
			said: 'Change it',
			details: [],
			answeredBy: 'core',
		});
	});

	it('several errors, each said once', () => {
		const { code, message } = decode(400, {
			errors: [
				{ code: 7, message: 'A' },
				{ code: 8, message: 'B' },
				{ code: 8, message: 'B' },
			],
		});
		expect([code, message]).toEqual(['apio-7', 'A: B']);
	});

	it('a web page of a load balancer', () => {
		const { code, message, said } = decode(
			502,
			'<html><head><title>502 Bad\n Gateway</title></head><body>x</body></html>',
			{
				'content-type': 'text/html',
			},
		);
		expect(code).toBe('http-502');
		expect(message).toBe('The API gateway is down or being upgraded (a web page answered: 502 Bad Gateway)');
		expect(said).toBe('502 Bad Gateway');
	});

	it('plain text, cut to a readable length', () => {
		const { message, said } = decode(503, 'x'.repeat(500), {});
		expect(said).toMatch(/^x{200}…$/);
		expect(message).toBe(`The platform is overloaded (${said})`);
	});

	it('an empty body, an empty object, a list, null', () => {
		for (const body of [undefined, '', {}, [], null])
			expect(decode(404, body)).toMatchObject({
				message: expect.stringContaining('There is no such address'),
				said: null,
			});
		expect(decode(418, undefined).message).toBe('The platform answered with status 418');
	});

	it('JSON that was cut short', () => {
		const decoded = decode(500, '{"errors": [{"code": 2, "mess');
		expect(decoded).toMatchObject({ message: expect.stringContaining('cut short'), said: null });
	});

	it('a redirect, without what stands after the question mark', () => {
		const { code, message } = decode(302, undefined, { location: 'https://other.example/login?next=x' });
		expect(code).toBe('http-302');
		expect(message).toContain('(to https://other.example/login)');
	});

	it.each([300, 304, 305])('%d, which sends nobody elsewhere', (status) => {
		expect(decode(status, undefined).message).toBe(`The platform answered with status ${status}`);
	});

	it.each([
		[{ errors: { deep: { code: 'NaN', details: { errors: [null, 3, 'x', {}] } } } }],
		[{ errors: [{ details: [[[]]] }] }],
		[{ code: {}, details: { reason: {} } }],
	])('nonsense without harm: %j', (body) => {
		expect(decode(400, body)).toMatchObject({ code: 'http-400', details: [] });
	});
});
