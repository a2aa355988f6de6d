"""How editors find parks, rides, companies and imports in the CMS."""
