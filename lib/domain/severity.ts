import { type Severity, severities } from "./policy";

/** 0 the lightest: stored so that it sorts as it weighs. */
export function severityRank(severity: Severity): number {
  return severities.length - 1 - severities.indexOf(severity);
}

/** The severity of a stored rank; throws for what was never stored. */
export function severityOfRank(rank: number): Severity {
  const severity = severities[severities.length - 1 - rank];
  if (severity === undefined) throw new Error(`There is no severity of rank ${rank}.`);
  return severity;
}
