"""The editions of lists: installed in a store, updated, checked for age, compared and opened for a search."""
