/** Works on a few items at a time. After a failure no further one is begun; the failure is thrown when all have ended. */
export async function sideBySide<T>(items: T[], work: (item: T) => Promise<void>, width = 4): Promise<void> {
  const failures: unknown[] = [];
  const waiting = items.values();
  await Promise.all(Array.from({ length: width }, async () => {
    for (const item of waiting) {
      await work(item).catch((error: unknown) => failures.push(error));
      if (failures.length > 0) return;
    }
  }));
  if (failures.length > 0) throw failures[0];
}
