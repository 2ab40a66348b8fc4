"""What a run writes: the rows of hits and of rejections, its files, and the journal of how far it got."""
