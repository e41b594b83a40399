"""Queries that are compiled once.

Why: the ORM compiles a query anew each time, which costs several times what the database takes to answer "the cart of
user 7". The SQL of a prepared query, and the objects that come of it, are the ORM's own.
"""

from functools import cached_property

from django.db import connection
from django.db.models import Expression
from django.db.models.query import get_related_populators


class Parameter(Expression):
    """Stands in a queryset for a value that is known when the query is run."""

    def __init__(self, place, output_field):
        super().__init__(output_field=output_field)
        self.place = place

    def as_sql(self, compiler, connection):
        return "%s", [self]


class Prepared:
    """A query with parameters; called with their values, it returns a list of model instances.

    Not for querysets with annotations or prefetches. It uses what `ModelIterable` of Django 5.2 uses, private as it is:
    the compiler's `klass_info` and converters, and `get_related_populators`.

    Args:
        build: takes a Parameter for each of the fields, returns the queryset.
        fields: the model fields with which the parameters are compared.
    """

    def __init__(self, build, *fields):
        self.build, self.fields = build, fields

    def __call__(self, *values):
        query = self.compiled
        values = [field.get_db_prep_value(value, connection) for field, value in zip(self.fields, values, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(
                query.sql, [values[one.place] if isinstance(one, Parameter) else one for one in query.params]
            )
            rows = cursor.fetchall()
        return [query.instance(row) for row in query.compiler.apply_converters(rows, query.converters)]

    @cached_property
    def compiled(self):
        parameters = [Parameter(place, field) for place, field in enumerate(self.fields)]
        return Compiled(self.build(*parameters))


class Compiled:
    """What `django.db.models.query.ModelIterable` finds out anew for each query."""

    def __init__(self, queryset):
        if queryset.query.annotations or queryset._prefetch_related_lookups:
            raise ValueError("A prepared query has neither annotations nor prefetches.")
        self.compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.params = self.compiler.as_sql()
        columns = [expression for expression, _, _ in self.compiler.select]
        self.converters = self.compiler.get_converters(columns)
        self.model = self.compiler.klass_info["model"]
        self.names = [columns[place].target.attname for place in self.compiler.klass_info["select_fields"]]
        self.related = get_related_populators(self.compiler.klass_info, self.compiler.select, connection.alias)

    def instance(self, row):
        """Return the object that a row stands for, with those that were selected with it."""
        instance = self.model.from_db(connection.alias, self.names, row[: len(self.names)])
        for populator in self.related:
            populator.populate(row, instance)
        return instance
