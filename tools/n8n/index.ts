/**
 * Drives a real n8n: for end-to-end tests, benchmarks and the demo.
 *
 *     const n8n = await startN8n({ runtime: ensureRuntime(), userFolder, packageTarball: packPackage() });
 *     const credential = await n8n.rest.createCredential({ name: 'APIO', type: 'apioApi', data: { ... } });
 *     const { id } = await n8n.rest.createWorkflow(workflow);
 *     const execution = await n8n.rest.run(id, 'Start');
 *     await n8n.stop();
 */

export * from './documents';
export { Editor, startBrowser } from './editor';
export { parseFlatted } from './flatted';
export { startMailbox } from './mailbox';
export { N8nHome } from './n8n-home';
export { startN8n, type N8nServer } from './n8n-server';
export { startQueueMode, type QueueMode } from './queue-mode';
export { OWNER, type EndedExecution, type Execution } from './rest-client';
export { ensureRuntime, packPackage, REPOSITORY, type RuntimeName } from './runtime';
export { startSimulatorProcess, type SimulatorProcess } from './simulator-process';
