/** What unit and end-to-end tests have in common. */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/\\.cache/'],
	transform: {
		'^.+\\.[tj]s$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
		],
	},
	// csv-parse publishes its incremental core as an ES module only.
	transformIgnorePatterns: ['/node_modules/(?!csv-parse/lib/)'],
};
