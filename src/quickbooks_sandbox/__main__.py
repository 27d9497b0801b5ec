import sys

from quickbooks_sandbox.cli import main

sys.exit(main())
