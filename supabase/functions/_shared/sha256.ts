import { Buffer } from "node:buffer";
import type { Bytes } from "./bytes.ts";

/** As 64 hexadecimal digits; off the main thread. */
export async function sha256(bytes: Bytes): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex");
}
