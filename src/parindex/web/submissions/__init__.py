"""Parts, the check before submission, signing, receipts, and taking them back."""
