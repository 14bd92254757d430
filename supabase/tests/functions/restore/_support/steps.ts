/** A test in steps: many tables share one backup, and each step says which of them is at fault. */
export function testInSteps(name: string, fn: (t: Deno.TestContext) => Promise<void>): void {
  // The connections of the suite live longer than one test.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}
