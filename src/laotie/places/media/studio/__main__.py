"""`python -m laotie.places.media.studio`: the studio of this home, until SIGTERM."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laotie.runtime.django")

from laotie.places.media.studio.running import main

sys.exit(main())
