/** One run to try: a reference with faults at chosen requests, and the text by which it is replayed. */

import { violationsOf, type Violation } from '../chaos/invariants';
import { simulate, type Simulation, type Sabotage } from '../chaos/simulation';
import { kindsFor, withTrouble, type FaultKind } from './kinds';
import { REFERENCES, type Reference } from './references';

export interface Befallen {
	readonly kind: FaultKind;
	/** Which request, from 1, among those that the kind counts. */
	readonly index: number;
}

export interface Tried {
	readonly simulation: Simulation;
	readonly violations: readonly Violation[];
	/** Requests that could be befallen, by what is counted: the number of each among all that reached the platform. */
	readonly requests: Readonly<Record<FaultKind['counts'], readonly number[]>>;
}

export async function tryOut(
	{ scenario }: Reference,
	faults: readonly Befallen[],
	sabotage?: Sabotage,
): Promise<Tried> {
	const simulation = await simulate(
		withTrouble(
			scenario,
			faults.map(({ kind, index }) => kind.at(index)),
		),
		sabotage,
	);
	const troubled = simulation.runs.filter(({ phase }) => phase === 'troubled');
	const calmAt = simulation.runs.find(({ phase }) => phase === 'quiet')?.from ?? Infinity;
	// What a killed run leaves to its successor is counted with the requests of all, not with its own.
	const own = troubled.find(({ operation }) => operation === ENDS_WITH[scenario.path]);
	return {
		simulation,
		violations: violationsOf(simulation),
		requests: {
			all: simulation.server
				.requests()
				.filter(({ at }) => at < calmAt)
				.map(({ seq }) => seq),
			run: own?.exchanges.map(({ seq }) => seq ?? Infinity) ?? [],
		},
	};
}

const ENDS_WITH = { sync: 'sync', planAndApply: 'applyPlan', syncAndRollBack: 'rollBack' } as const;

/** `sync-chunks resetAfter@3 kill@5` */
function caseText({ name }: Reference, faults: readonly Befallen[]): string {
	return [name, ...faults.map(({ kind, index }) => `${kind.name}@${index}`)].join(' ');
}

export function replayCommand(reference: Reference, faults: readonly Befallen[]): string {
	return `npm run faults -- --case "${caseText(reference, faults)}"`;
}

/** Throws a plain Error that says what is not known. */
export function parseCase(text: string): { reference: Reference; faults: Befallen[] } {
	const [name, ...words] = text.trim().split(/\s+/);
	const reference = REFERENCES.find((known) => known.name === name);
	if (!reference)
		throw new Error(`There is no reference run "${name}". Known: ${REFERENCES.map((known) => known.name).join(', ')}`);
	const kinds = kindsFor(reference.edits);
	const faults = words.map((word) => {
		const at = word.lastIndexOf('@');
		const kind = kinds.find((known) => known.name === word.slice(0, at));
		const index = Number(word.slice(at + 1));
		if (!kind || !Number.isSafeInteger(index) || index < 1)
			throw new Error(
				`"${word}" is no fault. Known, each with @ and the request's number: ` +
					`${kinds.map((known) => known.name).join(', ')}`,
			);
		return { kind, index };
	});
	return { reference, faults };
}
