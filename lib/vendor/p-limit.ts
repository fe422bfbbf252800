/**
 * The only module that imports p-limit. The build bundles it: n8n verifies only packages that need no others at run
 * time.
 */
export { default as pLimit } from 'p-limit';
