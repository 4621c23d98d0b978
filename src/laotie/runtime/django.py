"""Django's settings, derived from `runtime.config`. Nothing is decided here that an operator would want to change."""

from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from laotie.kit.market import Market
from laotie.runtime import logs
from laotie.runtime.config import load

CONFIG = load()
MARKET = Market(CONFIG.market_name, CONFIG.currency, CONFIG.time_zone, CONFIG.language)
SECRET_KEY = CONFIG.secret_key or token_urlsafe()  # without one, of this process only: the web refuses to start so
DEBUG = False
ALLOWED_HOSTS = CONFIG.hosts
ROOT_URLCONF = "laotie.runtime.urls"
AUTH_USER_MODEL = "accounts.Account"
HOME = CONFIG.home.resolve()
PACKAGE = Path(__file__).resolve().parent.parent

SLICES = [
    "laotie.kit",
    "laotie.kit.pictures",
    "laotie.stream.beacons",
    "laotie.stream.outbox",
    "laotie.people.accounts",
    "laotie.people.addresses",
    "laotie.people.audit",
    "laotie.people.creators",
    "laotie.people.desk",
    "laotie.people.follows",
    "laotie.people.grants",
    "laotie.people.merchants",
    "laotie.people.notices",
    "laotie.people.saved",
    "laotie.people.standing",
    "laotie.goods.catalogue",
    "laotie.goods.deals",
    "laotie.goods.listings",
    "laotie.goods.offers",
    "laotie.goods.standing",
    "laotie.goods.stock",
    "laotie.goods.terms",
    "laotie.trade.carts",
    "laotie.trade.hints",
    "laotie.trade.orders",
    "laotie.trade.payments",
    "laotie.trade.refunds",
    "laotie.trade.reviews",
    "laotie.trade.talks",
    "laotie.places.media",
    "laotie.places.popularity",
    "laotie.places.rooms",
    "laotie.places.search",
    "laotie.places.shelf",
    "laotie.lab.demo",
    "laotie.lab.history",
    "laotie.traffic.feed",
    "laotie.trust.appeals",
    "laotie.trust.prices",
    "laotie.trust.previews",
    "laotie.trust.risk",
    "laotie.trust.rulebook",
    "laotie.trust.scores",
    "laotie.trust.violations",
    "laotie.trust.voids",
    "laotie.runtime",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ninja",  # serves /api/docs from here, where it would else name a script on another host
    "allauth.usersessions",
    "procrastinate.contrib.django",
    *SLICES,
]
MIDDLEWARE = [
    "laotie.runtime.metrics.Counting",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "laotie.kit.pages.turns.InTurn",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "laotie.people.accounts.seen.SeenNowAndThen",
    "django.contrib.messages.middleware.MessageMiddleware",
    "laotie.people.accounts.second_step.SecondStep",
    "laotie.kit.pages.middleware.Varies",
    "laotie.kit.pages.middleware.MarketErrors",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
if CONFIG.count_statements:
    MIDDLEWARE.insert(0, "laotie.kit.pages.counting.CountStatements")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "people/accounts/templates"],  # before allauth's own, which it restyles
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["laotie.kit.pages.context.page"],
        },
    }
]


def database(url: str) -> dict[str, object]:
    """Django's database settings for a PostgreSQL URL; `?host=/socket/folder` names a socket, and what else the
    query says (`sslmode=verify-full`, `sslrootcert=…`) is libpq's."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    host, port = query.pop("host", unquote(parts.hostname or "")), query.pop("port", str(parts.port or ""))
    return {
        "ENGINE": "laotie.runtime.database",
        "NAME": unquote(parts.path.lstrip("/")) or "laotie",
        "USER": unquote(parts.username or "laotie"),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,  # the pool of laotie.runtime.database knows without asking
        "OPTIONS": {**query, "pool": {"min_size": 1, "max_size": 16, "timeout": 10}},
    }


DATABASES = {"default": database(CONFIG.database_url or f"postgresql:///laotie?host={HOME / 'pg' / 'socket'}")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PAYMENT_PROVIDERS = ["sandbox"]  # ways to pay, the usual one first
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, object]] = [
    {"NAME": f"{VALIDATION}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("name", "email")}},
    {"NAME": f"{VALIDATION}.MinimumLengthValidator"},
    {"NAME": f"{VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{VALIDATION}.NumericPasswordValidator"},
]
# Sign-in, by e-mail only. Whether an address has an account is never told: with verification mandatory, signing up
# with a taken address looks the same and mails its owner instead.
ACCOUNT_ADAPTER = "laotie.people.accounts.sign_in.AccountAdapter"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if CONFIG.https else "http"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{MARKET.name}] "
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False  # its form is there for new addresses only: it would tell
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_FORMS = {
    "change_password": "laotie.people.accounts.forms.ChangePassword",
    "reset_password_from_key": "laotie.people.accounts.forms.ResetPassword",
    "set_password": "laotie.people.accounts.forms.SetPassword",
    "signup": "laotie.people.accounts.forms.SignUp",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ALLAUTH_TRUSTED_PROXY_COUNT = 0
LOGIN_REDIRECT_URL = "/"
MFA_ADAPTER = "laotie.people.accounts.sign_in.MfaAdapter"
MFA_RECOVERY_CODE_COUNT = 10
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = MARKET.name
SECOND_STEP_REQUIRED = not CONFIG.demo  # of sellers and operators; a demo only asks for it
USERSESSIONS_TRACK_ACTIVITY = True
# allauth counts attempts here. In the database, so that all web processes share one count.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_cache"}}
PUBLIC_URL = CONFIG.public_url or "http://localhost:8000"  # where links in mail lead
DEFAULT_FROM_EMAIL = CONFIG.mail_from
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if CONFIG.mail_host else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = CONFIG.mail_host
EMAIL_PORT = CONFIG.mail_port
EMAIL_HOST_USER = CONFIG.mail_user
EMAIL_HOST_PASSWORD = CONFIG.mail_password
EMAIL_USE_TLS = CONFIG.mail_port != 465
EMAIL_USE_SSL = CONFIG.mail_port == 465
EMAIL_TIMEOUT = 20  # seconds; a mail server that hangs must not hang a sign-up
LANGUAGE_CODE = "zh-hans" if MARKET.language == "zh" else "en"
LANGUAGE_COOKIE_NAME = "laotie_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = sorted(PACKAGE.glob("*/locale"))
TIME_ZONE = MARKET.time_zone
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"
SHELF_AGE = CONFIG.shelf_age
STATICFILES_DIRS = [HOME / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "laotie.runtime.assets.Assets"},
}
LOGGING = logs.logging_settings(colour=CONFIG.colour)
logs.configure_structlog()
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 300  # of a plain name; a hashed one never changes and is kept for ten years
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],  # blob: what is about to be uploaded is shown before it is sent
        "connect-src": [SELF],
        "media-src": [SELF, "blob:"],  # blob: players of live video feed the browser piece by piece
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
LOGIN_URL = "account_login"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = CONFIG.origins
# A browser that was told so would refuse plain http of everything else on this machine, too.
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if CONFIG.https and not CONFIG.own_certificate else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "laotie_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not CONFIG.demo
CSRF_COOKIE_NAME = "laotie_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "laotie.kit.pages.handlers.form_expired"
