/** Zero-width and direction marks, fillers, byte order marks and line breaks: they come along with what is pasted. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu;

/** An address or a token as it was meant: without invisible characters, and without white space around it. */
export function cleanPastedText(pasted: string): string {
	return pasted.replace(INVISIBLE, '').trim();
}
