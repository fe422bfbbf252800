/** Imported for its effect: the nodes of a test file neither start slowly nor wait long before they try again. */

import { RATE_LIMIT_DEFAULTS } from '../../lib/rate-limit';

Object.assign(RATE_LIMIT_DEFAULTS, { startRate: 1000, backoffBaseMs: 10, backoffCapMs: 10 });
