/** Browsers that know light-dark(), since 2024: what it would be lowered to follows the system, not the person's choice. */
export const cssTarget = ["chrome123", "firefox120", "safari17.5"];
