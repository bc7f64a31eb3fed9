"""The subcommands of `kith`, one module each."""
