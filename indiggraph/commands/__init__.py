"""The subcommands, one a module; each has its click command as ``command``."""
