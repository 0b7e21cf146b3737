"""The JSON interface: the same answers as the command line's ``--json``, and documents."""
