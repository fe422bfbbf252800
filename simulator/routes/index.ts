import { Router } from '../router';
import { agentProfileRoutes } from './agent-profile';
import { callCenterListRoutes } from './call-center-lists';
import type { Route } from './context';
import { listingRoutes } from './listings';
import { groupCallCenterRoutes } from './group-call-centers';
import { searchRoutes } from './search';
import { supervisedAgentRoutes } from './supervised-agents';

/** Every route of the gateway, below either entry point's prefix. */
const routes: readonly Route[] = [
	...agentProfileRoutes,
	...callCenterListRoutes,
	...supervisedAgentRoutes,
	...listingRoutes,
	...groupCallCenterRoutes,
	...searchRoutes,
];

export const gatewayRouter = new Router<Route>();
for (const route of routes) gatewayRouter.add(route.method, route.pattern, route);
