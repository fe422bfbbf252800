/**
 * The only module that imports zod. The build bundles it: n8n verifies only packages that need no others at run time.
 */
export { z } from 'zod';
