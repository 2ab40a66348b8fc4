"""Words that show what a name is: legal forms, generic words, titles, places, numerals; and how common words are."""
