"""Runs of the backfill: an operator's quote, the rounds of a run, its batches and its commands."""
