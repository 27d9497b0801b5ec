"""What people read when a history broke a promise."""

from __future__ import annotations

from tests.simulation.many import Report


def told(report: Report) -> str:
    lines = [f"Seed {report.seed} broke a promise; {len(report.kept)} of its {report.steps} steps are enough:"]
    lines += [f"    {line}" for line in report.lines]
    lines += [f"  {broken}" for broken in report.broken]
    return "\n".join([*lines, f"  Again: {again(report)}", ""])


def again(report: Report) -> str:
    return f"make simulate SEED={report.seed} STEPS={','.join(map(str, report.kept))}"
