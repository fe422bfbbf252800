/**
 * Reads n8n's stored execution data, written by the `flatted` library: a JSON array of slots whose objects refer to
 * other slots by their number as a string. Slot 0 is the root.
 */
export function parseFlatted(text: string): unknown {
	const slots = JSON.parse(text) as unknown[];
	const revived = new Map<number, unknown>();

	function revive(index: number): unknown {
		if (revived.has(index)) return revived.get(index);
		const slot = slots[index];
		revived.set(index, slot);
		if (slot !== null && typeof slot === 'object') {
			const holder = slot as Record<string, unknown>;
			for (const [key, value] of Object.entries(holder)) {
				if (typeof value === 'string') holder[key] = revive(Number(value));
			}
		}
		return slot;
	}

	return revive(0);
}
