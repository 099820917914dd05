"""Numbers in text: digits, words, Han numerals, and the quantities they stand for."""
