"""How many SQL statements a page took, said in a header: only where `count_statements` is set, for benchmarks."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

HEADER = "X-Statements"


class Count:
    """An execute wrapper that counts."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.statements += 1
        return execute(*arguments)


class CountStatements:
    """Outermost middleware: sessions, sign-in and every slot are in its count."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        count = Count()
        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response[HEADER] = str(count.statements)
        return response
