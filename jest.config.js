/**
 * Unit tests, and nodes on n8n's own engine. End-to-end tests need a real n8n and have jest.e2e.config.js.
 * @type {import('jest').Config}
 */
module.exports = {
	...require('./jest.base'),
	testMatch: ['**/*.test.ts'],
	// Nothing in a test waits for long; a slow machine may.
	testTimeout: 60_000,
	// By itself jest leaves one core to others, and runs on one where there are two.
	maxWorkers: '100%',
};
