/** n8n's documents as its import and its REST interface take them. */

export interface CredentialData {
	readonly name: string;
	/** E.g. `apioApi`. */
	readonly type: string;
	readonly data: Readonly<Record<string, unknown>>;
}

export interface WorkflowNode {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly typeVersion: number;
	readonly position: readonly [number, number];
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly credentials?: Readonly<Record<string, { readonly id: string; readonly name: string }>>;
	readonly [other: string]: unknown;
}

export interface WorkflowData {
	readonly name: string;
	readonly nodes: readonly WorkflowNode[];
	readonly connections: Readonly<Record<string, unknown>>;
	readonly settings?: Readonly<Record<string, unknown>>;
}

export interface Item {
	readonly json: Readonly<Record<string, unknown>>;
	readonly binary?: Readonly<
		Record<string, { readonly data: string; readonly id?: string; readonly fileName?: string }>
	>;
	readonly pairedItem?: unknown;
}

/** One run of a node. */
export interface NodeOutput {
	/** Items of each output; null where the output had none. */
	readonly outputs: ReadonlyArray<readonly Item[] | null>;
	/** Message of the error that the node ended with, or null. */
	readonly error: string | null;
}
