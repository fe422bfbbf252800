import type { Operation } from '../properties/operation';
import { applyPlan } from './apply-plan';
import type { Perform } from './context';
import { plan } from './plan';
import { rollBack } from './roll-back';
import { sync } from './sync';

export const performers: Readonly<Record<Operation, Perform>> = { plan, applyPlan, sync, rollBack };
