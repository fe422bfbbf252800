/** Findings about rows, bounded in memory. docs/csv.md explains each code. */

import { FINDINGS_PER_CODE } from './limits';
import { severityOf, type Facts, type RowIssue, type Finding } from '../sync';

type Code = RowIssue['code'];

/** Keeps the first findings of each code and counts the others. */
export class FindingLog {
	readonly #kept: Finding[] = [];
	readonly #counts = new Map<Code, number>();
	readonly #lastLines = new Map<Code, number | null>();

	add(line: number | null, column: string | null, issue: RowIssue): void {
		const { code } = issue;
		const count = (this.#counts.get(code) ?? 0) + 1;
		this.#counts.set(code, count);
		this.#lastLines.set(code, line);
		if (count <= FINDINGS_PER_CODE) this.#kept.push({ level: severityOf(code), line, column, ...issue });
	}

	/** Sorted by line, those about the whole file first, with one finding per code for those that were only counted. */
	all(unit: Facts<'moreFindings'>['unit']): Finding[] {
		const findings = [...this.#kept];
		for (const [code, count] of this.#counts) {
			if (count <= FINDINGS_PER_CODE) continue;
			const more = count - FINDINGS_PER_CODE;
			const facts = { of: code, more, unit, last: this.#lastLines.get(code) ?? null };
			findings.push({ level: severityOf(code), line: null, column: null, code: 'moreFindings', facts });
		}
		return findings.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
	}
}
