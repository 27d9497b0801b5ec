"""One company's books: truth in memory, every change atomic, nothing known of HTTP."""
