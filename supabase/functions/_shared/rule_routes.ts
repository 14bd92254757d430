import { createRoute, z } from "@hono/zod-openapi";
import { flag, platform, text } from "./fields.ts";
import { json, problems } from "./responses.ts";
import { Rule, RuleKind, RuleList, Severity } from "./rule_schemas.ts";

/**
 * Served by the function validate; described here, because the document that the function backups serves names them
 * too. Requests are strict about names and types; whether a rule makes sense is for SQL to say.
 */

const RuleId = z.object({ rule_id: text(200).min(1).openapi({ param: { name: "rule_id", in: "path" } }) });

const words = {
  severity: Severity.nullish(),
  title: text(1000).nullish().openapi({ description: "What is true when it holds." }),
  message: text(1000).nullish().openapi({ description: "What is wrong with a record that breaks it." }),
  suggestion: text(1000).nullish().openapi({ description: "What to do about it; empty for nothing." }),
  parameters: z.record(z.string(), z.unknown()).nullish().openapi({ description: "See docs/rules.md." }),
};

const RuleDraft = z.strictObject({
  id: text(200).min(1).nullish().openapi({ description: "By default made of table, columns and kind." }),
  table_name: text(200).min(1).openapi({ description: "A bare name means public.", example: "profiles" }),
  columns: z.array(text(200).min(1)).max(100),
  kind: RuleKind,
  ...words,
}).openapi("RuleDraft");

const ChangeRule = z.strictObject({ is_enabled: flag("Whether it is checked."), ...words }).openapi(
  "ChangeRule",
);

const answer = z.object({ rule: Rule });
const changing = [
  "invalid_json",
  "payload_too_large",
  "invalid_request",
  "invalid_argument",
  "invalid_rule",
  "invalid_tables",
  "rate_limited",
] as const;

export const listRulesRoute = createRoute({
  method: "get",
  path: "/validate/rules",
  operationId: "listRules",
  tags: ["validate"],
  summary: "The rules, and where each applies",
  request: { query: z.strictObject(platform()) },
  responses: {
    200: json(RuleList, "All of them, by table and id."),
    ...problems("invalid_request", "invalid_tables"),
  },
});

export const addRuleRoute = createRoute({
  method: "post",
  path: "/validate/rules",
  operationId: "addRule",
  tags: ["validate"],
  summary: "Add a rule",
  description: "`invalid_rule` names in `argument` the field that is wrong.",
  request: { body: { content: { "application/json": { schema: RuleDraft } } } },
  responses: {
    201: json(answer, "Added; it is checked from now on."),
    ...problems(...changing, "rule_exists"),
  },
});

export const changeRuleRoute = createRoute({
  method: "patch",
  path: "/validate/rules/{rule_id}",
  operationId: "changeRule",
  tags: ["validate"],
  summary: "Change a rule, or switch it off",
  description:
    "What is absent stays as it is. Built-in rules keep their table, columns and kind, and so do others.",
  request: { params: RuleId, body: { content: { "application/json": { schema: ChangeRule } } } },
  responses: { 200: json(answer, "As it is now."), ...problems(...changing, "rule_not_found") },
});

export const deleteRuleRoute = createRoute({
  method: "delete",
  path: "/validate/rules/{rule_id}",
  operationId: "deleteRule",
  tags: ["validate"],
  summary: "Delete a rule that somebody added",
  description: "A built-in rule cannot be deleted (`invalid_rule`); switch it off.",
  request: { params: RuleId },
  responses: {
    204: { description: "Deleted." },
    ...problems("invalid_request", "invalid_rule", "rule_not_found", "rate_limited"),
  },
});
