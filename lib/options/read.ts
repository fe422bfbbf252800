/** Reads the options as the user set them, by their tables. */

import { formatNumber } from '../number-format';
import { DEFAULT_OPTIONS, OPTIONS, type Options } from './tables';
import { namesOf, type Option } from './option';

/** An option that has a value which it cannot have. */
export interface WrongOption {
	readonly label: string;
	/** What its value must be: `a whole number from 1 to 10`. */
	readonly rule: string;
	readonly value: unknown;
}

export type ReadOptions =
	| { readonly ok: true; readonly options: Options }
	| { readonly ok: false; readonly wrong: WrongOption };

/**
 * An expression may give anything, whatever the field allows, and a limit that is no number limits nothing.
 * @param given by name; what is not in it has its default
 */
export function readOptions(given: Readonly<Record<string, unknown>>): ReadOptions {
	const set = namesOf(OPTIONS).filter((name) => name in given);
	const wrong = set.find((name) => !isAllowed(OPTIONS[name], given[name]));
	if (wrong !== undefined) {
		const { label } = OPTIONS[wrong];
		return { ok: false, wrong: { label, rule: ruleOf(OPTIONS[wrong]), value: given[wrong] } };
	}
	const values = Object.fromEntries(set.map((name) => [name, given[name]])) as Partial<Options>;
	return { ok: true, options: { ...DEFAULT_OPTIONS, ...values } };
}

/** What a value of the option must be. */
export function ruleOf(option: Option): string {
	switch (option.type) {
		case 'number': {
			const noun = option.decimals === 0 ? 'a whole number' : 'a number';
			return option.maximum === undefined
				? `${noun} of at least ${option.minimum}`
				: `${noun} from ${formatNumber(option.minimum)} to ${formatNumber(option.maximum)}`;
		}
		case 'boolean':
			return 'true or false';
		case 'text':
			return 'text';
		case 'choice':
			return option.others ? 'text' : option.choices.map(({ value }) => `'${value}'`).join(' or ');
		case 'rows':
			return 'a list of fields';
	}
}

function isAllowed(option: Option, value: unknown): boolean {
	switch (option.type) {
		case 'number':
			return isNumber(value) && !(option.decimals === 0 && !Number.isInteger(value)) && isWithin(value, option);
		case 'boolean':
			return typeof value === 'boolean';
		case 'text':
			return typeof value === 'string';
		case 'choice':
			return typeof value === 'string' && (option.others || option.choices.some((choice) => choice.value === value));
		case 'rows':
			return isObject(value) && isRows(value[option.rowName] ?? []);
	}
}

function isNumber(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value);
}

function isWithin(value: number, { minimum, maximum = Infinity }: { minimum: number; maximum?: number }): boolean {
	return value >= minimum && value <= maximum;
}

function isRows(value: unknown): boolean {
	return Array.isArray(value) && value.every(isObject);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
