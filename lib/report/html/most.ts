/** Thousands of lists stay readable, and the file small enough to mail: what is cut is said, and where it stands. */
export const MOST = {
	lists: 500,
	/** In sight below each list; the others are folded away. */
	membersInSight: 5,
	membersPerList: 25,
	groups: 50,
	/** Of what went wrong the same way, told word for word. */
	sentences: 3,
	/** Lists under one guard that are in sight; the others are folded away. */
	breachesInSight: 5,
	places: 8,
	rows: 200,
	/** More bars than this tell less, not more. */
	bars: 15,
} as const;
