/** The record of mutation testing as a table, the strict files first. */

import { mutatedFiles, STRICT } from '../../test/mutation/files';
import { readScores } from '../../test/mutation/scores';
import { markdownTable } from './markdown-table';

export function mutationRows(): string {
	const scores = readScores();
	const rows = mutatedFiles()
		.filter((file) => scores[file] !== undefined && scores[file].of + scores[file].listed > 0)
		.map((file) => {
			const { killed, of, listed, tests, date } = scores[file];
			const by = tests === 'all' ? 'all' : String(tests.length);
			return [STRICT.includes(file) ? `**${file}**` : file, `${killed} of ${of}`, String(listed), by, date];
		});
	return markdownTable(['File', 'Killed', 'Listed', 'Tests', 'Measured'], rows);
}
