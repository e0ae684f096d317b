"""Every sentence that a person reads, in Vietnamese, with an English catalogue (gettext)."""
