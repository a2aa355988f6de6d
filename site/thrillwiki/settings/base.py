"""What every installation shares. Strict by default: dev.py and test.py loosen it."""

from pathlib import Path

import environ

from thrillwiki.settings.content_security import ADMIN_POLICY, PUBLIC_POLICY
from thrillwiki.settings.queues import QUEUES, ROUTES
from thrillwiki.settings.schedule import SCHEDULE
from thrillwiki.settings.storing import storage

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = BASE_DIR / "var"

DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ROOT_URLCONF = "thrillwiki.urls"
WSGI_APPLICATION = "thrillwiki.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1

INSTALLED_APPS = [
    # Ours, top of the map first, so that our templates win over the libraries'
    "home",
    "search",
    "parks",
    "moderation",
    "branches",
    "history",
    "accounts",
    "photos",
    "core",
    # Wagtail
    "wagtail.contrib.frontend_cache",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.wagtail_users.AccountAdministration",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "wagtail_modeladmin",
    # Third party
    "reversion",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    # Django
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.caching.sharing.SharedForASecond",
    "core.middleware.SecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.LanguageOfTheReader",
    "core.middleware.RefuseMalformedText",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.signing_in.SignInLeadsToTheForm",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.PrivateWhenSignedIn",
    "branches.browsing.middleware.SeenAsBranch",
    "core.middleware.RefusalsAsConflicts",
    "history.moved.FollowMoves",
    "core.malformed.RefuseMalformedForms",
    "core.middleware.OutagesAsLater",
    "core.middleware.RedirectsElsewhere",
]

# Named partials need their loader outermost; APP_DIRS would hide it.
_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "core.templatetags.facts",
                "core.templatetags.content_language",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "core.context_processors.reader",
                "branches.context_processors.branch",
            ],
        },
    }
]

# --- Data -----------------------------------------------------------------

DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # With SQLite's defaults most parallel writers fail with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            " PRAGMA cache_size=-32000;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    if env.bool("DATABASE_TIMEOUTS", default=False):
        # Set by wsgi.py: nobody waits longer for a page, but a migration or an
        # import may take its time. The second half is for a server that no longer
        # answers at all: the system by itself would wait for it for minutes.
        DATABASES["default"].setdefault("OPTIONS", {}).update(
            options=(
                "-c statement_timeout=15000 -c lock_timeout=5000"
                " -c idle_in_transaction_session_timeout=30000"
            ),
            connect_timeout=3,
            keepalives_idle=10,
            keepalives_interval=3,
            keepalives_count=3,
            tcp_user_timeout=18000,
        )

REDIS_URL = env("REDIS_URL", default="")
_DEFAULT_CACHE = (
    REDIS_URL.replace("redis://", "rediscache://", 1)
    if REDIS_URL
    else f"filecache://{VAR_DIR / 'cache'}"
)
CACHES = {"default": env.cache_url("CACHE_URL", default=_DEFAULT_CACHE)}
# Each may be away; the wiki goes on.
_OURS = {
    "RedisCache": "core.redis_cache.ImpatientRedisCache",
    "FileBasedCache": "core.forgiving_cache.ForgivingFileCache",
}
_theirs = CACHES["default"]["BACKEND"].rpartition(".")[2]
CACHES["default"]["BACKEND"] = _OURS.get(_theirs, CACHES["default"]["BACKEND"])
# Where each nginx in front of the wiki listens for it (deploy/nginx/).
WAGTAILFRONTENDCACHE = {
    location: {"BACKEND": "core.caching.nginx.Nginx", "LOCATION": location}
    for location in env.list("NGINX_PURGE_URL", default=[])
}
SESSION_ENGINE = "accounts.sessions"

# --- Celery ---------------------------------------------------------------

CELERY_FILESYSTEM_DIR = Path(
    env("CELERY_FILESYSTEM_DIR", default=str(VAR_DIR / "celery"))
)
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "visibility_timeout": 3600,
        # Without it whoever rings waits minutes for a machine that is gone.
        "socket_connect_timeout": 2,
    }
