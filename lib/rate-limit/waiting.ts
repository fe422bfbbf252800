/** Resolves when `event` does or when `signal` aborts, whichever is first; leaves nothing behind at the signal. */
export async function untilAborted(event: Promise<void>, signal: AbortSignal): Promise<void> {
	if (signal.aborted) return;
	await new Promise<void>((resolve) => {
		const done = () => {
			signal.removeEventListener('abort', done);
			resolve();
		};
		signal.addEventListener('abort', done);
		void event.then(done);
	});
}
