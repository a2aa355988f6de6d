"""All that rides refer to, found or created: the books of one import."""

from parks.importing.known_companies import KnownCompanies, KnownModels
from parks.importing.known_parks import KnownParks
from parks.importing.known_rides import KnownRides
from parks.importing.publishing import Publisher


class Directory:
    """Companies, models, parks and rides of the wiki while a file is imported."""

    def __init__(self, publisher: Publisher) -> None:
        self.companies = KnownCompanies(publisher)
        self.models = KnownModels(publisher, self.companies)
        self.parks = KnownParks(publisher)
        self.rides = KnownRides()
