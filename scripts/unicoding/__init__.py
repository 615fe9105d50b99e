"""The parts of scripts/gen-unicode."""
