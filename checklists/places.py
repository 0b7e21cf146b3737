"""Where a text says that something is: the names of ``places.yaml`` as people write them, and nothing guessed.

阳城县, 阳城, 晋城阳城, 山西省晋城市阳城县北留镇新建路1号 are all the one county. What could be two places, or a city with a
county nobody knows behind it, is not read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from checklists.models import Vocabulary
from checklists.nearest import nearest
from checklists.problems import Position, Problem, Refused, problem

Places = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Province -> city -> counties."""
Chain = tuple[str, ...]
"""Province, city, county, as far down as it goes."""

_BETWEEN = re.compile("[\\s\u200b-\u200f\u2060\ufeff·・.．/／\\\\|｜>＞→—–－‐()（）【】\\[\\]-]+")
_KINDS = "市县区"
_NAMES_GO_ON = "镇乡村街路巷庄"
"""古县镇 is no place in 古县."""
_TOWN = re.compile(rf"(?![{_NAMES_GO_ON}{_KINDS}]).[^路]{{1,5}}?(?:镇|乡|街道)")
LEAST = 2
"""Letters of a name that is a word too: 郊区."""


def chains_of(places: Places) -> list[Chain]:
    """Every place there is, a province before its cities, a city before its counties."""
    chains: list[Chain] = []
    for province, cities in places.items():
        chains.append((province,))
        for city, counties in cities.items():
            chains.append((province, city))
            chains += [(province, city, county) for county in counties]
    return chains


def place_chain(places: Places, name: str, position: Position) -> tuple[str, ...]:
    """Province, city, county of a place name, as far down as the name goes.

    「阳城县」 and a whole address in it give (山西省, 晋城市, 阳城县); a district name that two cities have needs the city
    before it. Raises Refused for an unknown or ambiguous name; what cannot be read is never taken for the province.
    """
    found = places_named(places, name)
    if len(found) == 1:
        return found[0]
    if found:
        choices = "、".join("".join(chain[1:]) for chain in found)
        raise Refused([problem("place-ambiguous", position, name=name, choices=choices)], exit_code=2)
    chains = chains_of(places)
    hint = nearest(name, [*(chain[-1] for chain in chains), *map(place_text, chains)])
    known = [province for province, cities in places.items() if cities] or list(places)
    told = {"provinces": "、".join(known), "examples": "、".join(place_examples(places))}
    raise Refused([problem("place-unknown", position, name=name, hint=hint, **told)], exit_code=2)


def place_told(vocabulary: Vocabulary, text: str, position: Position) -> Chain:
    """Province, city, county of a place as people tell it: any of its names, an old one, an address within it.

    Raises Refused with the choices where it may be several, where only the city can be told, or where it lies elsewhere.
    """
    name = _plain(vocabulary.places, text)
    if meant := _called_so(vocabulary, name):
        return _only(vocabulary, text, meant, position)
    places, chains = vocabulary.places, chains_of(vocabulary.places)
    found = places_named(places, text) or places_named(places, name) or _town_of(chains, name)
    outside = next((one for one in vocabulary.elsewhere if name.startswith(one)), "")
    if found and not (outside and all(not places[chain[0]] for chain in found)):
        return _only(vocabulary, text, found, position)
    if meant := _called_so(vocabulary, name, begins=True):
        return _only(vocabulary, text, meant, position)
    if outside:  # also where the province is known by its name alone
        told = {"name": text, "outside": outside, "provinces": "、".join(filter(places.get, places))}
        raise Refused([problem("place-elsewhere", position, **told)], exit_code=2)
    for chain in (chain for chain in chains if len(chain) == 2):
        if name.startswith((chain[1], _short(chain[1]))):
            raise Refused([_only_city(vocabulary, chain, text, position)], exit_code=2)
    return place_chain(places, text, position)


def _plain(places: Places, text: str) -> str:
    """The text without blanks and signs, in letters of one width, without its province."""
    name = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).removeprefix("中国")
    for province in places:
        name = name.removeprefix(province).removeprefix(province[:-1]) or name
    return name


def _called_so(vocabulary: Vocabulary, name: str, *, begins: bool = False) -> list[Chain]:
    """Places that are meant by another name; ``begins``: by one with a town or street behind it."""
    names = vocabulary.places_called
    if begins:
        longer = [one for one in names if len(one) > LEAST and name.startswith(one)]
        name = max(longer, key=len, default=name)
        names = {one: names[one] for one in longer}
    return [chain for meant in names.get(name, ()) for chain in places_named(vocabulary.places, meant)]


def _only(vocabulary: Vocabulary, text: str, found: list[Chain], position: Position) -> Chain:
    if len(found) == 1:
        return found[0]
    choices = "、".join(map(place_text, found))
    raise Refused([problem("place-ambiguous", position, name=text, choices=choices)], exit_code=2)


