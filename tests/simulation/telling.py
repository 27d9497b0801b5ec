"""What people read when a history broke a promise."""

from __future__ import annotations

from tests.simulation.many import Report


def told(report: Report) -> str:
    lines = [_headed(report)]
    lines += [f"    {line}" for line in report.lines]
    lines += [f"  {broken}" for broken in report.broken]
    return "\n".join([*lines, f"  Again: {again(report)}", ""])


def _headed(report: Report) -> str:
    if not report.steps:
        return f"Seed {report.seed} was not lived to its end:"
    return f"Seed {report.seed} broke a promise; {len(report.kept)} of its {report.steps} steps are enough:"


def again(report: Report) -> str:
    steps = f" STEPS={','.join(map(str, report.kept))}" if report.kept else ""
    return f"make simulate SEED={report.seed}{steps}"
