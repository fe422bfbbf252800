/** The Base URL of the credential: where the API's paths begin, prefix included. */

/** Says what is wrong, for people; null where nothing is. */
export function complaintAboutBaseUrl(given: string): string | null {
	const parts = partsOf(given);
	if (!parts) return 'is not an address such as https://apio.example.com/api/v1';
	// It is named in plans, journals and reports, so it must not carry a secret.
	if (parts.username || parts.password) return 'holds a user or password; these have fields of their own';
	if (parts.search || parts.hash) return 'has a part after "?" or "#", which does not belong to an API address';
	return null;
}

/** Without spaces around it and without the slash at the end; expects one that nothing is wrong with. */
export function normalBaseUrl(given: string): string {
	const parts = partsOf(given);
	return parts ? `${parts.origin}${parts.pathname.replace(/\/+$/, '')}` : given.trim().replace(/\/+$/, '');
}

/** Where APIO Core signs in: beside the prefix of the platform's gateway, e.g. `…/api/v01` of `…/api/v01/p1`. */
export function coreRoot(baseUrl: string): string {
	return baseUrl.replace(/\/p[^/]*$/, '');
}

function partsOf(given: string): URL | null {
	const parts = URL.canParse(given.trim()) ? new URL(given.trim()) : null;
	return parts && /^https?:$/.test(parts.protocol) ? parts : null;
}
