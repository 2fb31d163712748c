/** What an audit checked and what did not fit, with the exact place. */
export interface Place {
  block: number;
  transaction: string;
}

export interface Finding {
  area: string;
  problem: string;
  place?: Place;
}

export interface Report {
  /** Counts one check of an area; a failed one becomes a finding. */
  check(area: string, holds: boolean, problem: () => string, place?: Place): void;
  counts(): [area: string, checks: number, findings: number][];
  findings(): Finding[];
}

export function createReport(): Report {
  const counts = new Map<string, { checks: number; findings: number }>();
  const findings: Finding[] = [];
  return {
    check(area, holds, problem, place) {
      const count = counts.get(area) ?? { checks: 0, findings: 0 };
      counts.set(area, count);
      count.checks += 1;
      if (holds) return;
      count.findings += 1;
      findings.push({ area, problem: problem(), ...(place ? { place } : {}) });
    },
    counts: () => [...counts].map(([area, { checks, findings: found }]) => [area, checks, found]),
    findings: () => findings,
  };
}
