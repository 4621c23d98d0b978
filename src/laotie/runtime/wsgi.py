"""The web application: `laotie.runtime.wsgi:application`. Refuses to start with settings that are not safe."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from laotie.runtime.processes import tether

tether.hold()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laotie.runtime.django")
framework = get_wsgi_application()

from django.conf import settings  # noqa: E402  settings and slices exist only now

from laotie.engine.matching import drawing  # noqa: E402
from laotie.kit.pages.siblings import Siblings  # noqa: E402
from laotie.kit.pages.turns import InTurn  # noqa: E402
from laotie.runtime.database.base import stand_ready  # noqa: E402
from laotie.runtime.metrics import counted  # noqa: E402
from laotie.runtime.programs import WEB_THREADS  # noqa: E402
from laotie.stream.decisions import poster  # noqa: E402
from laotie.trade.orders.door import Door  # noqa: E402
from laotie.trade.orders.rehearsal import rehearse  # noqa: E402

LAST_WORDS = 1.0  # seconds for what pages have just handed over; the server has five until it is killed

settings.CONFIG.require_safe()
application = Door(framework, counted)
stand_ready(WEB_THREADS, rehearse)
drawing.stand_ready()
InTurn.siblings = Siblings(settings.HOME / "run" / "pages", WEB_THREADS)
if settings.CONFIG.proxies:
    application = wrap_wsgi_with_proxy_headers(application, settings.CONFIG.proxies)
tether.before_end(lambda: poster.settle(LAST_WORDS))

# What start-up made lives as long as the process: the collector would walk all of it, in the midst of a page, in vain.
gc.collect()
gc.freeze()
# What pages make is gone through a little at a time, so that no page waits, and wholly seldom: hardly any is a circle.
gc.set_threshold(2_000, 200, 50)
