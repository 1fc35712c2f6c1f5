"""Words, proofs and sheets, as people of the house read them."""
