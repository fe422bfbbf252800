/** One simulation line by line, for whoever has to find out why a seed fails. */

import { strategyMessage } from '../../lib/report';
import type { ListOutcome } from '../../lib/sync/documents/journal';
import { codeOf } from '../support/issue-text';
import type { Transmission } from './traffic';
import type { Simulation, Run } from './simulation';
import type { Exchange } from './wire';

export function transcript({ scenario, server, runs, traffic, clockChanges }: Simulation): string {
	const { seed, settings, path, signIn, chance, script, simulator, cancel, kill, edits, source, rateLimit, neighbour } =
		scenario;
	const head = [
		`Seed ${seed}: ${path}, sign-in ${signIn}`,
		`settings ${JSON.stringify(settings)}`,
		`platform ${JSON.stringify(simulator)}`,
		`faults ${JSON.stringify(chance?.probabilities ?? {})} ${JSON.stringify(script)}`,
		`rateLimit ${JSON.stringify(rateLimit)} neighbour ${JSON.stringify(neighbour)}`,
		`cancel ${JSON.stringify(cancel)} kill ${JSON.stringify(kill)} edits ${JSON.stringify(edits)}`,
		...source.rows.map(
			({ line, list, memberId, action }) =>
				`  line ${line}: ${list.userId} ${list.callCenterId ?? ''} <- ${memberId} ${action ?? ''}`,
		),
		...source.rejected.map((row) => `  line ${row.line} rejected: ${row.userId} ${row.callCenterId ?? ''}`),
	];
	const log = new Map(server.requests().map((request) => [request.seq, request]));
	const start = runs[0]?.from ?? 0;
	const appliedChanges = server.changes().map((change) => ({
		at: change.at,
		text:
			'        ' +
			(change.request === null ? 'SOMEBODY ELSE' : `request ${change.request}`) +
			`${change.cascade ? ' (consequence)' : ''}: ` +
			`${change.kind} ${change.userId} ${change.callCenterId ?? ''} +[${change.added.join()}] ` +
			`-[${change.removed.join()}]`,
	}));
	const tell = (exchange: Exchange) => {
		const logged = log.get(exchange.seq ?? -1);
		const shown = exchange.shown ? ` shows [${[...exchange.shown].join()}]` : '';
		const body = exchange.write ? ` names [${[...exchange.named].join()}]` : '';
		return (
			`    #${exchange.seq} ${exchange.write ?? 'read'} ${exchange.list ?? logged?.path}${body}: ` +
			`${logged?.fault ?? ''} ${answered(exchange)}${shown}`
		);
	};
	const ofRuns = new Set<Transmission>(runs.flatMap(({ exchanges }) => exchanges));
	const beside = [
		...traffic
			.flatMap(({ transmissions }) => transmissions)
			.filter((transmission) => !ofRuns.has(transmission))
			.map((transmission) => ({
				at: transmission.sentAt,
				text: '        ' + `${nameOf(transmission)}: ${answered(transmission)}`,
			})),
		...clockChanges.map(({ at, byMs }) => ({
			at,
			text: `        THE CLOCK is put ${byMs < 0 ? 'back' : 'forward'} by ${Math.abs(byMs)} ms`,
		})),
		...appliedChanges,
	];
	const about = (run: Run) => {
		const events = [
			...run.exchanges.map((exchange) => ({ at: exchange.sentAt, text: tell(exchange) })),
			...beside.filter(({ at }) => at >= run.from && at <= run.to),
		];
		const ordered = events
			.map((event, index) => ({ ...event, index }))
			.sort((a, b) => a.at - b.at || a.index - b.index);
		const lists = run.result?.lists.flatMap((list) => [
			`  ${list.ref.userId} ${list.ref.callCenterId ?? ''}: ${list.outcome} ${codeOf(list) ?? ''} (${wayOf(list)})`,
			...list.members.map((entry) => `      ${entry.change} ${entry.member}: ${entry.outcome} ${codeOf(entry) ?? ''}`),
		]);
		return [
			`${run.phase} ${run.operation}: ${run.result?.status ?? 'killed'} ` +
				`${codeOf(run.result?.reason ?? null) ?? ''}${run.cancelledAt === null ? '' : ', cancelled'}`,
			...ordered.map(({ at, text }) => `${String(at - start).padStart(8)} ${text}`),
			...(lists ?? []),
		];
	};
	return [...head, ...runs.flatMap(about)].join('\n');
}

function wayOf({ reason, fallback, ref }: ListOutcome): string {
	return reason === null ? '' : strategyMessage(reason, ref.kind, fallback);
}

function nameOf({ request }: Transmission): string {
	return request === null ? 'sign-in' : `beside: ${request.method} ${request.path}`;
}

function answered({ reply, sentAt, answeredAt }: Transmission): string {
	if (reply === null) return 'never answered';
	const retryAfter = reply.kind === 'answer' ? reply.headers['retry-after'] : undefined;
	const what = reply.kind === 'answer' ? reply.status : reply.code;
	return `${what}${retryAfter === undefined ? '' : ` (Retry-After: ${retryAfter})`} after ${answeredAt - sentAt} ms`;
}
