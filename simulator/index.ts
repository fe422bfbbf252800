/** The simulator's interface: start it over HTTP, or drive its core in virtual time. */

export { documentationWorld } from './documentation-world';
export { EXAMPLE_HR_FILES, exampleWorld } from './example-world';
export type { SimulatorReply } from './exchange';
export type { ChanceFaults, Fault, FaultPlan, FaultRule } from './faults';
export { createInProcessFace, type VirtualClock } from './in-process';
export type { LoggedRequest, Statistics } from './log';
export type { RetryAfterForm } from './retry-after';
export { createWorld } from './seeded-world';
export { ApioServer, type ApioServerOptions } from './server';
export { type QuotaSettings, type SimulatorSettings } from './settings';
export { startSimulator, type Simulator, type StartOptions } from './start';
export type { ListState, WorldState } from './state';
export type { AppliedChange } from './store';
export { startExampleServers, type Mail, type ExampleServers } from './example-servers';
export type { ListEdit } from './third-party';
export * from './world-spec';
