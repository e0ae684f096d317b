"""What the database keeps so that a copy of it is of no use without the secret of the installation."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet
from django.conf import settings


def cipher(purpose: str) -> Fernet:
    """The cipher for one purpose; its key comes from the secret, which is not in the database."""
    key = hmac.new(settings.SECRET_KEY.encode(), purpose.encode(), hashlib.sha256).digest()
    return Fernet(urlsafe_b64encode(key))
