"""What is asked of a bag is only ever words, in the language of either database."""

from django.db import connection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.bags import Term, all_of, any_of, as_fts5, as_tsquery
from search.models import Word

HOSTILE = (
    "a'b",
    'a"b',
    "a\\b",
    "a&!b",
    "x:*",
    "NEAR(",
    "*",
    "a'|'b",
    "\\'",
    "-",
    "AND",
)


def test_words_are_quoted_for_both_databases() -> None:
    asked = all_of([Term("beast"), any_of([Term("mill", begins=True), Term("wheel")])])

    assert as_tsquery(asked) == "('beast' & ('mill':* | 'wheel'))"
    assert as_fts5(asked) == '("beast" AND ("mill" * OR "wheel"))'


def test_one_part_needs_no_bracket() -> None:
    assert all_of([Term("beast"), Term("beast")]) == Term("beast")


@given(st.text(min_size=1))
def test_no_text_ends_its_quotes(text: str) -> None:
    assert as_tsquery(Term(text)).strip("'").replace("''", "").count("'") == 0
    assert as_fts5(Term(text)).strip('"').replace('""', "").count('"') == 0


@pytest.mark.django_db
@pytest.mark.parametrize("text", HOSTILE)
def test_a_database_takes_hostile_words_for_words(text: str) -> None:
    Word.objects.create(text="wheel", bag="wheel =ferris_wheel")

    assert not Word.objects.filter(bag__holds=Term(text)).exists()


@pytest.mark.django_db
def test_a_bag_holds_what_was_put_in_and_follows_every_change() -> None:
    word = Word.objects.create(text="wheel", bag="+wheel =ferris_wheel 観覧")
    other = Word.objects.create(text="mill", bag="mill")

    assert Word.objects.get(pk=word.pk).bag == "+wheel =ferris_wheel 観覧"
    assert _holding(Term("=ferris_wheel"), Term("観覧")) == ["wheel"]
    assert _holding(Term("=ferris", begins=True)) == ["wheel"]
    assert _holding(Term("=ferris")) == []
    assert _holding(Term("wheel")) == []

    word.bag = "log flume"
    word.save()
    other.delete()

    assert _holding(Term("=ferris_wheel")) == []
    assert _holding(Term("flume")) == ["wheel"]
    assert _holding(Term("mill")) == []


@pytest.mark.django_db
def test_rows_written_again_in_bulk_are_found_by_their_new_words() -> None:
    Word.objects.create(text="wheel", bag="old")

    Word.objects.bulk_create(
        [Word(text="wheel", bag="new"), Word(text="mill", bag="new")],
        update_conflicts=True,
        unique_fields=["text"],
        update_fields=["bag"],
    )

    assert _holding(Term("old")) == []
    assert sorted(_holding(Term("new"))) == ["mill", "wheel"]


@pytest.mark.django_db
def test_the_copy_of_sqlite_agrees_with_its_table() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps no copy")
    Word.objects.create(text="wheel", bag="wheel")
    Word.objects.filter(text="wheel").update(bag="mill")
    Word.objects.all().delete()

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_word_bag(search_word_bag, rank)"
            " VALUES('integrity-check', 1)"
        )


def _holding(*terms: Term) -> list[str]:
    found = Word.objects.filter(bag__holds=all_of(terms))
    return list(found.values_list("text", flat=True))
