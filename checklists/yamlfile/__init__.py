"""YAML files: plain values, and the line of each."""
