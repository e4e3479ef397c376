"""Crisis detection and crisis lines. Rules only: text → severity, categories, the rules that fired."""

from compliance.crisis.detector import glance, screen
from compliance.crisis.severity import Category, Screening, Severity

__all__ = ["Category", "Screening", "Severity", "glance", "screen"]
