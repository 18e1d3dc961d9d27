"""Rules about plans that need neither database nor clock. Standard library only."""
