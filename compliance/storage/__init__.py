"""Where records are kept: one transaction per unit of work, one repository per noun."""
