import assert from "node:assert/strict";
import { toPrometheus } from "../../../functions/backups/prometheus.ts";

Deno.test("prometheus: help, type and samples", () => {
  const text = toPrometheus([
    {
      name: "backups_total",
      type: "counter",
      help: "Backups by status.",
      samples: [
        { labels: { status: "completed", kind: "daily" }, value: 12 },
        { labels: { status: "failed", kind: "daily" }, value: 0 },
      ],
    },
    { name: "queue_waiting", type: "gauge", help: "Jobs.", samples: [{ labels: {}, value: 0.5 }] },
  ]);
  assert.equal(
    text,
    `# HELP backups_total Backups by status.
# TYPE backups_total counter
backups_total{status="completed",kind="daily"} 12
backups_total{status="failed",kind="daily"} 0
# HELP queue_waiting Jobs.
# TYPE queue_waiting gauge
queue_waiting 0.5
`,
  );
});

Deno.test("prometheus: quotes, backslashes and line breaks are escaped", () => {
  const text = toPrometheus([{
    name: "odd",
    type: "gauge",
    help: 'a "b"\\c\nd',
    samples: [{ labels: { table: 'public."a\\b"\nc' }, value: 1 }],
  }]);
  assert.equal(
    text,
    '# HELP odd a "b"\\\\c\\nd\n# TYPE odd gauge\nodd{table="public.\\"a\\\\b\\"\\nc"} 1\n',
  );
});

Deno.test("prometheus: what has no value yet has no sample", () => {
  const metric = { name: "age_seconds", type: "gauge" as const, help: "Age." };
  assert.equal(
    toPrometheus([{ ...metric, samples: [{ labels: {}, value: null }] }]),
    "# HELP age_seconds Age.\n# TYPE age_seconds gauge\n",
  );
  assert.equal(toPrometheus([]), "");
});
