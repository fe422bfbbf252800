/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits for n8n with a timer, as its pages do */
/** Fills in n8n's forms over HTTP, with the requests that the script of its pages sends. */

const POLL_MS = 100;
const PATIENCE_MS = 60_000;

export interface FormFile {
	readonly name: string;
	readonly content: string | Buffer;
}

export interface FormPage {
	/** What a person reads, without markup. */
	readonly text: string;
	/** Markup as it came. */
	readonly html: string;
	/** Files that the page has the browser save. */
	readonly downloads: ReadonlyArray<{ readonly fileName: string; readonly content: Buffer }>;
	/** How the execution ended, where it is over: `success`, `error`, or null while it goes on. */
	readonly ended: string | null;
}

export class FormVisitor {
	private url = '';
	private page: FormPage = { text: '', html: '', downloads: [], ended: null };

	async open(url: string): Promise<FormPage> {
		const response = await fetch(url);
		if (!response.ok) throw new Error(`n8n answered ${response.status} to GET ${url}: ${await response.text()}`);
		this.url = url;
		return (this.page = readPage(await response.text(), null));
	}

	/** Fills in fields by their labels and gives the page that comes next. */
	async submit(values: Readonly<Record<string, string | FormFile>>): Promise<FormPage> {
		const body = new FormData();
		for (const [name, label] of fieldsIn(this.page.html)) {
			const value = values[label] ?? '';
			if (typeof value === 'string') body.append(name, value);
			else body.append(name, new Blob([new Uint8Array(Buffer.from(value.content))], { type: 'text/csv' }), value.name);
		}
		const response = await fetch(this.url, { method: 'POST', body });
		const text = await response.text();
		const answer = readJson(text);
		// A form that is not followed by another page has its closing words in it from the beginning.
		if (response.ok && !/id=["']useResponseData["'][^>]*value=["']?true/.test(this.page.html)) {
			const [, words = ''] = /id=["']submitted-content["'][^>]*>([^<]*)/.exec(this.page.html) ?? [];
			return (this.page = { text: plain(words), html: '', downloads: [], ended: null });
		}
		if (typeof answer.formWaitingUrl === 'string') this.url = answer.formWaitingUrl;
		else if (!response.ok) throw new Error(`n8n answered ${response.status} to a form: ${text}`);
		return await this.next();
	}

	/** A page of the script's: where an execution failed it is "Problem submitting response", which `ended` shows. */
	private async next(): Promise<FormPage> {
		const deadline = Date.now() + PATIENCE_MS;
		for (;;) {
			const status = await this.status();
			if (status === 'form-waiting') break;
			if (['success', 'error', 'canceled', 'crashed', 'null'].includes(status)) {
				return (this.page = { text: '', html: '', downloads: [], ended: status });
			}
			if (Date.now() > deadline) throw new Error(`No page within a minute: ${status}`);
			await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		}
		const page = await this.open(this.url);
		if (fieldsIn(page.html).length > 0 || page.html.includes('id="submit-btn"')) return page;
		// The last page ends the execution by a request of its own.
		await (await fetch(this.url, { method: 'POST' })).text();
		let ended = await this.status();
		while (ended === 'form-waiting' || ended === 'running' || ended === 'waiting') {
			await new Promise((resolve) => setTimeout(resolve, POLL_MS));
			ended = await this.status();
		}
		return (this.page = { ...page, ended });
	}

	private async status(): Promise<string> {
		const url = new URL(this.url);
		url.pathname += '/n8n-execution-status';
		return (await (await fetch(url)).text()).trim();
	}
}

/** Names and labels of the fields, in their order. */
function fieldsIn(html: string): Array<[string, string]> {
	return [...html.matchAll(/<label[^>]*for=["'](field-\d+)["'][^>]*>([^<]*)</g)].map(([, name, label]) => [
		name,
		plain(label).replace(/\s*\*$/, ''),
	]);
}

function readPage(html: string, ended: string | null): FormPage {
	// A list of files; n8n 2.0 has one file and no list.
	const saved = /"(%(?:5B|7B)[^"]*)"/.exec(html)?.[1];
	const binaries = saved === undefined ? [] : [JSON.parse(decodeURIComponent(saved)) as SavedBinary].flat();
	const downloads = binaries.map(({ fileName, data }) => ({
		fileName,
		content: typeof data === 'string' ? Buffer.from(data, 'latin1') : Buffer.from(data.data),
	}));
	return { html, text: plain(html), downloads, ended };
}

interface SavedBinary {
	readonly fileName: string;
	readonly data: string | { readonly data: number[] };
}

function plain(html: string): string {
	return html
		.replace(/<(script|style|head|svg)[\s\S]*?<\/\1>/gi, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/&#x([0-9a-f]+);/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&#39;/g, "'")
		.replace(/&amp;/g, '&')
		.replace(/\s+/g, ' ')
		.trim();
}

function readJson(text: string): Readonly<Record<string, unknown>> {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
	} catch {
		return {};
	}
}
