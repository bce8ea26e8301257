#!/bin/sh
# What a user's own Python is set to must not reach the program or the processes it starts.
unset PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV
export PYTHONNOUSERSITE=1 PYTHONSAFEPATH=1
# Qt and Python want a UTF-8 locale; a bare system has none set
[ -n "${LC_ALL:-}${LC_CTYPE:-}${LANG:-}" ] || export LANG=C.UTF-8
exec /opt/gwanje/bin/python -c 'import sys
sys.argv[0] = "gwanje"
from gwanje.console.cli import main
sys.exit(main())' "$@"
