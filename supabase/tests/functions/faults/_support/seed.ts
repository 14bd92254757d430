import { Random } from "../../restore/_support/random.ts";

/** Of everything that is random in these tests; said in their names. FAULTS_SEED=N tries the same again. */
export const seed = Number(Deno.env.get("FAULTS_SEED") ?? crypto.getRandomValues(new Uint16Array(1))[0]);

export const randomly = () => new Random(seed);
