/**
 * A test runner for StrykerJS: jest's own tests on jest's own engine (jest-circus), all in one process that stays.
 * Stryker's jest runner starts jest anew for every mutant, which takes 10 s here for 10 ms of tests.
 *
 * Runs in the copy of the project that Stryker made, with tsx as the loader. `TESTS` names the test files.
 */

import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
	determineHitLimitReached,
	DryRunStatus,
	TestStatus,
	toMutantRunResult,
} from '@stryker-mutator/api/test-runner';

/** What Stryker's instrumented code looks at. */
const stryker = (globalThis.__stryker__ ??= {});

class JestCircusRunner {
	/** By name, cheapest first once their time is known: the first failing test ends a mutant's run. */
	#tests = [];
	#milliseconds = new Map();

	capabilities() {
		return { reloadEnvironment: false };
	}

	async init() {
		const load = createRequire(join(process.cwd(), 'package.json'));
		const circus = load('jest-circus');
		const globals = { ...circus, expect: load('@jest/expect').jestExpect };
		const original = Module._load;
		Module._load = (request, ...rest) => (request === '@jest/globals' ? globals : original(request, ...rest));
		this.load = () => {
			for (const file of process.env.TESTS.split(' ')) load(join(process.cwd(), file));
			this.#tests = testsIn(circus.getState().rootDescribeBlock, []);
		};
	}

	async dryRun() {
		stryker.mutantCoverage = { static: {}, perTest: {} };
		this.load();
		const tests = [];
		for (const test of this.#tests) {
			stryker.currentTestId = test.name;
			const result = await this.#run(test);
			this.#milliseconds.set(test.name, result.timeSpentMs);
			tests.push(result);
		}
		stryker.currentTestId = undefined;
		this.#tests.sort((a, b) => this.#milliseconds.get(a.name) - this.#milliseconds.get(b.name));
		return { status: DryRunStatus.Complete, tests, mutantCoverage: stryker.mutantCoverage };
	}

	async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit }) {
		stryker.hitLimit = hitLimit;
		stryker.hitCount = hitLimit === undefined ? undefined : 0;
		if (mutantActivation === 'static') stryker.activeMutant = activeMutant.id;
		if (this.#tests.length === 0) {
			try {
				this.load();
			} catch (error) {
				return toMutantRunResult({ status: DryRunStatus.Complete, tests: [failed('loading the tests', 0, error)] });
			}
		}
		stryker.activeMutant = activeMutant.id;
		const wanted = testFilter === undefined ? null : new Set(testFilter);
		const tests = [];
		for (const test of this.#tests) {
			if (wanted !== null && !wanted.has(test.name)) continue;
			const result = await this.#run(test);
			tests.push(result);
			if (result.status === TestStatus.Failed) break;
		}
		stryker.activeMutant = undefined;
		const limit = determineHitLimitReached(stryker.hitCount, hitLimit);
		return toMutantRunResult(limit ?? { status: DryRunStatus.Complete, tests });
	}

	async #run({ name, steps }) {
		const from = performance.now();
		try {
			for (const step of steps) await step();
			return { id: name, name, status: TestStatus.Success, timeSpentMs: performance.now() - from };
		} catch (error) {
			return failed(name, performance.now() - from, error);
		}
	}
}

/** Hooks that jest runs once for all tests of a block run for each of them: what they set up is then new as well. */
function testsIn(block, around) {
	const blocks = [...around, block];
	return block.children.flatMap((child) => {
		if (child.type === 'describeBlock') return testsIn(child, blocks);
		if (child.mode === 'skip' || child.mode === 'todo') return [];
		const hooks = (...types) =>
			blocks.flatMap((each) => each.hooks.filter(({ type }) => types.includes(type)).map(({ fn }) => fn));
		const steps = [
			...hooks('beforeAll'),
			...hooks('beforeEach'),
			child.fn,
			...hooks('afterEach'),
			...hooks('afterAll'),
		];
		return [
			{
				name: [...blocks.slice(1).map((each) => each.name), child.name].join(' '),
				steps: steps.map((fn) => () => called(fn)),
			},
		];
	});
}

/** A step may return a promise or take a callback. */
function called(fn) {
	if (fn.length === 0) return fn.call({});
	return new Promise((resolve, reject) => fn.call({}, (error) => (error ? reject(error) : resolve())));
}

function failed(name, timeSpentMs, error) {
	return { id: name, name, status: TestStatus.Failed, timeSpentMs, failureMessage: String(error?.message ?? error) };
}

// A mutant may leave promises behind that fail when nobody waits for them any more.

process.on('unhandledRejection', () => {});

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'jest-circus', JestCircusRunner)];
