"""A prepared statement is one of the framework's in all but its cost."""

import pytest
from django.db import DataError, connection, transaction
from django.db.transaction import TransactionManagementError

from laotie.kit.pages.counting import Count
from laotie.kit.prepared import Prepared, array

ECHO = Prepared("tests_echo", "SELECT $1::text, $2::int[], $3::uuid")
DIVIDE = Prepared("tests_divide", "SELECT 1 / $1::int")
NOTE = Prepared(
    "tests_note", "INSERT INTO kit_rate (name, who, minute, count) VALUES ('tests', $1, 0, 0) RETURNING who"
)
NOTED = Prepared("tests_noted", "SELECT who FROM kit_rate WHERE name = 'tests' ORDER BY who")


@pytest.mark.django_db
def test_values_and_columns_are_text_and_nothing_is_empty():
    assert ECHO.row("老铁 ' \\ “”", array([3, None, 1]), None) == ("老铁 ' \\ “”", "{3,NULL,1}", "")
    assert NOTED.row() is None
    assert NOTED.rows() == []


@pytest.mark.django_db
def test_it_is_logged_and_fails_like_any_other(django_assert_num_queries):
    with django_assert_num_queries(1) as seen:
        DIVIDE.row("1")
    assert seen.captured_queries[0]["sql"] == DIVIDE.statement
    with transaction.atomic():
        with pytest.raises(DataError, match="division by zero"), transaction.atomic(savepoint=False):
            DIVIDE.row("0")
        with pytest.raises(TransactionManagementError):
            DIVIDE.row("1")
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_wrappers_see_it():
    count = Count()
    with connection.execute_wrapper(count):
        assert DIVIDE.row("1") == ("1",)
    assert count.statements == 1


@pytest.mark.django_db(transaction=True)
def test_the_first_statement_of_a_transaction_is_part_of_it():
    with transaction.atomic():
        NOTE.row("undone")
        transaction.set_rollback(True)
    with transaction.atomic():
        NOTE.row("kept")
    assert NOTED.rows() == [("kept",)]


@pytest.mark.django_db(transaction=True)
def test_another_connection_learns_it_anew():
    assert DIVIDE.row("1") == ("1",)
    connection.close()
    assert DIVIDE.row("1") == ("1",)
