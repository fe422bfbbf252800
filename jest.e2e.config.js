/**
 * Tests in a real n8n process (`npm run test:e2e`), two files at a time: each starts an n8n of its own, and
 * one at a time leaves a core idle for most of a quarter of an hour.
 * @type {import('jest').Config}
 */
module.exports = {
	...require('./jest.base'),
	testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
	globalSetup: '<rootDir>/test/e2e/support/global-setup.ts',
	maxWorkers: 2,
	// Starting n8n with a new database takes 8 s on a fast machine; a test of a whole sync a little more.
	testTimeout: 10 * 60_000,
};
