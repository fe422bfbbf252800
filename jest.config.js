/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	// End-to-end tests need a real n8n and have a configuration of their own (jest.e2e.config.js).
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/n8n/', '<rootDir>/test/e2e/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/test/n8n/', '<rootDir>/\\.cache/'],
	transform: { '^.+\\.[tj]s$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }] },
	// csv-parse publishes its incremental core as an ES module only.
	transformIgnorePatterns: ['/node_modules/(?!csv-parse/lib/)'],
	moduleNameMapper: { '^csv-parse-core$': '<rootDir>/node_modules/csv-parse/lib/api/index.js' },
};
