/** The kinds of rules that can be added, in words, and what each of them needs to know. */
export const kinds = {
  required: { says: "must be given", needs: [] },
  email: { says: "must be an e-mail address", needs: [] },
  positive: { says: "must be above zero", needs: [] },
  in_future: { says: "must lie in the future", needs: [] },
  date_order: { says: "the first must not be after the second", needs: [] },
  unique: { says: "no two records may share it", needs: [] },
  max_length: { says: "must not be longer than", needs: ["length"] },
  matches: {
    says: "must look like (a regular expression)",
    needs: ["pattern"],
  },
  one_of: { says: "must be one of", needs: ["values"] },
  references: { says: "must exist in another table", needs: ["table"] },
} as const;

export type Kind = keyof typeof kinds;

export const parameterWords = {
  length: { label: "Characters at most", hint: "" },
  pattern: { label: "Pattern", hint: "For example ^\\+[0-9 ]+$" },
  values: { label: "Allowed values", hint: "Separated by commas" },
  table: { label: "Table", hint: "For example profiles" },
} as const;

export type Parameter = keyof typeof parameterWords;

export function parametersOf(
  kind: Kind,
  text: string,
): Record<string, unknown> {
  const [name] = kinds[kind].needs as readonly Parameter[];
  if (!name) return {};
  if (name === "length") return { length: Number(text) };
  if (name === "values") return { values: listOf(text) };
  return { [name]: text.trim() };
}

export const listOf = (text: string) =>
  text.split(",").map((part) => part.trim()).filter((part) => part !== "");
