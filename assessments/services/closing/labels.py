"""Which groups people belong to, as they confirmed it before the first answer."""

import numpy as np
from numpy.typing import NDArray

from assessments.measures.labels import Labels
from assessments.models.partnerships import Organisation
from assessments.services.closing.population import OneResponse


def read_labels(responses: list[OneResponse]) -> Labels:
    """Groups as people confirmed them. Unnamed people belong to the whole alone, unless a ticket
    carried a group."""
    own = {response.organisation_id for response in responses if response.organisation_id}
    found = Organisation.objects.filter(pk__in=own).values_list("pk", "sector__name", "name")
    names = {pk: (sector, name) for pk, sector, name in found}
    homes = [names.get(response.organisation_id or 0) for response in responses]
    return Labels.of(
        sectors=[home[0] if home else None for home in homes],
        organisations=[home[1] if home else None for home in homes],
        roles=[response.role_level or None for response in responses],
    )


def read_unnamed(responses: list[OneResponse]) -> NDArray[np.bool_]:
    """True for people without a name on the list: they count in figures, not towards groups."""
    return np.array([not response.is_named for response in responses], dtype=bool)
