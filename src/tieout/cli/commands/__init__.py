"""One small file per subcommand: `add_options(parser)` and `run(arguments)`; Django is imported only within `run`."""
