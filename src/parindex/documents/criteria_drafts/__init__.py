"""Drafts of criteria sets as they are kept while they are mended: content, places in the paper, patches."""
