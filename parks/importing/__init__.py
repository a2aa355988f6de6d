"""Reads roller coasters out of a CSV file and brings them into parks and rides."""
