"""HTML as the pages and the consent show it."""
