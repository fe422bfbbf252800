/* eslint-disable @n8n/community-nodes/no-restricted-globals --
   hands its findings to the tests through the environment */
/** Before all end-to-end tests: a real n8n is there and the package, as built in dist, is packed. */

import { ensureRuntime, packPackage } from '../../../tools/n8n';
import { TARBALL_VARIABLE } from './prepared';

export default function prepare(): void {
	ensureRuntime('current');
	process.env[TARBALL_VARIABLE] = packPackage();
}
