"""Article to Draft without a network: the extractive writer and the house styles."""
