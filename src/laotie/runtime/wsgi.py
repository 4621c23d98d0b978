"""The web application: `laotie.runtime.wsgi:application`. Refuses to start with settings that are not safe."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laotie.runtime.django")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402  settings exist only now

settings.CONFIG.require_safe()
