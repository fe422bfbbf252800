/**
 * Unit tests, and nodes on n8n's own engine. End-to-end tests need a real n8n and have jest.e2e.config.js.
 * @type {import('jest').Config}
 */
module.exports = {
	...require('./jest.base'),
	testMatch: ['**/*.test.ts'],
	// Jest runs tests in a context of its own, in which looking up a global is slow; these are looked up all the time.
	sandboxInjectedGlobals: [
		...['Array', 'Date', 'Error', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise', 'RegExp', 'Set', 'String'],
		...['Symbol', 'Uint8Array'],
	],
	// Nothing in a test waits for long; a slow machine may.
	testTimeout: 60_000,
	// By itself jest leaves one core to others, and runs on one where there are two.
	maxWorkers: '100%',
	// A worker keeps memory of every file that it ran: at 2 GB, its tests take three to ten times as long.
	workerIdleMemoryLimit: '400MB',
};
