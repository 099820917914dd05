"""The dates and weekdays that an English text names."""

import pytest

from standfirst.text.dates import dates_in


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("on 30 September", [(9, 30, None)], id="day first"),
        pytest.param("on September 30, 2024", [(9, 30, None)], id="month first"),
        pytest.param("the 3rd of May", [(5, 3, None)], id="an ordinal"),
        pytest.param("in Sept.", [(9, None, None)], id="an abbreviation"),
        pytest.param("in May 2024", [(5, None, None)], id="a month with its year"),
        pytest.param("on Tuesday", [(None, None, 1)], id="a weekday"),
        pytest.param("from 3 to 5 March", [(3, 3, None), (3, 5, None)], id="a range"),
        pytest.param("they may march on", [], id="small letters"),
    ],
)
def test_a_date_is_read_from_its_words(text: str, told: list[tuple[int | None, int | None, int | None]]) -> None:
    """Month, day and weekday, as far as they are there."""
    assert [date.told for date in dates_in(text)] == told


def test_a_date_says_where_it_stands() -> None:
    """So that an editor finds it."""
    (date,) = dates_in("closed on 30 September for good")

    assert (date.start, date.end) == (10, 22)
