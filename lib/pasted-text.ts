/** Zero-width and direction marks, fillers, byte order marks and line breaks: they come along with what is pasted. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu;

/** An address or a token as it was meant: without invisible characters, and without white space around it. */
export function cleanPastedText(pasted: string): string {
	return pasted.replace(INVISIBLE, '').trim();
}

/** An access token as it was meant. The name of its scheme (RFC 6750) is often copied with it. */
export function bearerToken(pasted: string): string {
	return cleanPastedText(pasted).replace(/^Bearer\s+/i, '');
}
