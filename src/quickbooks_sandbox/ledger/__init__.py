"""The ground of a company's books: rows and their indexes, one staged change, what an entity is, and the balances."""
