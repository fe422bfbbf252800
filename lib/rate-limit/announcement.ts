/** Something that happens again and again, and can be waited for. */
export class Announcement {
	#resolve: () => void = () => undefined;
	#next: Promise<void> = this.#renew();

	get next(): Promise<void> {
		return this.#next;
	}

	make(): void {
		const resolve = this.#resolve;
		this.#next = this.#renew();
		resolve();
	}

	async #renew(): Promise<void> {
		return await new Promise((resolve) => {
			this.#resolve = resolve;
		});
	}
}
