import type { Metric } from "../_shared/health_schemas.ts";

export const prometheusContentType = "text/plain; version=0.0.4; charset=utf-8";

/** The text exposition format, https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format. */
export function toPrometheus(metrics: Metric[]): string {
  return metrics.flatMap(lines).map((line) => `${line}\n`).join("");
}

function lines({ name, type, help, samples }: Metric): string[] {
  const known = samples.filter(({ value }) => value !== null);
  return [
    `# HELP ${name} ${escape(help)}`,
    `# TYPE ${name} ${type}`,
    ...known.map(({ labels, value }) => `${name}${labelled(labels)} ${value}`),
  ];
}

function labelled(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) =>
    `${name}="${escape(value).replaceAll('"', '\\"')}"`
  );
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}

function escape(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}
