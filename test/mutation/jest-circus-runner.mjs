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
	MutantRunStatus,
	TestStatus,
	toMutantRunResult,
} from '@stryker-mutator/api/test-runner';

/** What Stryker's instrumented code looks at. */
const stryker = (globalThis.__stryker__ ??= {});

/** Stryker's own function that counts which mutants a test covers: it takes most of the time, and one run needs it. */
const COUNTING = /function stryCov_\w+\(\)\s*\{/;

/** Values that a property is tried with. */
const MAX_RUNS = 20;

/**
 * Milliseconds of processor time, coverage being counted, beyond which a test kills no mutant: each one that survives
 * would wait for it. Such a test tries many cases of what others try one by one.
 */
const LONGEST_TEST = 1_000;

class JestCircusRunner {
	/** By name, cheapest first once their time is known: the first failing test ends a mutant's run. */
	#tests = [];
	#milliseconds = new Map();
	#tooLong = new Set();

	/** A process of its own for each mutant that acts while a file is loaded would take seconds. */
	capabilities() {
		return { reloadEnvironment: true };
	}

	async init() {
		const load = createRequire(join(process.cwd(), 'package.json'));
		const circus = load('jest-circus');
		const replaced = {
			'@jest/globals': { ...circus, expect: load('@jest/expect').jestExpect },
			'fast-check': fixedSeed(load('fast-check')),
		};
		const original = Module._load;
		Module._load = (request, ...rest) => replaced[request] ?? original(request, ...rest);
		const { _compile: compile } = Module.prototype;
		Module.prototype._compile = function (code, ...rest) {
			return compile.call(
				this,
				stryker.mutantCoverage === undefined ? code.replace(COUNTING, '$&return;') : code,
				...rest,
			);
		};
		this.load = () => {
			for (const file of Object.keys(Module._cache)) if (isOfProject(file)) delete Module._cache[file];
			circus.resetState();
			this.#tests = [];
			for (const file of process.env.TESTS.split(' ')) load(join(process.cwd(), file));
			const time = ({ name }) => this.#milliseconds.get(name) ?? 0;
			this.#tests = testsIn(circus.getState().rootDescribeBlock, [])
				.filter(({ name }) => !this.#tooLong.has(name))
				.sort((a, b) => time(a) - time(b));
		};
	}

	async dryRun() {
		stryker.mutantCoverage = { static: {}, perTest: {} };
		this.load();
		const tests = [];
		for (const test of this.#tests) {
			stryker.currentTestId = test.name;
			const before = process.cpuUsage();
			const result = await this.#run(test);
			const { user, system } = process.cpuUsage(before);
			this.#milliseconds.set(test.name, result.timeSpentMs);
			if ((user + system) / 1_000 > LONGEST_TEST) {
				this.#tooLong.add(test.name);
				delete stryker.mutantCoverage.perTest[test.name];
			} else tests.push(result);
		}
		const { mutantCoverage } = stryker;
		stryker.currentTestId = stryker.mutantCoverage = undefined;
		// To be loaded anew, without counting.
		this.#tests = [];
		return { status: DryRunStatus.Complete, tests, mutantCoverage };
	}

	/** A mutant that survives is tried again with the files loaded anew: what they keep from other runs may hide it. */
	async mutantRun(options) {
		const result = await this.#tried(options);
		if (result.status !== MutantRunStatus.Survived || options.reloadEnvironment) return result;
		return this.#tried({ ...options, reloadEnvironment: true });
	}

	async #tried({ activeMutant, mutantActivation, reloadEnvironment, testFilter, hitLimit }) {
		stryker.hitLimit = hitLimit;
		stryker.hitCount = hitLimit === undefined ? undefined : 0;
		stryker.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined;
		if (reloadEnvironment || this.#tests.length === 0) {
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

/** Properties are tried with few values, the same for every mutant: what a mutant dies of must not be luck. */
function fixedSeed(fastCheck) {
	const assert = (property, parameters) =>
		fastCheck.assert(property, {
			...parameters,
			seed: 1,
			numRuns: Math.min(parameters?.numRuns ?? MAX_RUNS, MAX_RUNS),
			endOnFailure: true,
		});
	return { ...fastCheck, default: { ...fastCheck.default, assert } };
}

/** Whether a file was loaded from the copy of the project, and not from an installed package. */
function isOfProject(file) {
	return file.startsWith(process.cwd()) && !file.includes('node_modules');
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
