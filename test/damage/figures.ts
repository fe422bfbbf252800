/** What became of many seeds, kind by kind. */

import { kindOf, type Verdict } from './check';

const COLUMNS = [
	'applied',
	'partly held',
	'all held',
	'stopped',
	'stopped by a guard',
	'refused',
	'exception',
] as const;

export class Figures {
	seeds = 0;
	lost = 0;
	badControls = 0;
	readonly #kinds = new Map<string, Map<string, number>>();
	readonly #exceptions = new Map<string, number>();

	add(verdict: Verdict): void {
		const { exception, ending, losses, scene } = verdict;
		this.seeds += 1;
		if (losses.length > 0) this.lost += 1;
		if (scene.control !== '') this.badControls += 1;
		const kind = this.#kinds.get(kindOf(verdict)) ?? new Map<string, number>();
		this.#kinds.set(kindOf(verdict), kind);
		const column = exception === null ? ending : 'exception';
		kind.set(column, (kind.get(column) ?? 0) + 1);
		if (losses.length > 0) kind.set('lost', (kind.get('lost') ?? 0) + 1);
		if (exception !== null) this.#exceptions.set(exception.as, (this.#exceptions.get(exception.as) ?? 0) + 1);
	}

	kinds(): string[] {
		return [...this.#kinds.keys()];
	}

	/** Of all seeds, from 0 to 1. */
	share(column: (typeof COLUMNS)[number]): number {
		return [...this.#kinds.values()].reduce((sum, counts) => sum + (counts.get(column) ?? 0), 0) / this.seeds;
	}

	toString(): string {
		const columns = [...COLUMNS, 'lost'];
		const row = (name: string, counts: ReadonlyMap<string, number>) =>
			name.padEnd(32) + columns.map((column) => String(counts.get(column) ?? 0).padStart(column.length + 2)).join('');
		const totals = new Map<string, number>();
		for (const counts of this.#kinds.values())
			for (const [column, count] of counts) totals.set(column, (totals.get(column) ?? 0) + count);
		const exceptions = [...this.#exceptions].map(([as, count]) => `${as} ${count}`).join(', ');
		return [
			`${''.padEnd(32)}${columns.map((column) => `  ${column}`).join('')}`,
			...[...this.#kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, counts]) => row(name, counts)),
			row('all', totals),
			`${this.seeds} seeds; of them with somebody lost: ${this.lost}; with an undamaged file not done ` +
				`exactly: ${this.badControls}`,
			`Damage that nobody can see: ${exceptions || 'none'}`,
		].join('\n');
	}
}