else:
    CELERY_BROKER_URL = "filesystem://localhost/"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(CELERY_FILESYSTEM_DIR / "queue"),
        "data_folder_out": str(CELERY_FILESYSTEM_DIR / "queue"),
        "processed_folder": str(CELERY_FILESYSTEM_DIR / "done"),
        "control_folder": str(CELERY_FILESYSTEM_DIR / "control"),
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 900
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_TASK_QUEUES = QUEUES
CELERY_TASK_ROUTES = ROUTES
CELERY_TASK_CREATE_MISSING_QUEUES = False

# --- People ---------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
# Only this one: a second would hash each wrong password a second time.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "add_email": "accounts.forms.AddEmailForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True  # one address per account: a new one replaces the old
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before the address changes
ACCOUNT_EMAIL_NOTIFICATIONS = True  # of a changed password or address
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the other devices are, this one is not
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[ThrillWiki] "
ACCOUNT_RATE_LIMITS = {
    # Failures are what counts; accounts/sign_in_limits.py keeps them in the database.
    "login": None,
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
USERSESSIONS_TRACK_ACTIVITY = False  # it writes to the database on every request

# --- Language, time, units --------------------------------------------------

LANGUAGE_CODE = "en-gb"
# Each by its own name: who looks for it may read no other.
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
LANGUAGE_COOKIE_NAME = "language"
# The texts of the wiki themselves are in one language.
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES[:1]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# --- Files ------------------------------------------------------------------

# Every component in every state at /styleguide/: for developers.
SHOW_STYLEGUIDE = False

STATIC_URL = "/static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env("MEDIA_ROOT", default=str(VAR_DIR / "media"))
ARCHIVE_ROOT = env("ARCHIVE_ROOT", default=str(VAR_DIR / "archive"))
# Whether what moves, renames, closes or removes pages, and what changes many of them,
# needs two people. Off where there is nobody but one moderator.
SECOND_APPROVALS = env.bool("SECOND_APPROVALS", default=True)
ARCHIVE_AFTER_DAYS = env.int("ARCHIVE_AFTER_DAYS", default=90)


STORAGES = {
    "default": storage("MEDIA_STORAGE", MEDIA_ROOT, base_url=MEDIA_URL),
    "archive": storage("ARCHIVE_STORAGE", ARCHIVE_ROOT),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a ride with all rows; Wagtail's own advice
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o644

# --- Maps -------------------------------------------------------------------

# Where a detailed map comes from, once its reader agrees: an address with {z}, {x} and
# {y}, perhaps {s}. The content policy lets its pictures in.
MAP_TILES_URL = env("MAP_TILES_URL", default="")
# Who made them, as the map shows it; may hold links.
MAP_TILES_ATTRIBUTION = env("MAP_TILES_ATTRIBUTION", default="")

# --- Sources ----------------------------------------------------------------

# Whether workers ask the web servers of others if what a suggestion names is there.
LOOK_UP_SOURCES = env.bool("LOOK_UP_SOURCES", default=False)

# --- Mail -------------------------------------------------------------------

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="ThrillWiki <wiki@example.org>")
if mail_dir := env("MAIL_DIR", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = mail_dir
EMAIL_TIMEOUT = 10
# A worker hands over what everybody else only writes down (core/mail).
MAIL_DELIVERY_BACKEND = EMAIL_BACKEND
EMAIL_BACKEND = "core.mail.backend.MailTable"

# --- Security ---------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.forged.refuse"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC_POLICY}
ADMIN_CONTENT_SECURITY_POLICY = ADMIN_POLICY

# --- Wagtail ----------------------------------------------------------------

WAGTAIL_SITE_NAME = "ThrillWiki"
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://localhost:8000")
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "moderation.approval.publish_reviewed_revision"
WAGTAIL_AUTO_UPDATE_PREVIEW_INTERVAL = 1000
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "photos.Photo"
WAGTAILIMAGES_IMAGE_FORM_BASE = "photos.forms.PhotoForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"bmp": "jpeg", "avif": "avif", "webp": "webp"}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "pdf", "txt"]
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "wagtail.search.backends.database",
        "SEARCH_CONFIG": "simple",
    }
}
TAGGIT_CASE_INSENSITIVE = True

# --- Versions: one reversion version holds a whole page (history/serializer.py)
SERIALIZATION_MODULES = {"wagtail-page": "history.serializer"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"thrillwiki": {"level": "INFO"}},
}
