/**
 * Bytes in memory of their own, as the platform's functions for hashing and sending want them. Said in this way it
 * holds under the TypeScript of the hosted platform's Deno too, where Uint8Array has no parameter yet.
 */
export type Bytes = Awaited<ReturnType<Blob["bytes"]>>;
