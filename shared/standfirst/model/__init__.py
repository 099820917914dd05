"""What is said to a model and comes back, whoever asks: prompts, answers, tokens and prices."""
