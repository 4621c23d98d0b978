"""What a list of goods offers to tick."""

from laotie.places.search.contracts import Facet
from laotie.places.shelf.listing import TICKS, ticks


def test_what_is_ticked_is_offered_however_seldom_it_is():
    brands = [Facet(f"brand {number}", 100 - number) for number in range(TICKS + 4)]
    usual = ticks(brands, ())
    assert usual == brands[:TICKS]
    assert ticks(brands, [brands[-1].key, brands[0].key]) == [*usual, brands[-1]]
    assert ticks(brands, ["sold by nobody"]) == usual
