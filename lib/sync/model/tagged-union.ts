/** Discriminated unions made from tables; zod's own function needs them written out. */

import { z } from '../../vendor/zod';

/** @param options at least one, each with the tag as a literal */
export function taggedUnion<Tag extends string>(
	tag: Tag,
	options: ReadonlyArray<z.ZodObject<z.ZodRawShape>>,
): z.ZodTypeAny {
	type Options = [z.ZodDiscriminatedUnionOption<Tag>, ...Array<z.ZodDiscriminatedUnionOption<Tag>>];
	return z.discriminatedUnion(tag, options as unknown as Options);
}

/** Facts with the field `problem`, which says which of several cases of one code it is. */
type Variants<Shapes extends Record<string, z.ZodRawShape>> = {
	[Problem in keyof Shapes & string]: { problem: Problem } & z.infer<z.ZodObject<Shapes[Problem]>>;
}[keyof Shapes & string];

export function variants<const Shapes extends Record<string, z.ZodRawShape>>(
	shapes: Shapes,
): z.ZodType<Variants<Shapes>> {
	const options = Object.entries(shapes).map(([problem, shape]) => z.object({ ...shape, problem: z.literal(problem) }));
	return taggedUnion('problem', options) as unknown as z.ZodType<Variants<Shapes>>;
}
