/** A DNIS has two parts; in a parameter it is written like an email address: `Name <serviceUserId>`. */

import { availableDnis, invalid, succeeded, type Apio, type Dnis, type Result, type UserRef } from '../../../lib/apio';

export interface DnisKey {
	readonly serviceUserId: string;
	readonly name: string;
}

export function dnisText({ name, serviceUserId }: Pick<Dnis, 'name' | 'serviceUserId'>): string {
	return `${name ?? ''} <${serviceUserId ?? ''}>`;
}

/** The DNIS that the text names. An id or a name alone is searched among the available DNIS of the agent. */
export async function resolveDnis(apio: Apio, agent: UserRef, text: string): Promise<Result<DnisKey>> {
	const written = /^(.*)<([^<>]+)>$/.exec(text);
	if (written && written[1].trim()) return succeeded({ serviceUserId: written[2].trim(), name: written[1].trim() });
	const wanted = (written?.[2] ?? text).trim();
	if (!wanted) return invalidDnis('is empty');
	const available = await availableDnis(apio, agent);
	if (!available.ok) return available;
	const matches = available.value.filter(({ name, serviceUserId }) => serviceUserId === wanted || name === wanted);
	const [only] = matches;
	if (matches.length === 1 && only.serviceUserId && only.name)
		return succeeded({ serviceUserId: only.serviceUserId, name: only.name });
	return invalidDnis(
		matches.length > 1
			? `stands for ${matches.length} numbers: pick one from the list, or write it as Name <ID>`
			: 'is not among the numbers that this agent may show',
	);
}

function invalidDnis(problem: string): Result<never> {
	return invalid('outgoingCallDNIS', problem);
}
