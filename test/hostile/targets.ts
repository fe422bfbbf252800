/** Every way on which text from outside gets into the package, each as a function of that text. */

import type { INode } from 'n8n-workflow';

import { parsedBody } from '../../nodes/shared/answer-body';
import { baseUrlProblem, coreRoot, normalBaseUrl, staysWith } from '../../lib/base-url';
import { decodeError } from '../../lib/apio/errors';
import { Redactor } from '../../lib/apio/redaction';
import { failed } from '../../lib/apio/result';
import { parseSession, withCookies } from '../../lib/apio/sign-in/session';
import { readCsvBuffer, readItems, type CsvOptions } from '../../lib/csv';
import { escapeFormulas, unescapeFormulas } from '../../lib/csv/formula-escape';
import { uniqueNames } from '../../lib/csv/header';
import { readId } from '../../lib/csv/ids';
import { retryAfterMs } from '../../lib/rate-limit';
import { firstMessages, groupByKind, locationsText } from '../../lib/report/group-by-kind';
import { escapeHtml } from '../../lib/report/html/markup';
import { csvCell } from '../../lib/report/csv-cell';
import { parseDocument } from '../../lib/sync/documents/parse';
import { samePlatform } from '../../lib/sync/documents/plan-hash';
import { planSchema } from '../../lib/sync/documents/plan';
import { customDataKey, shortened } from '../../nodes/ApioCallCenterSync/run/status-line';
import { parsedJson } from '../../nodes/ApioCallCenterSync/run/documents';
import { errorItem, toNodeError } from '../../nodes/shared/errors';

const NODE: INode = { id: '1', name: 'Node', type: 'apio', typeVersion: 1, position: [0, 0], parameters: {} };
const CSV: CsvOptions = { kind: 'supervisedAgents', tenantId: 'acme', groupId: 'brussels', defaultDomain: 'acme.be' };
const HEADER = 'supervisor;call center;agent\n';
const redactor = new Redactor(['a-secret+password/"é"', 'test-token-test-token', 'aaaaaaaaaaaaaaab']);
const answered = (body: unknown, type: string, location = '') =>
	decodeError({ status: location ? 302 : 502, headers: { 'content-type': type, location }, body });

export const TARGETS: Readonly<Record<string, (text: string) => unknown>> = {
	'refusal as a web page': (text) => answered(text, 'text/html'),
	'refusal as a web page, from its first tag': (text) => answered(`<html>${text}`, 'text/html'),
	'refusal as text': (text) => answered(`x${text}`, 'text/plain'),
	'refusal as JSON that is none': (text) => answered(text, 'application/json'),
	'refusal as JSON': (text) =>
		answered(
			{ message: text, error: text, details: { errors: [{ error_code: text, summary: text, detail: text }] } },
			'application/json',
		),
	redirect: (text) => answered('', 'text/html', `https://x/${text}`),
	'body of an answer': parsedBody,
	'secrets in an answer': (text) => redactor.mask(text),
	'secrets in an answer that has one': (text) => redactor.mask(`${text}a-secret+password/"é"`),
	'Base URL': (text) => [
		baseUrlProblem(text),
		normalBaseUrl(`https://x/${text}`),
		coreRoot(`https://x/${text}`),
		staysWith('https://x/', `https://x/${text}`),
		samePlatform(`https://x/${text}`),
	],
	cookies: (text) => withCookies({}, [text, `a=${text}; expires=${text}; max-age=${text}`], 0),
	'stored session': parseSession,
	'Retry-After': (text) => [retryAfterMs(text, 0, text), retryAfterMs(`Mon, ${text}`, 0, `${text} GMT`)],
	'CSV file': (text) => readCsvBuffer(Buffer.from(text), CSV),
	'CSV file under a header': (text) => readCsvBuffer(Buffer.from(HEADER + text), CSV),
	'CSV file with a quoted cell': (text) =>
		readCsvBuffer(Buffer.from(`${HEADER}s;c;"${text.replaceAll('"', '""')}"\n`), CSV),
	'input item': (text) => readItems([{ json: { supervisor: text, 'call center': text, agent: text } }], CSV),
	'input item with such a column': (text) =>
		readItems([{ json: { [text]: '', supervisor: 's', 'call center': 'c', agent: 'a' } }], CSV),
	'columns of the same names': (text) => uniqueNames(text.match(/[^]{1,100}/g) ?? []),
	id: (text) => readId(text, { type: 'user', maxLength: 161, domain: 'acme.be' }),
	plan: (text) => [parseDocument(text, planSchema, { format: 'x', version: 1, noun: 'plan' }), parsedJson(text)],
	'cell of a report': (text) => [
		csvCell(text, ';'),
		escapeFormulas(text, ';'),
		unescapeFormulas(escapeFormulas(text, ';'), ';'),
		escapeHtml(text),
	],
	'grouped messages': (text) =>
		firstMessages(groupByKind([{ kind: 'x', message: text, where: text, what: text }])[0], 3).first.map((message) =>
			locationsText(message, 3),
		),
	'error of a node': (text) =>
		errorItem(
			toNodeError(NODE, failed({ kind: 'refused', status: 404, code: 'x', message: text }).failure, {
				itemIndex: 0,
				parameters: [{ argument: 'userId', displayName: 'Agent', values: ['a@x'] }],
			}),
			0,
		),
	'line of a log': (text) => [customDataKey(text), shortened(text)],
};
