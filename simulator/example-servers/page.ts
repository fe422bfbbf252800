/** The received mails and chat messages, newest first, as a page without scripts. */

import type { Mail } from './mime';

export function receivedPage(mails: readonly Mail[], chat: ReadonlyArray<{ readonly text?: unknown }>): string {
	const nothing = '<p>Nothing yet.</p>';
	return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Mail and chat of the examples</title>
<style>body{font:16px/1.5 sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
article{border:1px solid #ccc;border-radius:6px;padding:0 1rem;margin:1rem 0}
pre{white-space:pre-wrap;overflow-wrap:anywhere}</style>
<h1>Mail</h1>${[...mails].reverse().map(mailArticle).join('') || nothing}
<h1>Chat</h1>${
		[...chat]
			.reverse()
			.map(({ text }) => `<article><pre>${linked(String(text))}</pre></article>`)
			.join('') || nothing
	}`;
}

function mailArticle({ from, to, subject, text, html, attachments }: Mail): string {
	const links = [...html.matchAll(/<a[^>]*href="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g)].map(
		([, address, words]) => `<a href="${address}">${escaped(words.replace(/<[^>]*>/g, '').trim())}</a>`,
	);
	const body = text || plain(html);
	const files = attachments.map(({ fileName, content }) => {
		const bytes = content.toString('base64');
		const name = escaped(fileName);
		return `<a download="${name}" href="data:application/octet-stream;base64,${bytes}">${name}</a>`;
	});
	return `<article><h2>${escaped(subject)}</h2><p>From ${escaped(from)} to ${escaped(to)}</p>
<pre>${linked(body)}</pre>${[...links, ...files].map((one) => `<p>${one}</p>`).join('')}</article>`;
}

function plain(html: string): string {
	return html
		.replace(/<(style|head)[\s\S]*?<\/\1>/gi, '')
		.replace(/<br\s*\/?>|<\/p>|<\/tr>/gi, '\n')
		.replace(/<[^>]*>/g, '')
		.replace(/\n\s*\n\s*/g, '\n')
		.trim();
}

function linked(text: string): string {
	return escaped(text).replace(/https?:\/\/[^\s<]+/g, (address) => `<a href="${address}">${address}</a>`);
}

function escaped(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
