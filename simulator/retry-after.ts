/** How a platform says when to come again (RFC 9110, section 10.2.3); some proxies send the date and the seconds. */
export type RetryAfterForm = 'seconds' | 'date' | 'both';

export function retryAfterIn(form: RetryAfterForm, seconds: number, now: number): string {
	if (form === 'seconds') return String(seconds);
	// A date has whole seconds only; rounded up, so that whoever obeys does not come too early.
	const date = new Date(Math.ceil((now + seconds * 1000) / 1000) * 1000).toUTCString();
	return form === 'date' ? date : `${date}, ${seconds}`;
}
