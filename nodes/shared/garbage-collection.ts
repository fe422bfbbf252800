/**
 * Bounds the garbage that requests leave in the old generation of the heap: 30 to 70 KB each. n8n opens a connection
 * for each request, and the streams of Node.js put closures there that keep alive all that a request took
 * (docs/benchmarks.md). V8 collects them late if it may use much memory: n8n grew by a gigabyte within some ten
 * thousand requests.
 */

/** At most 175 MB of garbage; the collection takes about 3 % of the requests' processor time. */
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
