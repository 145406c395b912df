"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from config.serving import in_known_letters, refuse_the_owner

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
application = in_known_letters(get_wsgi_application())
refuse_the_owner()
