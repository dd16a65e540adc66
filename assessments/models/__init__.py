"""What is kept. Other rooms import a submodule, never this package as a whole.

The models know nothing else of ours; `responses` and `solo` hold people's own
answers and only the services may touch them.
"""

from assessments.models import (  # noqa: F401  (Django finds the models here)
    content,
    dialogue,
    mail,
    partnerships,
    responses,
    results,
    rounds,
    solo,
    users,
)
from assessments.models.users import User  # noqa: F401  (AUTH_USER_MODEL)
