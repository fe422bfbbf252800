/* eslint-disable @n8n/community-nodes/no-restricted-globals -- reads what the global set-up prepared */

export const TARBALL_VARIABLE = 'E2E_PACKAGE_TARBALL';

/** The packed package under test. */
export function packageTarball(): string {
	const tarball = process.env[TARBALL_VARIABLE];
	if (!tarball) throw new Error('Run end-to-end tests with "npm run test:e2e": their global set-up packs the package.');
	return tarball;
}
