"""Categories from facts: the company's rules and built-in ones say what type or tier a thing has."""
