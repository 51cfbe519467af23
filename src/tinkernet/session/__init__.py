"""One person's open playground: what each feature knows and what it does with the intentions that concern it."""
