import { expect, test } from '@jest/globals';
import { Lookalikes } from '../../lib/sync/lookalikes';

const ALL = ['anna@x', 'hanna@x', 'bob@x', 'ann@x', 'nana@x', 'a'];

test.each([
	['anna@x', ['anna@x', 'hanna@x', 'ann@x', 'nana@x']],
	['hanna@x', ['anna@x', 'hanna@x']],
	['obb@x', ['bob@x']],
	['bib@x', ['bob@x']],
	['bobby@x', []],
	['', ['a']],
	['b', ['a']],
])('one slip away from %j are %j', (id, alike) => {
	expect([...new Lookalikes(ALL).of(id)].sort()).toEqual([...alike].sort());
});
