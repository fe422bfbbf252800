/**
 * Finds the route of a path. A tree of segments: a literal goes before a parameter, and dead ends are backed out of.
 */

interface Branch<T> {
	literals: Map<string, Branch<T>>;
	parameter: { name: string; branch: Branch<T> } | null;
	methods: Map<string, T>;
}

export interface Match<T> {
	target: T;
	params: Record<string, string>;
}

export class Router<T> {
	private readonly root: Branch<T> = emptyBranch();

	/** `pattern` is written like `tenants/:tenant/groups`, without slashes at its ends. */
	add(method: string, pattern: string, target: T): void {
		let branch = this.root;
		for (const segment of pattern.split('/')) {
			if (segment.startsWith(':')) {
				branch.parameter ??= { name: segment.slice(1), branch: emptyBranch() };
				branch = branch.parameter.branch;
			} else {
				let next = branch.literals.get(segment);
				if (!next) branch.literals.set(segment, (next = emptyBranch()));
				branch = next;
			}
		}
		branch.methods.set(method, target);
	}

	/** Undefined where no route has this path with this method. */
	find(method: string, segments: readonly string[]): Match<T> | undefined {
		const params: Record<string, string> = {};
		const target = search(this.root, method, segments, 0, params);
		return target === undefined ? undefined : { target, params };
	}
}

function search<T>(
	branch: Branch<T>,
	method: string,
	segments: readonly string[],
	at: number,
	params: Record<string, string>,
): T | undefined {
	if (at === segments.length) return branch.methods.get(method);
	const segment = segments[at];
	const literal = branch.literals.get(segment);
	if (literal) {
		const found = search(literal, method, segments, at + 1, params);
		if (found !== undefined) return found;
	}
	if (!branch.parameter || segment === '') return undefined;
	const found = search(branch.parameter.branch, method, segments, at + 1, params);
	if (found !== undefined) params[branch.parameter.name] = segment;
	return found;
}

function emptyBranch<T>(): Branch<T> {
	return { literals: new Map(), parameter: null, methods: new Map() };
}