def _only_city(vocabulary: Vocabulary, city: Chain, text: str, position: Position) -> Problem:
    counties = "、".join(
        city[1] + county if county in vocabulary.places_called else county
        for county in vocabulary.places[city[0]][city[1]]
    )
    return problem("place-city-only", position, name=text, city=city[1], counties=counties)


def _town_of(chains: list[Chain], name: str) -> list[Chain]:
    """The county whose short name begins the text, with a town behind it: 阳城北留镇."""
    found = [
        (len(begin), chain)
        for chain in chains
        if len(chain) == 3
        for begin in _short_names(chain)
        if name.startswith(begin) and _TOWN.match(name[len(begin) :])
    ]
    longest = max((length for length, _ in found), default=0)
    return [chain for length, chain in found if length == longest]


def place_examples(places: Places) -> tuple[str, ...]:
    """How a place may be written: a county, a city, a county with its city before it."""
    counties = [chain for chain in chains_of(places) if len(chain) == 3]
    if not counties:
        return tuple(places)
    _, city, county = next((chain for chain in counties if chain[2].endswith("县")), counties[0])
    return county, city, city + county


def place_text(chain: tuple[str, ...]) -> str:
    """City and county as one text, which names no other place: 晋城市阳城县; 山西省 for the province itself."""
    return "".join(chain[1:]) or chain[0]


def binds_at(place: str, places: Sequence[str], nation: str = "") -> bool:
    """True when a notice of ``place`` binds an enterprise whose province, city and county are ``places``.

    A district whose name another city has too is written with its city: 晋城市城区; one of two provinces with both. What is
    said to the whole ``nation`` binds everywhere.
    """
    if nation and place == nation:
        return True
    return place in places or place in ("".join(places[1:]), "".join(places))


def places_named(places: Places, text: str) -> list[Chain]:
    """The places that ``text`` may mean: none, the one, or several of the same name."""
    name = _BETWEEN.sub("", text)
    chains = chains_of(places)
    for province in places:
        for said in (province, _province_short(province)):
            plain = name.removeprefix(said)
            if name and not plain:
                return [(province,)]
            found = _named([one for one in chains if one[0] == province], plain) if plain != name else []
            if found or (plain != name and said == province):
                return found
    return _named(chains, name)


def _named(chains: list[Chain], name: str) -> list[Chain]:
    if not name:
        return []
    for found in (
        _called(chains, name, _full_names),
        _called(chains, name, _short_names),
        _begun(chains, name),
    ):
        if found:
            return found
    return []


_KINDS_OF_PROVINCE = re.compile("(壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$")


def _province_short(province: str) -> str:
    """内蒙古 for 内蒙古自治区; what has no such ending stays."""
    return _KINDS_OF_PROVINCE.sub("", province)


def _called(chains: list[Chain], name: str, names: Callable[[Chain], Iterator[str]]) -> list[Chain]:
    return [chain for chain in chains if len(chain) > 1 and name in names(chain)]


def _full_names(chain: Chain) -> Iterator[str]:
    """阳城县, 晋城市阳城县, 晋城阳城县; 晋城市."""
    for city in _cities(chain):
        yield city + chain[-1]


def _short_names(chain: Chain) -> Iterator[str]:
    """阳城, 晋城市阳城; 晋城. A single letter names nothing."""
    short = _short(chain[-1])
    if len(short) > 1:
        for city in _cities(chain):
            yield city + short


def _cities(chain: Chain) -> tuple[str, ...]:
    """What may stand before a county: nothing, its city, the city without 市."""
    return ("", chain[1], _short(chain[1])) if len(chain) == 3 else ("",)


def _short(name: str) -> str:
    return name[:-1] if name[-1] in _KINDS else name


def _begun(chains: list[Chain], name: str) -> list[Chain]:
    """Counties whose full name begins ``name``, with a village or street behind it and no other place."""
    counties: list[Chain] = [chain for chain in chains if len(chain) > 2]
    found = [
        (len(begin), chain)
        for chain in counties
        for begin in _full_names(chain)
        if name.startswith(begin) and not _needs_city(chain, begin)
    ]
    longest = max((length for length, _ in found), default=0)
    rest = name[longest:]
    elsewhere = [chain for chain in chains if len(chain[-1]) > 2 and chain[-1] in rest]
    best = [chain for length, chain in found if length == longest and rest[:1] not in _NAMES_GO_ON]
    return best if all(chain == one[: len(chain)] for one in best for chain in elsewhere) else []


def _needs_city(chain: Chain, begin: str) -> bool:
    """城区, 矿区, 郊区: words of the language too; with something behind them they are names only after their city."""
    return begin == chain[-1] and len(begin) == 2 and begin[-1] == "区"
