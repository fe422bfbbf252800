/**
 * Bounds the garbage that requests leave in the old generation of the heap: 30 to 70 KB each on Node.js 24. Its
 * streams, and the functions that n8n and axios assign to properties, put closures there, which keep alive all that a
 * request took. V8 collects it late if it may use much memory: n8n grew by a gigabyte within some ten thousand
 * requests.
 */

/** About 150 MB of garbage; the collection takes 1 or 2 per cent of the time of the requests. */
const REQUESTS_PER_COLLECTION = 2_500;

/**
 * V8 begins a collection when more than 64 MB outside of the heap were allocated since the last one. Nothing is written
 * into the buffer, so it takes no memory.
 */
const BUFFER_BYTES = 80 * 1024 * 1024;

let requests = 0;

/** Makes V8 begin a collection, in its own time, once in so many requests of this process. */
export function countRequest(): void {
	requests = (requests + 1) % REQUESTS_PER_COLLECTION;
	if (requests === 0) suggestCollection();
}

function suggestCollection(): void {
	try {
		Buffer.allocUnsafeSlow(BUFFER_BYTES);
	} catch {
		// Where so much cannot even be reserved, V8 collects by itself.
	}
}
