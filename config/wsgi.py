"""The WSGI application that gunicorn serves."""

import logging
import os

from django.core.wsgi import get_wsgi_application

from config.serving import in_known_letters, refuse_the_owner, warn_of_numbers
from core.logs import WithoutAddress

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
application = in_known_letters(get_wsgi_application())
refuse_the_owner()
warn_of_numbers()
logging.getLogger("gunicorn.error").addFilter(WithoutAddress())  # of a request that broke it writes the whole address
