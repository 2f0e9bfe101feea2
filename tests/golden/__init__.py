"""A quarter played from outside, and what it showed, kept byte for byte; `README.md` says how."""
