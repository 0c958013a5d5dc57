import { createMetrics } from './metrics.ts';

/** A metric as the documentation shows it. */
export interface MetricRow {
  readonly name: string;
  readonly kind: string;
  readonly labels: readonly string[];
  readonly says: string;
}

/** Every metric of the node's own, in the order of the table. */
export function metricRows(): readonly MetricRow[] {
  const metrics = createMetrics().registry.getMetricsAsArray();
  return metrics.map((metric) => {
    const labels: unknown = Reflect.get(metric, 'labelNames');
    return {
      name: metric.name,
      kind: String(metric.type),
      labels: Array.isArray(labels) ? labels.map(String) : [],
      says: metric.help,
    };
  });
}
