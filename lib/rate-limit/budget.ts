/**
 * How many retries a run may spend: a share of what it has sent, and never less than a floor. An ambiguous write spends
 * one too, because the engine answers it with a read and perhaps with the write again.
 */
export class RetryBudget {
	#sent = 0;
	#spent = 0;

	constructor(private readonly limits: { readonly retryBudgetRatio: number; readonly retryBudgetFloor: number }) {}

	sent(): void {
		this.#sent++;
	}

	get left(): number {
		const allowed = Math.max(this.limits.retryBudgetFloor, Math.floor(this.#sent * this.limits.retryBudgetRatio));
		return Math.max(0, allowed - this.#spent);
	}

	/** Spends what happened anyway, affordable or not. */
	spend(): void {
		this.#spent++;
	}

	/** Spends one retry if there is one to spend. */
	trySpend(): boolean {
		if (this.left < 1) return false;
		this.#spent++;
		return true;
	}
}
