/**
 * In place of the parts of supabase-js that the application never calls: rows, files and channels. They are a ninth
 * of what a browser has to load. The session and the functions, with all that touches a token, stay supabase-js' own.
 */
export class PostgrestClient {}
export class PostgrestError extends Error {}
export class StorageClient {}
export class StorageApiError extends Error {}

export class RealtimeClient {
  setAuth(): Promise<void> {
    return Promise.resolve();
  }
}
