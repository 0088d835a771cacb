"""Scenarios with the cases that the rules demand of them, written from the rules before any was played."""
