"""Names and values by which the simulator, its command line and its starters agree."""

PASSWORD_VARIABLE = "GWANJE_SIMULATOR_PASSWORD"  # noqa: S105 - the name of a variable
PARENT_VARIABLE = "GWANJE_PARENT_PID"
TRAINING_PASSWORD = "gwanje-demo"  # noqa: S105 - published: it opens nothing but made-up cameras
