"""Names that nobody bears: shops, publishers, people, streets and titles put together from parts."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

_SHOPS = ["La Page", "Le Marque-Page", "L’Encrier", "Le Grand Large", "La Lucarne", "Les Vents", "Le Passage",
          "L’Oiseau", "La Boussole", "Le Tilleul", "Les Quatre Chemins", "L’Atelier", "La Verrière",
          "Le Phare"]  # fmt: skip
_ENDINGS = ["bleue", "du Port", "des Halles", "du Marché", "de la Gare", "d’en Haut", "de l’Ouest", "du Canal",
            "des Arts", "du Pont", "de Minuit", "du Jardin", "des Écoles", "du Vieux Moulin"]  # fmt: skip
_HOUSES = ["Éditions", "Presses", "Cahiers", "Atelier", "Maison", "Librairie"]
_WORDS = ["du Ressac", "de l’Aubépine", "du Sémaphore", "des Lisières", "du Levant", "de la Craie", "du Héron",
          "des Marges", "de l’Estran", "du Cèdre", "de la Passerelle", "des Confluents", "du Solstice"]  # fmt: skip
_FIRST = [
    "Anne",
    "Malik",
    "Jeanne",
    "Yann",
    "Inès",
    "Paul",
    "Aïcha",
    "Louis",
    "Claire",
    "Hugo",
    "Maud",
    "Elias",
]
_LAST = ["Kerdoncuff", "Benali", "Morvan", "Delorme", "Saint-Aubin", "Lacaze", "Oudin", "Perrigault", "Tessier",
         "Vauquelin", "Ziani", "Brossard", "Hénaff", "Castaing"]  # fmt: skip
_TOWNS = [("29200", "Brest"), ("35000", "Rennes"), ("44000", "Nantes"), ("59000", "Lille"), ("69002", "Lyon"),
          ("13006", "Marseille"), ("33000", "Bordeaux"), ("67000", "Strasbourg"), ("31000", "Toulouse"),
          ("75011", "Paris"), ("38000", "Grenoble"), ("21000", "Dijon"), ("34000", "Montpellier")]  # fmt: skip
_STREETS = ["rue des Carmes", "rue du Chapeau-Rouge", "place aux Herbes", "quai de la Fosse", "rue Haute",
            "cours Mirabeau", "rue de la Poterie", "place de l’Horloge", "rue des Tanneurs"]  # fmt: skip
_NOUNS = ["La Nuit", "L’Été", "Le Silence", "La Maison", "Le Dernier Train", "L’Archipel", "Le Goût", "La Mémoire",
          "Les Heures", "Le Jardin", "La Traversée", "L’Inventaire", "Les Saisons", "Le Chant"]  # fmt: skip
_OF = ["des pierres", "de la mer", "des absents", "sans retour", "du nord", "des abeilles", "à contre-jour",
       "de l’hiver", "des autres", "en partage", "du funambule", "des oubliés", "de poussière", "d’argile"]  # fmt: skip


def shop(chance: Random) -> str:
    """A bookshop."""
    return f"{chance.choice(_SHOPS)} {chance.choice(_ENDINGS)}"


def publisher(chance: Random) -> str:
    """A publishing house."""
    return f"{chance.choice(_HOUSES)} {chance.choice(_WORDS)}"


def person(chance: Random) -> str:
    """An author."""
    return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"


def town(chance: Random) -> tuple[str, str]:
    """A postcode and its town."""
    return chance.choice(_TOWNS)


def street(chance: Random) -> str:
    """A number in a street."""
    return f"{chance.randint(1, 98)} {chance.choice(_STREETS)}"


def title(chance: Random) -> str:
    """The title of a book."""
    return f"{chance.choice(_NOUNS)} {chance.choice(_OF)}"


def distinct(chance: Random, make: Callable[[Random], str], count: int) -> list[str]:
    """Names all different: one that comes again gets a number, as shops of one network do."""
    seen: dict[str, int] = {}
    found = []
    for _ in range(count):
        name = make(chance)
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return found
