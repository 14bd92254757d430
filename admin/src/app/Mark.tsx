/** A shield with a check: the product's sign. */
export function Mark({ size }: { size: number }) {
  return (
    <svg
      className="bc-mark"
      viewBox="0 0 32 32"
      width={size}
      height={size}
      aria-hidden="true"
    >
      <rect width="32" height="32" rx="8" />
      <path d="M16 7l7 3v6c0 4.6-3 7.7-7 9-4-1.3-7-4.4-7-9v-6z M12.5 16l2.5 2.5 4.5-4.7" />
    </svg>
  );
}
