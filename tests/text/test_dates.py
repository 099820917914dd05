"""The dates and weekdays that an English text names."""

import pytest

from standfirst.text.dates import DateTold, dates_in


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("on 30 September", [(9, 30, None, None)], id="day first"),
        pytest.param("on September 30, 2024", [(9, 30, None, None)], id="month first"),
        pytest.param("the 3rd of May", [(5, 3, None, None)], id="an ordinal"),
        pytest.param("in Sept.", [(9, None, None, None)], id="an abbreviation"),
        pytest.param("in May 2024", [(5, None, None, None)], id="a month with its year"),
        pytest.param("on Tuesday", [(None, None, 1, None)], id="a weekday"),
        pytest.param("from 3 to 5 March", [(3, 3, None, None), (3, 5, None, None)], id="a range"),
        pytest.param("they may march on", [], id="small letters"),
        pytest.param("October 20th and 21st", [(10, 20, None, None), (10, 21, None, None)], id="days in order"),
        pytest.param("Oct. 20-21, 2023", [(10, 20, None, None), (10, 21, None, None)], id="days with a hyphen"),
        pytest.param("the third quarter", [(None, None, None, 3)], id="a quarter"),
        pytest.param("in Q3", [(None, None, None, 3)], id="a quarter in short"),
    ],
)
def test_a_date_is_read_from_its_words(text: str, told: list[DateTold]) -> None:
    """Month, day and weekday, as far as they are there."""
    assert [date.told for date in dates_in(text)] == told


def test_a_date_says_where_it_stands() -> None:
    """So that an editor finds it."""
    (date,) = dates_in("closed on 30 September for good")

    assert (date.start, date.end) == (10, 22)
