"""A company's connection to QuickBooks as people see it: setting it up, its state, losing and mending it."""
