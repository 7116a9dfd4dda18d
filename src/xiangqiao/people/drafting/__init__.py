"""From a change that somebody wants to the rows it touches: drafted first, then compared, then written in one act."""
