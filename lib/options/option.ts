/** What a row of a table of options says, and the type of the value that the user sets. */

export type OperationName = 'plan' | 'applyPlan' | 'sync' | 'rollBack' | 'export' | 'removeEverywhere';

/** The parameters of the node that decide whether an option is shown: one of the values of each. */
export interface ShownFor {
	readonly operation?: readonly OperationName[];
	readonly kind?: ReadonlyArray<'supervisedAgents' | 'agentCallCenters'>;
	readonly source?: ReadonlyArray<'csv' | 'items' | 'json'>;
	readonly matchPeopleBy?: ReadonlyArray<'emailAddress' | 'extension' | 'fullName' | 'phoneNumber' | 'userId'>;
}

interface Described {
	/** As the user sees it, in the node and in messages. */
	readonly label: string;
	readonly description: string;
}

interface NumberOption {
	readonly type: 'number';
	readonly default: number;
	readonly minimum: number;
	readonly maximum?: number;
	/** Digits after the point, 0 for a whole number; any number of them where absent. */
	readonly decimals?: number;
	readonly unit: string;
}

interface BooleanOption {
	readonly type: 'boolean';
	readonly default: boolean;
}

interface TextOption {
	readonly type: 'text';
	readonly default: string;
	readonly example: string;
}

export interface ChoiceOption {
	readonly type: 'choice';
	readonly default: string;
	readonly choices: ReadonlyArray<{ readonly value: string; readonly label: string; readonly description?: string }>;
	/** An expression may give any other text. */
	readonly others?: true;
}

/** Any number of rows, each with the same fields. */
export interface RowsOption {
	readonly type: 'rows';
	readonly default: object;
	/** Of the button that adds a row. */
	readonly addLabel: string;
	readonly rowName: string;
	readonly rowLabel: string;
	readonly fields: Readonly<Record<string, RowField>>;
}

export type RowField = Pick<Described, 'label'> & Partial<Described> & (TextOption | ChoiceOption);

export type Option = Described & {
	/** Where the default and the bounds come from. */
	readonly reason: string;
	/** Always shown where absent. */
	readonly shownFor?: ShownFor;
} & (NumberOption | BooleanOption | TextOption | ChoiceOption | RowsOption);

/** Options of one topic by the name of their parameter. */
export type OptionTable = Readonly<Record<string, Option>>;

type ValueOf<One> = One extends { type: 'number' }
	? number
	: One extends { type: 'boolean' }
		? boolean
		: One extends { type: 'text' } | { others: true }
			? string
			: One extends { type: 'choice'; choices: ReadonlyArray<{ value: infer Value }> }
				? Value
				: One extends { type: 'rows'; rowName: infer Name extends string; fields: infer Fields }
					? { readonly [Row in Name]?: ReadonlyArray<Partial<ValuesOf<Fields>>> }
					: never;

/** What is set, by the name of the parameter. */
export type ValuesOf<Table> = { readonly [Name in keyof Table]: ValueOf<Table[Name]> };

export function namesOf<Table extends OptionTable>(table: Table): Array<keyof Table & string> {
	return Object.keys(table);
}

export function defaultsOf<Table extends OptionTable>(table: Table): ValuesOf<Table> {
	return Object.fromEntries(namesOf(table).map((name) => [name, table[name].default])) as ValuesOf<Table>;
}
