/**
 * The only module that imports zod. The build bundles it: n8n verifies only packages that need no others at run time.
 */

import { z } from 'zod';

export { z };

/** What is wrong with a value, in words that can follow its name. */
export class Wrong {
	constructor(readonly message: string) {}
}

/**
 * A schema of one value, from a function. For whatever is parsed by the thousand instead of zod's `transform`, `refine`
 * and `catch`: each of their calls makes an object with an accessor. V8 takes accessors for methods of long-lived
 * objects and puts their closures into the old generation of the heap at once, where they keep alive what they refer to
 * until a full collection.
 */
export function valueSchema<T>(read: (value: unknown) => T | Wrong): z.ZodType<T, z.ZodTypeDef, unknown> {
	return new ValueSchema(read);
}

class ValueSchema<T> extends z.ZodType<T, z.ZodTypeDef, unknown> {
	constructor(private readonly read: (value: unknown) => T | Wrong) {
		super({});
	}

	_parse(input: z.ParseInput): z.ParseReturnType<T> {
		const read = this.read(input.data);
		if (!(read instanceof Wrong)) return z.OK(read);
		z.addIssueToContext(this._getOrReturnCtx(input), { code: z.ZodIssueCode.custom, message: read.message });
		return z.INVALID;
	}
}
