"""Pages of plans: seats and arrangements, and the imports of the register."""
