"""A PostgreSQL for the tests: DATABASE_URL where it is set, else an embedded one that ends with them.

Django is set up here and not by pytest's settings, which would read them before there is a database to name.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django
from hypothesis import settings

from laotie.runtime.catalogues import compile_stale
from laotie.runtime.embedded.postgres import Cluster

if "DATABASE_URL" not in os.environ and "PYTEST_XDIST_WORKER" not in os.environ:
    root = Path(tempfile.mkdtemp(prefix="laotie-test-"))
    root.chmod(0o755)
    cluster = Cluster(root / "pg", durable=False)
    cluster.create()
    cluster.start()
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    atexit.register(cluster.stop)
    os.environ["DATABASE_URL"] = cluster.url()
if "LAOTIE_HOME" not in os.environ:
    os.environ["LAOTIE_HOME"] = tempfile.mkdtemp(prefix="laotie-test-home-")
    atexit.register(shutil.rmtree, os.environ["LAOTIE_HOME"], ignore_errors=True)
ROOT = Path(__file__).parent.parent
os.environ["PYTHONPATH"] = f"{ROOT / 'src'}{os.pathsep}{ROOT}"  # for processes that tests start
assets = ROOT / ".tools" / "assets"
link = Path(os.environ["LAOTIE_HOME"], "assets")
if assets.is_dir() and not link.exists():
    link.symlink_to(assets)
os.environ.setdefault("LAOTIE_DEMO", "true")
os.environ.setdefault("LAOTIE_LANGUAGE", "en")
os.environ.setdefault("LAOTIE_SHELF_AGE", "0")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laotie.runtime.django")
compile_stale()
django.setup()
settings.register_profile("house", deadline=None)  # no timing assertion: speed lives in benchmarks
settings.load_profile("house")
