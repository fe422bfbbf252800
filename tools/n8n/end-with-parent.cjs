/**
 * Preloaded into every process that a test or the demo starts: it ends when the process that started it is gone,
 * however that one ended. Nothing is left running after a `kill -9`.
 */
const parent = process.ppid;
setInterval(() => {
	if (process.ppid !== parent) process.exit(1);
}, 500).unref();
