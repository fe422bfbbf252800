/** The shape of the tables of messages. */

import type { Facts, IssueCode, ListRef } from '../../sync';

/**
 * How a message calls a list: by its name, or `the list` where the message stands beside that name; at the start of a
 * sentence `The list`.
 */
export type Naming = (list: ListRef, position?: 'start') => string;

/** For each code what happened and how to go on. */
export type Messages<Code extends IssueCode> = {
	readonly [Key in Code]: (facts: Facts<Key>, name: Naming) => string;
};
