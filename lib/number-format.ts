/** How figures and enumerations are written for people, whatever the server's locale. */

const FORMAT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 });

/** `1,234`. */
export function formatNumber(value: number): string {
	return FORMAT.format(value);
}

/** `40 %`, `66.7 %`: as exact as tells something, and no more. */
export function percent(part: number, whole: number): string {
	const value = whole === 0 ? 0 : (part * 100) / whole;
	return `${Math.round(value * 10) / 10} %`;
}

/** `1 agent`, `1,200 agents`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
	return `${formatNumber(value)} ${value === 1 ? singular : plural}`;
}

/** `a`, `a and b`, `a, b and 7 more`. */
export function listed(names: readonly string[], most = Infinity, comma = ', '): string {
	const shown = names.slice(0, most);
	const more = names.length - shown.length;
	if (more > 0) return `${shown.join(comma)} and ${formatNumber(more)} more`;
	if (shown.length < 2 || comma !== ', ') return shown.join(comma);
	return `${shown.slice(0, -1).join(comma)} and ${shown[shown.length - 1]}`;
}
