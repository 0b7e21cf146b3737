"""Look up: notices with their clauses, items, types, 判定标准, terms, what changed, and all of it by words."""
