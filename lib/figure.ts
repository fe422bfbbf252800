/** How figures are written for people, whatever the server's locale. */

/** `1,234`. */
export function figure(value: number): string {
	return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `40 %`, `66.7 %`: as exact as tells something, and no more. */
export function percent(part: number, whole: number): string {
	const value = whole === 0 ? 0 : (part * 100) / whole;
	return `${Math.round(value * 10) / 10} %`;
}

/** `1 agent`, `1,200 agents`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
	return `${figure(value)} ${value === 1 ? singular : plural}`;
}
