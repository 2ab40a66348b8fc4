"""Files of lists in, editions that are always known out: kept whole, verified, dated and compared."""
