import { Failure } from "../stack/failure.ts";

/** Something did not end in its time, and nobody knows whether it ever will. */
export class Overdue extends Failure {}

/** What the work gives; but when it takes too long, an error that names it. */
export async function within<T>(seconds: number, what: string, work: PromiseLike<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Overdue(`Waited ${seconds} s for ${what}, and it has not ended.`)),
    seconds * 1000,
  );
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
